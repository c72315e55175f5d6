"""Verdicts: right, or what went wrong."""

from typing import Any

import pytest

from bot.rehearsal.course import Course, Note
from bot.rehearsal.scene import Expectation
from bot.rehearsal.verdict import other_answers, verdict
from tests.rehearsal.courses import course

YES, OFFER, NO = Expectation("yes", 3, 1), Expectation("offer", 3, 1), Expectation("no")


@pytest.mark.parametrize(
    ("expected", "went", "found"),
    [
        (YES, {"handed_over": 2}, "right"),
        (YES, {"handed_over": 3}, "right"),
        (YES, {"handed_over": 4}, "right"),
        (YES, {"handed_over": 1}, "early"),
        (Expectation("yes", 2), {"handed_over": 3}, "late"),
        (YES, {}, "missed"),
        (YES, {"offers": (3,)}, "missed"),
        (YES, {"unanswered": 2}, "unanswered"),
        (OFFER, {"offers": (2,)}, "right"),
        (OFFER, {"offers": (1, 4)}, "right"),
        (OFFER, {"offers": (1,)}, "early"),
        (Expectation("offer", 2), {"offers": (3, 4)}, "late"),
        (OFFER, {}, "not offered"),
        (OFFER, {"handed_over": 3}, "forced"),
        (OFFER, {"offers": (2,), "handed_over": 3}, "forced"),
        (OFFER, {"handed_over": 3, "why": "explicit_request"}, "forced"),
        (OFFER, {"offers": (3,), "handed_over": 4, "why": "explicit_request"}, "right"),
        (NO, {}, "right"),
        (NO, {"offers": (1, 2)}, "right"),
        (NO, {"handed_over": 1}, "false hand-over"),
        (NO, {"unanswered": 4}, "unanswered"),
    ],
)
def test_verdict(expected: Expectation, went: dict[str, Any], found: str) -> None:
    assert verdict(expected, course(**went)) == found


def answered(intent: str, *said: str) -> Note:
    return Note(intent=intent, said=said)


@pytest.mark.parametrize(
    ("note", "due", "found"),
    [
        (answered("shipping_time", "utter_shipping_time"), "shipping_time", "right"),
        (answered("shipping_cost", "utter_shipping_cost"), "shipping_time", "other answer"),
        (answered("nlu_fallback", "utter_ask_rephrase"), "shipping_time", "other answer"),
        (
            answered("shipping_time", "utter_acknowledge_late", "utter_shipping_time"),
            "shipping_time",
            "right",
        ),
        (answered("shipping_time", "utter_offer_human"), "shipping_time", "other answer"),
        (answered("check_order_status", "utter_ask_order_number"), "check_order_status", "right"),
        (answered("check_order_status"), "check_order_status", "other answer"),
        (None, "shipping_time", "other answer"),
    ],
)
def test_an_answer_that_is_due(note: Note | None, due: str, found: str) -> None:
    assert verdict(NO, Course((note,)), (due,)) == found


def test_answers_are_asked_for_at_their_own_messages_and_a_person_comes_first() -> None:
    went = Course((answered("greet", "utter_greet"), answered("decaf", "utter_decaf")))
    assert verdict(NO, went, ("", "decaf")) == "right"
    assert other_answers(went, ("decaf", "", "invoice")) == (1, 3)
    assert verdict(NO, course(handed_over=1), ("decaf",)) == "false hand-over"
