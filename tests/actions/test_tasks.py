"""Tasks against real records: what a form takes, when it ends, and what is changed in the end."""

from typing import Any

import pytest
from rasa_sdk.events import SlotSet

from actions.ask_order_number import AskOrderNumber
from actions.cancel_order import CancelOrder, CancelOrderForm
from actions.change_address import ChangeAddress, ChangeAddressForm
from actions.report_problem import ReportProblem, ReportProblemForm
from actions.request_callback import CallbackForm, RequestCallback
from bot.crm.sql import SqlCrm
from bot.dialogue.task import TaskForm
from tests.talk import Done, Talk, run

pytestmark = pytest.mark.usefixtures("crm")
HOME = "5 Mill Lane, York YO1 9ZZ"


def check(form: TaskForm, talk: Talk, **candidates: Any) -> Done:
    """Run a form's check as Rasa does: with what was just read at the end of the events."""
    talk.form = talk.form or form.form
    talk.events.append({"event": "action", "name": form.form})
    talk.events += [SlotSet(name, value) for name, value in candidates.items()]
    return run(form, talk.knows(**candidates))


def wants(customer: str | None = "c-tom", intent: str = "change_delivery_address") -> Talk:
    return Talk(customer=customer).visitor("please", intent)


@pytest.mark.parametrize(
    ("form", "customer", "slots"),
    [
        (ChangeAddressForm(), "c-tom", {"order_number": "CK-10431"}),
        (ChangeAddressForm(), "c-mara", {"order_number": "CK-10423", "outcome": "address_too_late"}),
        (CancelOrderForm(), "c-mara", {"order_number": "CK-10423", "outcome": "cancel_too_late"}),
        (CancelOrderForm(), "c-aiko", {"order_number": "CK-10440"}),
        (CancelOrderForm(), "c-nobody", {"outcome": "no_orders"}),
        (ReportProblemForm(), "c-george", {"order_number": "CK-10057"}),
        (ReportProblemForm(), "c-ines", {}),
        (ChangeAddressForm(), None, {"outcome": "sign_in"}),
        (CancelOrderForm(), None, {"outcome": "sign_in"}),
        (ReportProblemForm(), None, {"outcome": "sign_in"}),
    ],
)
def test_at_the_start_the_order_is_found_or_the_task_ends(form: TaskForm, customer: str, slots: dict) -> None:
    done = check(form, wants(customer))
    ended = {"requested_slot": None} if slots.get("outcome") else {}
    told = {
        name: value for name, value in done.slots.items() if value is not None or name == "requested_slot"
    }
    assert told == slots | ended


@pytest.mark.parametrize(
    ("number", "slots", "said"),
    [
        ("ck 10431", {"order_number": "CK-10431"}, []),
        ("CK-10423", {"order_number": None}, ["utter_order_not_found"]),
        ("CK-99999", {"order_number": None}, ["utter_order_not_found"]),
    ],
)
def test_only_ones_own_order_is_taken(number: str, slots: dict, said: list[str]) -> None:
    done = check(CancelOrderForm(), wants(), order_number=number)
    assert done.slots["order_number"] == slots["order_number"]
    assert done.said == said


@pytest.mark.parametrize("form", [ChangeAddressForm(), CancelOrderForm(), ReportProblemForm()])
def test_without_records_the_task_ends(form: TaskForm, down: None) -> None:
    assert check(form, wants()).slots["outcome"] == "unavailable"
    assert check(form, wants(), order_number="CK-10431").slots["outcome"] == "unavailable"


@pytest.mark.parametrize(
    ("form", "customer"),
    [
        (ChangeAddressForm(), "c-tom"),
        (CancelOrderForm(), "c-tom"),
        (ReportProblemForm(), "c-ines"),
        (CallbackForm(), None),
    ],
)
def test_what_the_records_cannot_do_is_not_asked_about(
    form: TaskForm, customer: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqlCrm, "can", frozenset({"add_note"}))
    assert check(form, wants(customer)).slots["outcome"] == "not_supported"


@pytest.mark.parametrize(
    ("text", "intent", "slot", "ends"),
    [
        ("never mind", "deny", "delivery_address", True),
        ("stop", "out_of_scope", "confirmed", True),
        ("bye", "goodbye", "delivery_address", True),
        ("no", "deny", "delivery_address", True),
        ("no", "deny", "confirmed", False),
        ("what time do you open?", "opening_hours", "delivery_address", False),
        ("please", "change_delivery_address", None, False),
    ],
)
def test_when_a_customer_leaves_a_form(text: str, intent: str, slot: str | None, ends: bool) -> None:
    talk = Talk(customer="c-tom").visitor(text, intent).asks("change_address_form", slot)
    done = check(ChangeAddressForm(), talk.knows(order_number="CK-10431"))
    assert (done.slots.get("outcome") == "stopped") is ends


def test_no_to_an_offer_does_not_leave_the_form() -> None:
    talk = Talk(customer="c-tom").visitor("…").bot("Shall I fetch somebody?", "utter_offer_human")
    talk.visitor("no", "deny").asks("change_address_form", "delivery_address").knows(order_number="CK-10431")
    assert "outcome" not in check(ChangeAddressForm(), talk).slots


@pytest.mark.parametrize(("value", "kept"), [(HOME, HOME), ("you idiots", None), ("", None)])
def test_a_form_keeps_addresses_only(value: str, kept: str | None) -> None:
    done = check(ChangeAddressForm(), wants().knows(order_number="CK-10431"), delivery_address=value)
    assert done.slots["delivery_address"] == kept


def end(action: Any, customer: str | None = "c-tom", **slots: Any) -> Done:
    return run(action, Talk(customer=customer).visitor("/affirm", "affirm").knows(**slots))


def test_an_address_is_changed_once_and_forgotten(crm: SqlCrm) -> None:
    slots = {"order_number": "CK-10431", "delivery_address": HOME, "confirmed": True}
    for _ in range(2):
        done = end(ChangeAddress(), **slots)
        assert done.said == ["utter_address_changed"]
    assert crm.order("c-tom", "CK-10431").address == HOME
    assert done.slots == {"delivery_address": None, "confirmed": None, "outcome": None}


def test_two_customers_at_the_same_point_of_their_conversations(crm: SqlCrm) -> None:
    for customer, number in (("c-tom", "CK-10431"), ("c-aiko", "CK-10440")):
        talk = Talk(conversation=f"of-{customer}", customer=customer).visitor("/affirm", "affirm")
        done = run(CancelOrder(), talk.knows(order_number=number, confirmed=True))
        assert done.said == ["utter_order_cancelled"]
        assert crm.order(customer, number).status == "cancelled"


def test_an_order_is_cancelled(crm: SqlCrm) -> None:
    assert end(CancelOrder(), order_number="CK-10431", confirmed=True).said == ["utter_order_cancelled"]
    assert crm.order("c-tom", "CK-10431").status == "cancelled"


def test_a_problem_is_reported_in_the_customers_words(crm: SqlCrm) -> None:
    slots = {
        "order_number": "CK-10398",
        "problem_kind": "damaged",
        "problem_text": "torn bags",
        "confirmed": True,
    }
    assert end(ReportProblem(), "c-ines", **slots).said == ["utter_problem_reported_damaged"]
    assert any("torn bags" in ticket.text for ticket in crm.card("c-ines").tickets)


@pytest.mark.parametrize("customer", ["c-tom", None])
def test_a_call_is_noted_for_anybody(customer: str | None, crm: SqlCrm) -> None:
    told = {"name": "Robin", "phone": "+44 117 496 0123", "when": "tomorrow", "topic": "beans"}
    slots = {f"callback_{name}": value for name, value in told.items()}
    done = end(RequestCallback(), customer, **slots, confirmed=True)
    assert done.said == ["utter_callback_requested"]
    assert done.messages[0]["phone"] == "+44 117 496 0123"


@pytest.mark.parametrize(
    ("action", "slots", "customer", "said"),
    [
        (ChangeAddress(), {"confirmed": False}, "c-tom", "utter_left_as_is"),
        (ChangeAddress(), {}, "c-tom", "utter_left_as_is"),
        (ChangeAddress(), {"confirmed": True}, None, "utter_sign_in_needed"),
        (ChangeAddress(), {"outcome": "stopped"}, "c-tom", "utter_stopped"),
        (ChangeAddress(), {"outcome": "address_too_late"}, "c-mara", "utter_refused_address_too_late"),
        (CancelOrder(), {"outcome": "no_orders"}, "c-tom", "utter_no_orders"),
        (CancelOrder(), {"outcome": "not_supported"}, "c-tom", "utter_refused_not_supported"),
        (CancelOrder(), {"outcome": "something_new"}, "c-tom", "utter_refused"),
        (
            CancelOrder(),
            {"confirmed": True, "order_number": "CK-10423"},
            "c-mara",
            "utter_refused_cancel_too_late",
        ),
        (CancelOrder(), {"confirmed": True, "order_number": "CK-10423"}, "c-tom", "utter_order_not_found"),
        (RequestCallback(), {"outcome": "stopped"}, None, "utter_stopped"),
    ],
)
def test_nothing_is_changed_without_leave(
    action: Any, slots: dict, customer: str, said: str, crm: SqlCrm
) -> None:
    assert end(action, customer, **{"order_number": "CK-10431", "delivery_address": HOME} | slots).said == [
        said
    ]
    assert crm.order("c-tom", "CK-10431").status == "packing"
    assert crm.order("c-mara", "CK-10423").status == "shipped"


def test_a_change_that_may_have_failed_is_not_called_done(down: None) -> None:
    done = end(CancelOrder(), order_number="CK-10431", confirmed=True)
    assert done.said == ["utter_change_unsure"]


def test_a_known_customer_is_not_asked_for_name_and_number() -> None:
    slots = check(CallbackForm(), wants("c-tom", "request_callback")).slots
    assert (slots["callback_name"], slots["callback_phone"]) == ("Tom Okafor", "+44 7700 900245")


def test_a_stranger_is_asked_for_everything() -> None:
    assert check(CallbackForm(), wants(None, "request_callback")).slots == {}


def test_without_records_a_call_can_still_be_asked_for(down: None) -> None:
    assert check(CallbackForm(), wants("c-tom", "request_callback")).slots == {}


def test_the_choice_is_among_ones_own_orders() -> None:
    done = run(AskOrderNumber(), wants("c-ines"))
    assert [button["payload"] for button in done.messages[0]["buttons"]] == [
        '/choose{"order_number":"CK-10398"}',
        '/choose{"order_number":"CK-10203"}',
    ]


def test_without_records_the_question_has_no_buttons(down: None) -> None:
    assert run(AskOrderNumber(), wants()).messages[0]["buttons"] == []
