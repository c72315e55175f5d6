"""How an order stands: one's own, the one that is meant, and honestly."""

import pytest

from actions.order_status import OrderStatus
from bot.desk.cards import readable
from tests.talk import Done, Talk, run

pytestmark = pytest.mark.usefixtures("crm")


def status(customer: str | None, number: str | None = None) -> Done:
    return run(OrderStatus(), Talk(customer=customer).visitor("where is it?").knows(order_number=number))


@pytest.mark.parametrize(
    ("customer", "number", "said", "told"),
    [
        ("c-tom", None, "utter_status_packing", "CK-10431"),
        ("c-mara", None, "utter_status_late", "CK-10423"),
        ("c-mara", "ck 10371", "utter_status_delivered", "CK-10371"),
        ("c-george", None, "utter_status_delivered", "CK-10057"),
        ("c-aiko", None, "utter_status_placed", "CK-10440"),
        ("c-luca", None, "utter_status_shipped", "CK-10427"),
        ("c-dylan", None, "utter_status_cancelled", "CK-10410"),
    ],
)
def test_the_order_that_is_meant(customer: str, number: str | None, said: str, told: str) -> None:
    done = status(customer, number)
    assert done.said == [said]
    assert done.messages[0]["number"] == told
    assert done.slots == {"order_number": told}


def test_a_late_order_is_named_with_its_day_and_its_tracking() -> None:
    words = status("c-mara").messages[0]
    assert words["tracking"] == "RM 7730 4512 9GB"
    assert words["expected"].startswith("on ")


def test_an_order_comes_as_a_card_too_that_the_desk_can_read() -> None:
    card = status("c-mara").messages[0]["custom"]["card"]
    assert readable(card) is not None and "address" not in card
    assert (card["number"], card["status"], card["currency"]) == ("CK-10423", "shipped", "GBP")


def test_somebody_elses_order_is_not_found_and_ones_own_are_offered() -> None:
    done = status("c-tom", "CK-10423")
    assert done.said == ["utter_order_not_found"]
    assert [button["payload"] for button in done.messages[0]["buttons"]] == [
        '/check_order_status{"order_number":"CK-10431"}'
    ]
    assert done.slots == {"order_number": None}


@pytest.mark.parametrize("customer", [None, ""])
def test_a_stranger_signs_in_first(customer: str | None) -> None:
    assert status(customer, "CK-10431").said == ["utter_sign_in_needed"]


def test_nobody_has_orders_that_do_not_exist() -> None:
    assert status("c-nobody").said == ["utter_no_orders"]


def test_without_records_nothing_is_guessed(down: None) -> None:
    assert status("c-tom").said == ["utter_records_unavailable"]
