"""A real conversation told as a story."""

import pytest

from bot.lessons import Lessons
from bot.settings import ROOT
from bot.storage.retelling import Spoken
from bot.studio.stories.retold import MOST_TURNS, Turn, turns


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    return Lessons.read(ROOT)


def wrote(
    text: str, heard: dict | None = None, payload: str | None = None, speaker: str = "visitor"
) -> Spoken:
    return Spoken(1, speaker, text, payload, heard)


def heard(intent: str, confidence: float, *answered: str) -> dict:
    return {"intent": intent, "confidence": confidence, "second": None, "answered": list(answered)}


def nothing(text: str) -> None:
    return None


def test_what_was_heard_and_answered_becomes_steps(lessons: Lessons) -> None:
    spoken = [
        wrote("got decaf?", heard("decaf", 0.9, "utter_acknowledge_late", "utter_decaf")),
        wrote("Yes: …", speaker="bot"),
        wrote("where is it", heard("check_order_status", 0.4, "action_order_status", "utter_sign_in_needed")),
        wrote("Talk to a person", payload="/speak_to_human"),
    ]
    assert turns(spoken, lessons, nothing) == [
        Turn("got decaf?", "decaf", True, ("utter_decaf",)),
        Turn("where is it", "check_order_status", False, ("action_order_status",)),
        Turn("Talk to a person", "speak_to_human", True, ("action_escalate",)),
    ]


def test_what_nobody_heard_is_understood_by_likeness(lessons: Lessons) -> None:
    near = {"any decaf": ("decaf", 0.8), "hm": ("greet", 0.2)}
    found = turns([wrote("any decaf"), wrote("hm"), wrote("zzz")], lessons, near.get)
    assert found == [
        Turn("any decaf", "decaf", True, ("utter_decaf",)),
        Turn("hm", "greet", False, ("utter_greet",)),
        Turn("zzz", None, False, ()),
    ]


def test_it_ends_where_a_person_took_over(lessons: Lessons) -> None:
    spoken = [wrote("hi", heard("greet", 0.9)), wrote("Hello, Noor here", speaker="agent"), wrote("thanks")]
    assert [turn.text for turn in turns(spoken, lessons, nothing)] == ["hi"]
    assert len(turns([wrote("hi")] * 100, lessons, nothing)) == MOST_TURNS


def test_an_intent_that_is_gone_is_left_open(lessons: Lessons) -> None:
    found = turns([wrote("x", heard("gone", 0.9, "utter_gone", "utter_greet"))], lessons, nothing)
    assert found == [Turn("x", None, False, ("utter_greet",))]
