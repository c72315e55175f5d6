"""The mood is set on every message, from what was said and nothing else."""

import pytest

from actions.sense_mood import SenseMood
from bot.crm.sql import SqlCrm
from tests.talk import Talk, run

pytestmark = pytest.mark.usefixtures("crm")


def test_a_calm_question_changes_nothing() -> None:
    felt = run(SenseMood(), Talk().visitor("do you sell decaf?", "decaf")).slots
    assert (felt["ladder"], felt["tone"], felt["reasons"], felt["cause"]) == ("none", "plain", [], None)
    assert felt["sensed"] == "1"


def test_a_person_is_called_when_one_is_asked_for() -> None:
    felt = run(SenseMood(), Talk().visitor("let me talk to a human", "speak_to_human")).slots
    assert felt["ladder"] == "hand_over"
    assert felt["reasons"][0]["code"] == "explicit_request"
    assert felt["reasons"][0]["evidence"][0]["turn"] == 1
    assert felt["cause"] == "explicit_request@1"


def test_the_whole_course_counts() -> None:
    talk = Talk().visitor("this is ridiculous, I am really fed up with you").bot("…", "utter_x")
    once = run(SenseMood(), talk).slots["mood"]["level"]
    talk.visitor("still nothing, this is absolutely useless")
    assert run(SenseMood(), talk).slots["mood"]["level"] > once


def test_the_same_messages_give_the_same_mood() -> None:
    talk = Talk().visitor("this is ridiculous").bot("…", "utter_x").visitor("absolutely useless")
    assert run(SenseMood(), talk).slots == run(SenseMood(), talk).slots


def test_a_message_is_sensed_once() -> None:
    talk = Talk().visitor("this is ridiculous").knows(sensed="1")
    assert run(SenseMood(), talk).events == []


def test_after_a_hand_back_old_anger_is_gone() -> None:
    talk = Talk().visitor("you idiots, I'll call my lawyer").visitor("/handed_back", "handed_back")
    felt = run(SenseMood(), talk).slots
    assert (felt["ladder"], felt["tone"], felt["mood"]["level"]) == ("none", "plain", 0.0)
    felt = run(SenseMood(), talk.bot("I'm back.", "utter_resumed").visitor("thanks", "thank")).slots
    assert felt["ladder"] == "none"


@pytest.mark.parametrize("reply", [("yes please", "affirm"), ("/affirm", "affirm")])
def test_an_offer_that_is_accepted_calls_a_person(reply: tuple[str, str]) -> None:
    talk = Talk().visitor("I'm never ordering from you again").bot("Shall I?", "utter_offer_human")
    assert run(SenseMood(), talk.visitor(*reply)).slots["ladder"] == "hand_over"


@pytest.mark.parametrize("reply", [("no thanks", "deny"), ("/deny", "deny")])
def test_an_offer_that_is_declined_is_not_made_again(reply: tuple[str, str]) -> None:
    talk = Talk().visitor("I'm never ordering from you again").bot("Shall I?", "utter_offer_human")
    felt = run(SenseMood(), talk.visitor(*reply)).slots
    assert felt["ladder"] == "none" and felt["mood"]["declined"]
    felt = run(SenseMood(), talk.bot("Fine.", "utter_all_right").visitor("do you sell decaf?", "decaf")).slots
    assert felt["ladder"] == "none"


def test_wanting_a_call_is_not_wanting_the_chat() -> None:
    felt = run(SenseMood(), Talk().visitor("can somebody call me back please", "request_callback")).slots
    assert (felt["ladder"], felt["reasons"]) == ("none", [])


@pytest.mark.parametrize(
    ("customer", "vip"), [("c-mara", True), ("c-tom", False), ("c-nobody", False), (None, False)]
)
def test_the_best_customers_are_known(customer: str | None, vip: bool) -> None:
    assert run(SenseMood(), Talk(customer=customer).visitor("hello", "greet")).slots["vip"] is vip


def test_without_records_the_mood_is_sensed_all_the_same(down: None) -> None:
    felt = run(SenseMood(), Talk(customer="c-mara").visitor("get me a human", "speak_to_human")).slots
    assert (felt["ladder"], felt["vip"]) == ("hand_over", False)


def test_what_is_known_is_not_asked_again(down: None, crm: SqlCrm) -> None:
    felt = run(SenseMood(), Talk(customer="c-mara").visitor("hello", "greet").knows(vip=True)).slots
    assert felt["vip"] is True
