"""The owner's `survey`: every line may be left out, 0 is a choice, and what is wrong is named."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.feedback import survey_settings
from bot.handoff.survey import SurveySettings
from bot.owner_file import Part


def read(tmp_path: Path, text: str) -> tuple[SurveySettings, list[str]]:
    path = tmp_path / "widget.yml"
    path.write_text(f"survey:\n{text}", encoding="utf-8")
    part = Part.read(path, "data/business/widget.yml")
    return survey_settings(part.optional("survey")), [str(problem) for problem in part.problems]


def test_an_owner_who_says_nothing_gets_the_usual(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (SurveySettings(), [])


def test_all_that_can_be_chosen(tmp_path: Path) -> None:
    text = "  ask: false\n  silence_minutes: 2.5\n  pause_hours: 48\n  recommend_days: 30\n"
    chosen = SurveySettings(
        on=False, silence=timedelta(minutes=2.5), pause=timedelta(days=2), recommend=timedelta(days=30)
    )
    assert read(tmp_path, text) == (chosen, [])


def test_nothing_is_a_choice_too(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "  silence_minutes: 0\n  pause_hours: 0\n  recommend_days: 0\n")
    assert (settings.silence, settings.pause, settings.recommend, problems) == (None, timedelta(0), None, [])


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("ask: maybe", "Write true or false"),
        ("silence_minutes: -1", "from 0 to 1440"),
        ("recommend_days: often", "from 0 to 3650"),
        ("pause_hour: 3", "Did you mean pause_hours?"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(tmp_path: Path, line: str, mend: str) -> None:
    _, problems = read(tmp_path, f"  {line}\n")
    assert len(problems) == 1 and "widget.yml:2" in problems[0] and mend in problems[0]
