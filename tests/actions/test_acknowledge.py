"""The trouble is named once, when there is one, and never to somebody who is calm."""

from typing import Any

import pytest

from actions.acknowledge import Acknowledge
from tests.talk import Talk, run

MOOD = {
    "distress": 0.5,
    "target": "us",
    "causes": [],
    "stuck_now": False,
    "repeated_now": False,
    "failing": 0,
}


def said(talk: Talk, ladder: str = "acknowledge", **mood: Any) -> list[str]:
    return run(Acknowledge(), talk.knows(ladder=ladder, mood=MOOD | mood)).said


@pytest.mark.parametrize(
    ("mood", "response"),
    [
        ({"causes": ["late"]}, "late"),
        ({"causes": ["late", "damaged"]}, "damaged"),
        ({"causes": ["wrong_item"]}, "wrong"),
        ({"causes": ["missing_item"]}, "missing"),
        ({"causes": ["refund_trouble"]}, "refund"),
        ({"causes": ["payment_dispute"]}, "charged"),
        ({"causes": ["grief", "late"]}, "vulnerable"),
        ({"causes": ["late"], "stuck_now": True}, "late"),
        ({"causes": ["late"], "repeated_now": True}, "repeat"),
        ({"stuck_now": True}, "repeat"),
        ({"repeated_now": True}, "repeat"),
        ({"failing": 1, "stuck_now": True}, "bot"),
        ({}, "generic"),
    ],
)
def test_what_is_named(mood: dict[str, Any], response: str) -> None:
    assert said(Talk().visitor("…"), **mood) == [f"utter_acknowledge_{response}"]


@pytest.mark.parametrize("ladder", ["none", "offer", "hand_over"])
def test_other_steps_need_no_preamble(ladder: str) -> None:
    assert said(Talk().visitor("…"), ladder, causes=["late"]) == []


@pytest.mark.parametrize("intent", ["greet", "thank", "goodbye", "deny", "affirm", "handed_back", "insult"])
def test_a_courtesy_is_no_moment_for_it(intent: str) -> None:
    assert said(Talk().visitor("…", intent), causes=["late"]) == []


def test_the_same_trouble_is_named_once() -> None:
    talk = Talk().visitor("…").bot("…", "utter_acknowledge_late").visitor("…")
    assert said(talk, causes=["late"]) == ["utter_acknowledge_generic"]
    talk.bot("…", "utter_acknowledge_generic").visitor("…")
    assert said(talk, causes=["late"]) == []


def test_an_answer_that_names_it_itself_is_enough() -> None:
    assert said(Talk().visitor("…", "damaged_item"), causes=["damaged"]) == []
    assert said(Talk().visitor("…", "damaged_item"), causes=["late"]) == ["utter_acknowledge_late"]


@pytest.mark.parametrize("target", ["third_party", "self"])
def test_anger_at_others_gets_an_answer_only(target: str) -> None:
    assert said(Talk().visitor("…"), target=target, causes=["late"]) == []


def test_a_corrected_answer_in_a_form_is_no_complaint() -> None:
    talk = Talk().visitor("7 Mill Lane, York").asks("change_address_form", "confirmed")
    assert said(talk, repeated_now=True, distress=0.0) == []
    assert said(talk, causes=["late"], distress=0.4) == ["utter_acknowledge_late"]
