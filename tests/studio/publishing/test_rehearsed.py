"""Before a version is published: the scenes are played, and none may go worse than with what is live."""

from pathlib import Path
from typing import Any

import pytest

from bot.errors import StudioError
from bot.settings import Settings
from bot.studio.publishing import rehearsed
from bot.studio.publishing.rehearsed import has_scenes, rehearse, worse_than_live
from bot.studio.scenes.results import REHEARSAL, Results

Verdicts = dict[str, str]


def result(draft: Verdicts, before: Verdicts, *, trees: tuple[str, str] = ("d", "l")) -> dict[str, Any]:
    def scenes(verdicts: Verdicts) -> dict[str, Any]:
        return {"scenes": [{"file": "a.jsonl", "id": id, "verdict": v} for id, v in verdicts.items()]}

    return {"fingerprint": trees[0], "live": trees[1], "draft": scenes(draft), "before": scenes(before)}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load({"KINDHAND_VAR": str(tmp_path)})


def kept(settings: Settings, found: dict[str, Any]) -> None:
    Results(settings.var / "studio" / "results").write(REHEARSAL, found)


def test_only_what_went_right_before_can_go_worse() -> None:
    before = {"a": "right", "b": "missed", "c": "right"}
    assert worse_than_live(result({"a": "late", "b": "late", "c": "right", "new": "late"}, before)) == ["a"]


def test_a_rehearsal_of_these_files_is_not_played_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    plays: list[str] = []

    def play(settings: Settings, author: str, told: rehearsed.Told) -> None:
        plays.append(author)
        kept(settings, result({"a": "right"}, {"a": "right"}, trees=("new", "l")))

    monkeypatch.setattr(rehearsed, "_play", play)
    kept(settings, result({"a": "right"}, {"a": "right"}))
    rehearse(settings, "Ann", "d", "l", lambda step: None)
    assert plays == []
    rehearse(settings, "Ann", "new", "l", lambda step: None)
    assert plays == ["Ann"]


def test_scenes_that_go_worse_are_named(settings: Settings) -> None:
    verdicts = dict.fromkeys("abcde", "right")
    kept(settings, result({**verdicts, "b": "late"}, verdicts))
    with pytest.raises(StudioError, match="One scene goes worse with your changes .* “b”.*without one"):
        rehearse(settings, "Ann", "d", "l", lambda step: None)
    kept(settings, result(dict.fromkeys("abcde", "late"), verdicts))
    with pytest.raises(StudioError, match="5 scenes go worse .* “a”, “b”, “c” and more"):
        rehearse(settings, "Ann", "d", "l", lambda step: None)


@pytest.mark.parametrize(
    ("said", "code", "problem"),
    [
        ('{"failed": "There is no room."}', 1, "did not work: There is no room."),
        ("words of a library", 3, "broke off"),
    ],
)
def test_a_rehearsal_that_does_not_work_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, code: int, problem: str
) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\necho '{{\"step\": \"Reading\"}}'\necho '{said}'\nexit {code}\n")
    program.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(program))
    steps: list[Any] = []
    with pytest.raises(StudioError, match=problem):
        rehearse(settings, "Ann", "d", "l", steps.append)
    assert steps == [{"step": "Reading"}]


def test_files_without_scenes_have_nothing_to_play() -> None:
    assert not has_scenes({"domain.yml": b"a", "data/rehearsals/mine.jsonl": b"\n"})
    assert has_scenes({"data/rehearsals/mine.jsonl": b"{}\n"})
