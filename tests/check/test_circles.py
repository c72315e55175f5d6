"""Checkpoints that nobody reaches, lead nowhere, or go round in a circle."""

from pathlib import Path

import pytest

from bot.check import circles, contradictions
from bot.lessons import Lessons

HEAD = "story: head\n    steps: [{intent: a}, {action: b}, {checkpoint: on}]"
TAIL = "story: tail\n    steps: [{checkpoint: on}, {intent: c}, {action: d}]"
AGAIN = "story: again\n    steps: [{checkpoint: on}, {intent: c}, {action: d}, {checkpoint: on}]"
LONE = "story: lone\n    steps: [{checkpoint: off}, {intent: a}, {action: b}, {checkpoint: off}]"
TO_AND = "story: to\n    steps: [{checkpoint: fro}, {intent: a}, {action: b}, {checkpoint: to}]"
FRO = "story: fro\n    steps: [{checkpoint: to}, {intent: c}, {action: d}, {checkpoint: fro}]"


def lessons(folder: Path, *stories: str) -> Lessons:
    (folder / "data").mkdir()
    (folder / "domain.yml").write_text("intents: [a, c]\n")
    text = "stories:\n" + "".join(f"  - {story}\n" for story in stories)
    (folder / "data" / "stories.yml").write_text(text)
    return Lessons.read(folder)


@pytest.mark.parametrize(
    ("stories", "said"),
    [
        ((HEAD, TAIL), []),
        ((HEAD,), ["No story goes on at the checkpoint “on”"]),
        ((TAIL,), ["No story leads to the checkpoint “on”"]),
        ((HEAD, AGAIN), ["without end: “again” → “again”"]),
        ((TO_AND, FRO), ["No conversation ever comes", "“to” → “fro” → “to”"]),
        ((LONE,), ["No conversation ever comes to the checkpoint “off”", "“lone” → “lone”"]),
    ],
)
def test_what_is_wrong_with_checkpoints(tmp_path: Path, stories: tuple[str, ...], said: list[str]) -> None:
    found = [str(fault) for fault in circles.faults(lessons(tmp_path, *stories))]
    assert bool(found) == bool(said)
    assert all(any(words in fault for fault in found) for words in said)
    assert all(any(words in fault for words in said) for fault in found)
    assert all("data/stories.yml:" in fault for fault in found)


def test_stories_in_a_circle_are_still_compared(tmp_path: Path) -> None:
    other = "story: other\n    steps: [{intent: a}, {action: e}]"
    [fault] = contradictions.faults(lessons(tmp_path, HEAD, AGAIN, other))
    assert (
        "“other” goes on with “e”, but the story “head” goes on with “b” (data/stories.yml:3)"
        in fault.problem
    )


def test_many_checkpoints_do_not_take_for_ever(tmp_path: Path) -> None:
    """Twenty stories that all lead to each other: more ways than anybody could follow."""
    stories = [
        f"story: s{n}\n    steps: [{{checkpoint: on}}, {{intent: a}}, {{action: b{n}}}, {{checkpoint: on}}]"
        for n in range(20)
    ]
    found = lessons(tmp_path, HEAD, *stories)
    assert list(contradictions.faults(found)), "each goes on differently after the same question"
    assert len(list(circles.faults(found))) == 1
