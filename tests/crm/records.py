"""Records for tests, with whatever a test wants otherwise."""

from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

from bot.crm.card import Customer, CustomerCard, Item, Note, Order, Ticket

AT = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)


def a_customer(id: str = "ann", **values: Any) -> Customer:
    known = {"name": "Ann", "email": "ann@example.com", "phone": "+44 1632 960001", "since": date(2023, 4, 5)}
    return Customer(id, **{**known, **values})


def an_order(number: str = "CK-1", **values: Any) -> Order:
    known = {"status": "placed", "placed_at": AT, "items": (Item("Harbour Blend", 2),), "currency": "GBP"}
    known |= {"total": Decimal("19.90"), "address": "1 Old Lane", "customer_id": "ann"}
    return Order(number, **{**known, **values})


def a_ticket(**values: Any) -> Ticket:
    return Ticket(
        **{"id": "t-1", "kind": "damaged", "text": "A torn bag", "at": AT, "customer_id": "ann", **values}
    )


def a_note(**values: Any) -> Note:
    return Note(**{"author": "Sam", "text": "Prefers e-mail", "at": AT, "customer_id": "ann", **values})


def a_card(customer: Customer | None = None, **values: Any) -> CustomerCard:
    known = {"orders": (an_order(),), "tickets": (a_ticket(),), "notes": (a_note(),)}
    return CustomerCard(customer or a_customer(), **{**known, **values})
