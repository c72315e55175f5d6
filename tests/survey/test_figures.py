"""Counts that are true to what was said: no answer is no answer, and few are shown as few."""

from dataclasses import replace
from datetime import datetime, timezone

from bot.handoff.model import Survey
from bot.survey.figures import Middle, has_answer, sections, summed_up
from bot.survey.table import as_table

AT = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)
SILENT = Survey("s", "c", "silence", AT, mood_label="calm")
GOOD = replace(SILENT, satisfaction=5, understood="yes", effort=1, answered_at=AT)
POOR = replace(
    SILENT, cause="resolved", outcome="solved", with_person=True, mood_label="upset",
    satisfaction=2, understood="partly", comment="It took long", answered_at=AT,
)  # fmt: skip
SKIPPED = replace(SILENT, cause="ended", mood_label=None, skipped_at=AT)
HALF = replace(SKIPPED, understood="no")
SURVEYS = [SILENT, GOOD, POOR, SKIPPED, HALF]


def test_what_was_not_answered_counts_for_nothing_but_being_asked() -> None:
    found = summed_up(SURVEYS)
    assert (found.asked, found.answered, found.skipped, found.comments) == (5, 3, 2, 1)
    assert found.understood == {"yes": 1, "partly": 1, "no": 1}
    assert (found.satisfaction, found.effort) == (Middle(2, 3.5), Middle(1, 1))
    assert found.recommend == Middle(0, None)
    assert [has_answer(one) for one in SURVEYS] == [False, True, True, False, True]


def test_recommendations_for_and_against() -> None:
    found = summed_up([replace(GOOD, recommend=score) for score in (10, 9, 8, 7, 6, 0)])
    assert (found.promoters, found.detractors, found.recommend) == (2, 2, Middle(6, 7.5))


def test_side_by_side() -> None:
    counted = {
        section.title: {name: group.asked for name, group in section.groups.items()}
        for section in sections(SURVEYS)
    }
    assert counted == {
        "": {"all": 5},
        "who was there": {"a person": 1, "the assistant alone": 4},
        "how it ended": {"resolved: solved": 1, "ended by the visitor": 2, "gone quiet after an answer": 2},
        "worst mood that was read": {"calm": 2, "upset": 1, "none read": 2},
    }


def test_the_table_says_how_many_and_warns_of_few() -> None:
    text = as_table(sections(SURVEYS), "the last 90 days")
    row = next(line for line in text.splitlines() if line.startswith("all"))
    assert row.split() == ["all", "5", "3", "2", "1,", "1,", "1", "3.5", "(2)", "1", "(1)", "-"]
    assert "few answers" in text and "1 comment was written" in text
    many = as_table(sections([replace(GOOD, recommend=9)] * 10), "the last 90 days")
    assert "few answers" not in many and "10 of 10 said 9 or 10, 0 said 6 or less" in many


def test_nobody_asked() -> None:
    assert as_table(sections([]), "the last 90 days").startswith("Nobody was asked in the last 90 days")
