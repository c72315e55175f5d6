"""Only an answer to the form's question is taken for one."""

from typing import Any

import pytest

from actions.read_details import read
from tests.talk import Talk

ADDRESS, CALL, PROBLEM, CANCEL = (
    "change_address_form",
    "callback_form",
    "report_problem_form",
    "cancel_order_form",
)
HOME = "5 Mill Lane, York YO1 9ZZ"


def told(form: str, slot: str | None, text: str, intent: str = "out_of_scope", **more: Any) -> dict[str, Any]:
    found = read(Talk().visitor(text, intent, **more).asks(form, slot).tracker())
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("form", "slot", "text", "intent", "found"),
    [
        (ADDRESS, "delivery_address", HOME, "location", {"delivery_address": HOME}),
        (ADDRESS, None, f"change it to {HOME}", "change_delivery_address", {"delivery_address": HOME}),
        (ADDRESS, "delivery_address", "where are you?", "location", {}),
        (ADDRESS, "delivery_address", "you useless lot", "insult", {}),
        (ADDRESS, "delivery_address", "yes", "affirm", {}),
        (ADDRESS, "confirmed", "yes", "affirm", {"confirmed": True}),
        (ADDRESS, "confirmed", "/deny", "deny", {"confirmed": False}),
        (ADDRESS, "confirmed", "go ahead", "out_of_scope", {"confirmed": True}),
        (ADDRESS, "confirmed", f"no, {HOME}", "deny", {"delivery_address": HOME}),
        (ADDRESS, "confirmed", "how long does it take?", "shipping_time", {}),
        (CANCEL, "confirmed", "yes, cancel it", "cancel_order", {"confirmed": True}),
        (CANCEL, None, "yes", "affirm", {}),
        (PROBLEM, None, "my order has a problem", "report_order_problem", {}),
        (PROBLEM, "problem_kind", "it is broken", "damaged_item", {"problem_kind": "damaged"}),
        (PROBLEM, "problem_kind", "hard to say", "out_of_scope", {"problem_kind": "other"}),
        (
            PROBLEM,
            "problem_text",
            "the lid does not close",
            "damaged_item",
            {"problem_text": "the lid does not close"},
        ),
        (PROBLEM, "problem_text", "what is your policy?", "return_policy", {}),
        (PROBLEM, "problem_text", "idiots, all of you", "insult", {}),
        (CALL, "callback_name", "Robin Example", "out_of_scope", {"callback_name": "Robin Example"}),
        (CALL, "callback_name", "hello", "greet", {}),
        (CALL, "callback_phone", "0117 496 0123", "out_of_scope", {"callback_phone": "+44 117 496 0123"}),
        (CALL, "callback_phone", "12", "out_of_scope", {}),
        (CALL, "callback_when", "Friday at 3pm", "out_of_scope", {"callback_when": "Friday at 3pm"}),
        (CALL, "callback_when", "when are you open on Friday?", "opening_hours", {}),
        (CALL, "callback_topic", "wholesale prices", "wholesale", {"callback_topic": "wholesale prices"}),
        (CALL, "callback_topic", "how long does shipping take?", "shipping_time", {}),
        (CALL, "callback_topic", "never mind", "deny", {}),
    ],
)
def test_what_counts_as_an_answer(form: str, slot: str | None, text: str, intent: str, found: dict) -> None:
    assert told(form, slot, text, intent) == found


def test_an_outburst_around_an_address_is_an_outburst() -> None:
    assert (
        told(ADDRESS, "delivery_address", "HOW OFTEN, you clowns: 5 Mill Lane, York YO1 9ZZ, I am FURIOUS")
        == {}
    )


def test_a_description_at_the_start_is_taken_along() -> None:
    text = "my kettle from last week arrived with a big dent"
    assert told(PROBLEM, None, text, "report_order_problem") == {
        "problem_kind": "damaged",
        "problem_text": text,
    }


def test_a_button_says_what_it_carries() -> None:
    found = told(PROBLEM, "problem_kind", '/choose{"problem_kind":"late"}', "choose", problem_kind="late")
    assert found == {"problem_kind": "late"}


def test_typed_words_cannot_carry_what_only_a_button_can() -> None:
    assert told(PROBLEM, "problem_kind", "hi", "greet", problem_kind="late") == {}


def test_a_slot_of_the_form_before_asks_nothing() -> None:
    assert told(CANCEL, "delivery_address", "yes", "affirm") == {}


@pytest.mark.parametrize("intent", ["affirm", "deny"])
def test_the_answer_to_an_offer_is_no_answer_to_the_form(intent: str) -> None:
    talk = Talk().visitor("…").bot("Shall I fetch somebody?", "utter_offer_human").visitor("…", intent)
    assert read(talk.asks(CANCEL, "confirmed").tracker()) == {}


def test_without_a_form_nothing_is_read() -> None:
    assert read(Talk().visitor(HOME).tracker()) == {}
