"""Offering, asking for other words, taking a yes, and carrying on after a person."""

import pytest

from actions.ask_rephrase import AskRephrase
from actions.go_on import GoOn
from actions.offer_human import OfferHuman
from actions.resume import Resume
from tests.talk import Talk, run


def test_an_offer_can_be_declined() -> None:
    done = run(OfferHuman(), Talk().visitor("…"))
    assert done.said == ["utter_offer_human"]
    assert [button["payload"] for button in done.messages[0]["buttons"]] == ["/affirm", "/deny"]


@pytest.mark.parametrize(
    ("codes", "response"),
    [
        (["abuse", "anger"], "utter_offer_human_abuse"),
        (["vulnerability"], "utter_offer_human_vulnerability"),
        (["churn_threat"], "utter_offer_human"),
    ],
)
def test_an_offer_fits_its_reason(codes: list[str], response: str) -> None:
    talk = Talk().visitor("…").knows(reasons=[{"code": code} for code in codes])
    assert run(OfferHuman(), talk).said == [response]


def test_the_boundary_is_set_once() -> None:
    talk = Talk().visitor("…").bot("Let's keep it civil.", "utter_insult").visitor("…")
    assert run(OfferHuman(), talk.knows(reasons=[{"code": "abuse"}])).said == ["utter_offer_human"]


def guesses(*names: str, confidence: float = 0.3) -> Talk:
    talk = Talk().visitor("hmm")
    talk.events[-1]["parse_data"]["intent_ranking"] = [
        {"name": name, "confidence": confidence} for name in names
    ]
    return talk


def test_the_first_time_the_two_nearest_topics_are_named() -> None:
    done = run(
        AskRephrase(), guesses("out_of_scope", "greet", "decaf", "invoice", "speak_to_human", "location")
    )
    assert done.said == ["utter_ask_rephrase"]
    assert done.messages[0]["buttons"] == [
        {"title": "Decaf", "payload": "/decaf"},
        {"title": "Getting an invoice", "payload": "/invoice"},
        {"title": "Talk to a person", "payload": "/speak_to_human"},
    ]


def test_what_may_ask_for_a_person_is_answered_with_the_offer() -> None:
    near = guesses("out_of_scope", "decaf", "speak_to_human")
    done = run(AskRephrase(), near)
    assert done.said == ["utter_offer_human"]
    assert [button["payload"] for button in done.messages[0]["buttons"]] == ["/affirm", "/deny"]
    unlikely = guesses("decaf", "speak_to_human", confidence=0.02)
    assert run(AskRephrase(), unlikely).said == ["utter_ask_rephrase"]
    declined = run(AskRephrase(), near.knows(mood={"declined": True}))
    assert declined.messages[0]["buttons"][-1]["payload"] == "/speak_to_human"


def test_what_is_known_to_be_wrong_comes_first() -> None:
    talk = guesses("decaf", "invoice").knows(mood={"causes": ["damaged", "late"]})
    payloads = [button["payload"] for button in run(AskRephrase(), talk).messages[0]["buttons"]]
    assert payloads == ["/check_order_status", "/report_order_problem", "/speak_to_human"]


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        (Talk().visitor("…").bot("…", "utter_ask_rephrase").visitor("…"), "utter_offer_human_stuck"),
        (Talk().visitor("…").knows(tone="careful"), "utter_offer_human"),
        (Talk().visitor("…").knows(tone="careful", mood={"declined": True}), "utter_ask_rephrase"),
        (Talk().visitor("…").asks("change_address_form", "delivery_address"), "utter_need_delivery_address"),
        (Talk().visitor("…").asks("report_problem_form", "problem_text"), "utter_need_other"),
        (Talk().visitor("…").asks("callback_form", None), "utter_need_other"),
    ],
)
def test_what_is_said_to_something_not_understood(talk: Talk, said: str) -> None:
    assert run(AskRephrase(), talk).said == [said]


def yes(text: str, response: str, *buttons: str) -> list[str]:
    done = run(
        GoOn(), Talk(customer="c-tom").visitor("…").bot(text, response, *buttons).visitor("yes", "affirm")
    )
    return done.said or [event["text"] for event in done.events if event["event"] == "user"]


@pytest.mark.parametrize(
    ("text", "response", "buttons", "follows"),
    [
        ("Shall I report it?", "utter_damaged_item", ["/report_order_problem"], "/report_order_problem"),
        ("I can note it now.", "utter_damaged_item", ["/report_order_problem"], "/report_order_problem"),
        ("Shall a colleague do it?", "utter_x", ["/speak_to_human"], "/speak_to_human"),
        ("A colleague can do it.", "utter_x", ["/speak_to_human"], "utter_go_on"),
        ("Is it one of these?", "utter_ask_rephrase", ["/decaf", "/invoice"], "utter_go_on"),
        ("Anything else?", "utter_thank", [], "utter_go_on"),
    ],
)
def test_what_yes_means(text: str, response: str, buttons: list[str], follows: str) -> None:
    assert yes(text, response, *buttons) == [follows]


def test_a_yes_stays_the_same_customers_message() -> None:
    talk = Talk(customer="c-tom").visitor("…").bot("Shall I?", "utter_damaged_item", "/report_order_problem")
    clicked = run(GoOn(), talk.visitor("yes", "affirm")).events[-1]
    assert clicked["metadata"]["customer_id"] == "c-tom"
    assert clicked["message_id"] == "2"
    assert clicked["parse_data"]["intent"]["name"] == "report_order_problem"


@pytest.mark.parametrize(
    ("entities", "words"),
    [
        (
            {"agent": "Sam Reyes", "note": "A new bag leaves today"},
            {"agent": "Sam Reyes", "note": "A new bag leaves today."},
        ),
        ({"agent": "Sam Reyes", "note": "Done!"}, {"agent": "Sam Reyes", "note": "Done!"}),
        ({"agent": "Sam Reyes"}, {"agent": "Sam Reyes"}),
        ({}, {}),
    ],
)
def test_who_handed_back_and_what_was_agreed(entities: dict[str, str], words: dict[str, str]) -> None:
    done = run(Resume(), Talk().visitor("/handed_back", "handed_back", **entities))
    assert done.said == ["utter_resumed"]
    assert {name: done.messages[0][name] for name in ("agent", "note") if name in done.messages[0]} == words


def test_a_form_does_not_survive_the_person() -> None:
    talk = Talk().visitor("/handed_back", "handed_back").asks("change_address_form", "delivery_address")
    done = run(Resume(), talk)
    assert {"event": "active_loop", "name": None, "timestamp": None} in done.events
    assert done.slots["requested_slot"] is None
    assert done.slots["delivery_address"] is None
