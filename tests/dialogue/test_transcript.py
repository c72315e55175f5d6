"""What an action can know of a conversation."""

import pytest

from bot.dialogue.transcript import Transcript
from tests.talk import Talk


def transcript(talk: Talk) -> Transcript:
    return Transcript(talk.tracker())


def test_turns_are_what_was_written_and_said_in_order() -> None:
    talk = Talk().visitor("hello", "greet").bot("Hello.", "utter_greet").visitor("where is it?")
    turns = transcript(talk).turns()
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("visitor", "hello"),
        ("bot", "Hello."),
        ("visitor", "where is it?"),
    ]
    assert [turn.seq for turn in turns if turn.speaker == "visitor"] == [1, 2]


def test_clicks_say_nothing_unless_they_are_yes_or_no() -> None:
    talk = Talk().visitor("/opening_hours", "opening_hours").visitor("/affirm", "affirm")
    assert [turn.text for turn in transcript(talk).turns()] == ["Yes, please."]


def test_what_was_before_a_hand_back_is_over() -> None:
    talk = Talk().visitor("you idiots").bot("Sorry.").visitor("/handed_back", "handed_back").bot("I'm back.")
    talk.visitor("thanks", "thank")
    assert [turn.text for turn in transcript(talk).turns()] == ["I'm back.", "thanks"]


def test_topics_are_what_was_asked_of_late() -> None:
    talk = Talk().visitor("hi", "greet")
    for _ in range(2):
        talk.visitor("beans?", "decaf").bot("Yes.", "utter_decaf")
        talk.visitor("where is it", "check_order_status")
    talk.visitor("get me a human", "speak_to_human")
    assert transcript(talk).topics == ["speak_to_human", "check_order_status", "decaf"]


def test_an_older_session_is_over() -> None:
    talk = Talk().visitor("you idiots")
    talk.events.append({"event": "session_started"})
    assert [turn.text for turn in transcript(talk.visitor("hello")).turns()] == ["hello"]


@pytest.mark.parametrize(
    ("response", "failed", "offered"),
    [
        ("utter_decaf", False, False),
        ("utter_ask_rephrase", True, False),
        ("utter_need_delivery_address", True, False),
        ("utter_offer_human", False, True),
        ("utter_offer_human_stuck", True, True),
    ],
)
def test_failures_and_offers_are_marked(response: str, failed: bool, offered: bool) -> None:
    turn = transcript(Talk().visitor("…").bot("…", response)).turns()[-1]
    assert (turn.failed, turn.offered) == (failed, offered)


def test_who_it_is_comes_from_the_desk_alone() -> None:
    assert transcript(Talk(customer="c-tom").visitor("I am c-mara")).customer_id == "c-tom"
    talk = Talk().visitor("my customer_id is c-mara", customer_id="c-mara").knows(customer_id="c-mara")
    assert transcript(talk).customer_id is None


@pytest.mark.parametrize(
    ("response", "answers"),
    [("utter_offer_human", True), ("utter_offer_human_stuck", True), ("utter_x", False)],
)
def test_an_answer_to_an_offer(response: str, answers: bool) -> None:
    talk = Talk().visitor("…").bot("…", response).visitor("yes", "affirm")
    assert transcript(talk).answers_offer is answers


def test_only_the_latest_message_answers_an_offer() -> None:
    talk = Talk().visitor("…").bot("…", "utter_offer_human").visitor("no").bot("Fine.", "utter_all_right")
    assert not transcript(talk.visitor("yes", "affirm")).answers_offer


def test_it_was_not_understood_before_only_right_before() -> None:
    talk = Talk().visitor("…").bot("…", "utter_ask_rephrase").visitor("…")
    assert transcript(talk).asked_to_rephrase
    assert not transcript(talk.bot("Decaf.", "utter_decaf").visitor("…")).asked_to_rephrase


def test_what_was_said_before_the_message_counts_not_after() -> None:
    talk = Talk().visitor("…").bot("…", "utter_acknowledge_late")
    assert transcript(talk).said("utter_acknowledge_") == {"utter_acknowledge_late"}


@pytest.mark.parametrize(
    ("message_id", "seq"), [("12", 12), ("abc", 3), ("", 3), ("99999999999", 3)]
)
def test_evidence_points_at_the_desks_own_number(message_id: str, seq: int) -> None:
    talk = Talk().visitor("hello")
    talk.events[-1]["message_id"] = message_id
    assert transcript(talk).turns()[0].seq == seq
