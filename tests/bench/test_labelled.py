"""Labelled messages: what is read, what may be missing and what is refused."""

from pathlib import Path

import pytest

from bot.bench.labelled import Labelled, parse, read
from bot.errors import OwnerFileError


def test_a_row_is_read_with_all_its_labels_or_the_least() -> None:
    labels = '"emotion": "angry", "intensity": 2, "target": "us", "hard": ["a"]'
    full = '{"text": "fine", "context": "No.", ' + labels + "}"
    least = '{"text": "hi", "emotion": "neutral"}'
    assert list(parse([full, least], "x")) == [
        Labelled("fine", "angry", "No.", 2, "us", ("a",)),
        Labelled("hi", "neutral"),
    ]


@pytest.mark.parametrize(
    ("emotion", "intensity", "distress"),
    [("angry", 3, 1), ("sad", 2, 2 / 3), ("satisfied", 3, 0), ("neutral", 0, 0), ("sad", None, None)],
)
def test_intensity_worries_unless_it_is_joy(emotion: str, intensity: int | None, distress: float) -> None:
    assert Labelled("x", emotion, intensity=intensity).distress == distress


@pytest.mark.parametrize(
    "row",
    [
        *('{"text": "x"}', '{"emotion": "sad"}', '{"text": "x", "emotion": "cross"}'),
        *(
            '{"text": "x", "emotion": "sad", "intensity": 4}',
            '{"text": "x", "emotion": "sad", "target": "me"}',
        ),
        *(
            '{"text": "x", "emotion": "sad", "hard": "typos"}',
            '{"text": "x", "emotion": "sad", "context": 1}',
        ),
    ],
)
def test_a_wrong_row_is_named(row: str, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "x", "emotion": "sad"}\n' + row)
    with pytest.raises(OwnerFileError, match=r"rows\.jsonl:2: "):
        read(file)


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    for name in ("empty.jsonl", "missing.jsonl", "."):
        with pytest.raises(OwnerFileError, match=r"Each line needs"):
            read(tmp_path / name)
