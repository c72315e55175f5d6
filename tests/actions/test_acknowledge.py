"""The trouble is named once, when there is one, and never to somebody who is calm."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.acknowledge import Acknowledge
from bot import wiring
from bot.empathy.reading import Detector
from bot.settings import ROOT
from tests.responses import responses
from tests.talk import Talk

DOMAIN = {"responses": responses(ROOT)}
MOOD = {
    "distress": 0.5,
    "target": "us",
    "causes": [],
    "stuck_now": False,
    "repeated_now": False,
    "failing": 0,
}


@pytest.fixture(scope="module", autouse=True)
def hear_words_only(detector: Detector) -> Iterator[None]:
    """What is named must not hang on how well a model hears."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "detector", lambda: detector)
        yield


def said(talk: Talk, ladder: str = "acknowledge", tone: str = "careful", **mood: Any) -> list[str]:
    """Return the troubles that are named."""
    dispatcher, tracker = CollectingDispatcher(), talk.knows(ladder=ladder, tone=tone, mood=MOOD | mood)
    asyncio.run(Acknowledge().run(dispatcher, tracker.tracker(), DOMAIN))
    return [message["response"].removeprefix("utter_acknowledge_") for message in dispatcher.messages]


@pytest.mark.parametrize(
    ("mood", "named"),
    [
        ({"causes": ["late"]}, "late"),
        ({"causes": ["late", "damaged"]}, "damaged"),
        ({"causes": ["cancel_trouble"]}, "cancel_trouble"),
        ({"causes": ["payment_dispute"]}, "payment_dispute"),
        ({"causes": ["late", "hardship"]}, "hard_time"),
        ({"causes": ["late", "deadline"]}, "late"),
        ({"causes": ["deadline"]}, "deadline"),
        ({"causes": ["late"], "stuck_now": True}, "late"),
        ({"causes": ["late"], "repeated_now": True}, "asked_again"),
        ({"stuck_now": True}, "not_solved"),
        ({"repeated_now": True}, "asked_again"),
        ({"causes": ["safety"], "stuck_now": True}, "not_solved"),
        ({"troubled": True}, "trouble"),
        ({"emotion": "angry"}, "trouble"),
    ],
)
def test_what_is_named(mood: dict[str, Any], named: str) -> None:
    assert said(Talk().visitor("…", "invoice"), **mood) == [named]


def test_what_the_message_tells_of_comes_before_what_was_told_earlier() -> None:
    talk = Talk().visitor("and the mug arrived broken", "invoice")
    assert said(talk, causes=["damaged", "late"]) == ["damaged"]


def test_a_loss_is_named_when_it_was_said_in_words() -> None:
    talk = Talk().visitor("my wife died in May").bot("…").visitor("…", "invoice")
    assert said(talk, causes=["grief", "late"]) == ["grief"]
    guessed = Talk().visitor("the house is so quiet now").bot("…").visitor("…", "invoice")
    assert said(guessed, causes=["grief", "late"]) == ["hard_time"]


def test_what_is_only_asked_about_is_not_named() -> None:
    talk = Talk().visitor("what happens if a mug arrives broken?", "invoice")
    assert said(talk, emotion="anxious") == []


def test_worry_alone_is_no_trouble_that_could_be_named() -> None:
    assert said(Talk().visitor("…", "invoice"), emotion="anxious") == []


def test_anger_after_an_answer_with_nothing_else_wrong_is_about_the_answer() -> None:
    talk = Talk().visitor("…").bot("An opened bag can't come back.", "utter_return_policy")
    assert said(talk.visitor("…", "invoice"), emotion="angry") == ["unwelcome"]
    assert said(talk, emotion="angry", troubled=True) == ["trouble"]


def test_our_failure_to_understand_is_named_once_we_do() -> None:
    assert said(Talk().visitor("…", "invoice"), failing=1, stuck_now=True) == ["not_understood"]
    assert said(Talk().visitor("…", "nlu_fallback"), failing=1, stuck_now=True) == ["not_solved"]


@pytest.mark.parametrize("ladder", ["none", "offer", "hand_over"])
def test_other_steps_need_no_preamble(ladder: str) -> None:
    assert said(Talk().visitor("…"), ladder, causes=["late"]) == []


@pytest.mark.parametrize("intent", ["greet", "thank", "goodbye", "deny", "affirm", "handed_back", "insult"])
def test_a_courtesy_is_no_moment_for_it(intent: str) -> None:
    assert said(Talk().visitor("…", intent), causes=["late"]) == []


def test_the_same_trouble_is_never_named_again_in_other_words_either() -> None:
    talk = Talk().visitor("…").bot("…", "utter_acknowledge_late").visitor("…", "invoice")
    assert said(talk, causes=["late"], troubled=True, emotion="angry") == []
    assert said(talk, causes=["late", "damaged"]) == ["damaged"]
    talk.bot("…", "utter_acknowledge_damaged").visitor("…", "invoice")
    assert said(talk, causes=["late", "damaged"], stuck_now=True) == ["not_solved"]


def test_an_answer_that_names_it_itself_is_enough() -> None:
    assert said(Talk().visitor("…", "damaged_item"), causes=["damaged"]) == []
    assert said(Talk().visitor("…", "damaged_item"), causes=["late"]) == ["late"]


def test_the_plain_answer_does_not_name_it() -> None:
    assert said(Talk().visitor("…", "damaged_item"), tone="plain", causes=["damaged"]) == ["damaged"]


def test_what_an_answer_has_named_is_not_named_again() -> None:
    talk = Talk().visitor("…", "check_order_status").bot("…", "utter_status_late")
    talk.events[-1]["metadata"]["metadata"] = {"names": ["late"]}
    assert said(talk.visitor("…", "invoice"), causes=["late"]) == []


@pytest.mark.parametrize("target", ["third_party", "self"])
def test_anger_at_others_gets_an_answer_only(target: str) -> None:
    assert said(Talk().visitor("…", "invoice"), target=target, causes=["late"]) == []


def test_a_corrected_answer_in_a_form_is_no_complaint() -> None:
    talk = Talk().visitor("7 Mill Lane, York").asks("change_address_form", "confirmed")
    assert said(talk, repeated_now=True, distress=0.0) == []
    assert said(talk, causes=["late"], distress=0.4) == ["late"]
