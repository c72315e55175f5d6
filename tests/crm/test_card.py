from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bot.crm.card import Customer, CustomerCard, Item, MissingCard, Note, Order, Ticket

AT = datetime(2024, 5, 1, 12, 0, tzinfo=timezone(timedelta(hours=1)))


def _order(status: str = "placed") -> Order:
    return Order("CK-1", status, AT, (Item("Harbour Blend", 2),), Decimal("19.90"), "GBP", "1 Old Lane")


def test_an_order_on_the_wire() -> None:
    assert _order().as_dict() == {
        "number": "CK-1",
        "status": "placed",
        "placed_at": "2024-05-01T11:00:00Z",
        "items": [{"name": "Harbour Blend", "quantity": 2}],
        "total": 19.9,
        "currency": "GBP",
        "address": "1 Old Lane",
        "tracking": None,
        "expected_at": None,
    }


def test_a_card_on_the_wire() -> None:
    customer = Customer("c-1", "Ann", "ann@example.com", "+44 1632 960001", date(2020, 1, 2), tags=("gift",))
    wire = CustomerCard(customer, orders=(_order(),)).as_dict()
    assert set(wire) == {"available", "fetched_at", "stale", "customer", "orders", "tickets", "notes"}
    assert wire["customer"]["since"] == "2020-01-02" and wire["customer"]["tags"] == ["gift"]
    assert MissingCard("Not signed in.").as_dict() == {"available": False, "reason": "Not signed in."}


@pytest.mark.parametrize(
    ("status", "changeable"),
    [("placed", True), ("packing", True), ("shipped", False), ("delivered", False), ("cancelled", False)],
)
def test_what_has_left_does_not_change(status: str, changeable: bool) -> None:
    assert _order(status).changeable is changeable


def test_a_history_runs_back_from_the_newest() -> None:
    customer = Customer("c-1", "Ann", "ann@example.com", "+44 1632 960001", date(2020, 1, 2))
    card = CustomerCard(
        customer,
        orders=(_order(),),
        tickets=(Ticket("t-1", "damaged", "A torn bag", AT + timedelta(days=2)),),
        notes=(Note("Sam", "Likes e-mail", AT + timedelta(days=1)),),
    )
    told = [(event.kind, event.text, event.ref) for event in card.history()]
    assert told == [
        ("ticket", "damaged: A torn bag", "t-1"),
        ("note", "Sam: Likes e-mail", None),
        ("order", "Ordered 2 × Harbour Blend", "CK-1"),
    ]
    assert card.history()[2].as_dict()["at"] == "2024-05-01T11:00:00Z"
