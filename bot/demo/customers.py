"""The demo's customers, from `customers.yml`."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.crm.card import Customer, CustomerCard, Item, Note, Order, Ticket

FILE = Path(__file__).with_name("customers.yml")


def cards(now: datetime) -> tuple[CustomerCard, ...]:
    """Return every demo customer, with all dates counted back from `now`."""
    return tuple(_card(now, known) for known in YAML(typ="safe").load(FILE))


def days_before(now: datetime, days: float) -> datetime:
    """Return a moment so many days ago; whole days fall in working hours."""
    at = now - timedelta(days=days)
    return at.replace(hour=9 + int(days) % 8, minute=7 * int(days) % 60) if days >= 1 else at


def _card(now: datetime, known: dict[str, Any]) -> CustomerCard:
    return CustomerCard(
        customer=_customer(now, known),
        orders=tuple(_order(now, **order) for order in known["orders"]),
        tickets=tuple(_ticket(now, **ticket) for ticket in known.get("tickets", ())),
        notes=tuple(_note(now, **note) for note in known.get("notes", ())),
        fetched_at=now,
    )


def _customer(now: datetime, known: dict[str, Any]) -> Customer:
    plain = {name: known[name] for name in ("id", "name", "email", "phone")}
    return Customer(
        **plain,
        since=(now - timedelta(days=30 * known["months"])).date(),
        vip=known.get("vip", False),
        tags=tuple(known.get("tags", ())),
        lifetime_value=Decimal(known["lifetime_value"]),
    )


def _order(
    now: datetime,
    *,
    placed: float,
    total: str,
    items: dict[str, int],
    arrives: float | None = None,
    **plain: str,
) -> Order:
    return Order(
        placed_at=days_before(now, placed),
        items=tuple(Item(name, quantity) for name, quantity in items.items()),
        total=Decimal(total),
        currency="GBP",
        expected_at=None if arrives is None else days_before(now, arrives),
        **plain,
    )


def _ticket(now: datetime, *, days: float, **plain: str) -> Ticket:
    return Ticket(at=days_before(now, days), **plain)


def _note(now: datetime, *, days: float, **plain: str) -> Note:
    return Note(at=days_before(now, days), **plain)
