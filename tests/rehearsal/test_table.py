"""A rehearsal on paper."""

from io import StringIO

from rich.console import Console

from bot.rehearsal.scene import Expectation
from bot.rehearsal.score import Score
from bot.rehearsal.table import as_text, wanted, went
from tests.rehearsal.courses import course, played

YES = Expectation("yes", 2, 1, frozenset({"safety", "anger"}))
SCORE = Score(
    (
        played(YES, course(handed_over=4), kind="late [gift]", id="late-1"),
        played(YES, course(handed_over=2), kind="late [gift]", id="fine-1"),
        played(Expectation("no"), course(handed_over=1), kind="calm", id="calm-1"),
    )
)


def printed(score: Score) -> list[str]:
    return as_text(score, Console(file=StringIO())).splitlines()


def test_kinds_have_a_column_for_what_went_wrong_only() -> None:
    head, calm, late = printed(SCORE)[1:4]
    assert head.split("  ")[1].strip() == "kind" and "late" in head and "false hand-over" in head
    assert "forced" not in head and "missed" not in head
    assert calm.split() == ["calm", "0", "of", "1", "1"]
    assert late.split() == ["late", "[gift]", "1", "of", "2", "1"]


def test_failures_are_told_with_their_evidence_and_the_rest_is_not() -> None:
    text = "\n".join(printed(SCORE))
    assert "✗  late-1  late [gift]  late" in text and "calm-1" in text and "fine-1" not in text
    assert "A note." in text and "1  One" in text and "distress 0.00, level 0.00 → none" in text
    assert "→ none, handed over: anger 0.70 of 0.60" in text


def test_no_line_is_wider_than_the_paper_or_ends_in_blanks() -> None:
    assert all(len(line) <= 110 and line == line.rstrip() for line in printed(SCORE))


def test_what_was_wanted_and_what_happened() -> None:
    assert wanted(YES) == "a person takes over at message 2 (±1), for anger, safety"
    assert wanted(Expectation("offer", 3)) == "a person is offered at message 3"
    assert wanted(Expectation("no")) == "nobody takes over"
    answers = ("", "decaf")
    assert wanted(Expectation("no"), answers) == "nobody takes over, message 2 is answered by decaf"
    assert went(course(offers=(1,), handed_over=3)) == (
        "a person was offered at message 1, a person took over at message 3 for anger"
    )
    assert went(course(unanswered=2)) == "message 2 had no answer"
    assert went(course()) == "nobody took over, nobody was offered"
