"""The records of a customer as the rest of the program sees them, whatever the CRM behind them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

PLACED, PACKING, SHIPPED, DELIVERED, CANCELLED = "placed", "packing", "shipped", "delivered", "cancelled"
STATUSES = (PLACED, PACKING, SHIPPED, DELIVERED, CANCELLED)
CALLBACK = "callback"  # the kind of a ticket that asks for a call
CHANGEABLE = frozenset({PLACED, PACKING})


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(timezone.utc).isoformat().replace("+00:00", "Z") if at else None


@dataclass(frozen=True)
class Customer:
    """Who somebody is. `since` is the day of the first contact with the business."""

    id: str
    name: str
    email: str
    phone: str
    since: date
    vip: bool = False
    tags: tuple[str, ...] = ()
    lifetime_value: Decimal = Decimal(0)
    currency: str = "GBP"

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "since": self.since.isoformat(),
            "vip": self.vip,
            "tags": list(self.tags),
            "lifetime_value": float(self.lifetime_value),
            "currency": self.currency,
        }


@dataclass(frozen=True)
class Item:
    name: str
    quantity: int = 1

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "quantity": self.quantity}


@dataclass(frozen=True)
class Order:
    """An order. `expected_at` is when it should arrive, or did.

    `customer_id` here and below says whose it is by the records' own word, to notice a foreign one.
    """

    number: str
    status: str
    placed_at: datetime
    items: tuple[Item, ...]
    total: Decimal
    currency: str
    address: str
    tracking: str | None = None
    expected_at: datetime | None = None
    customer_id: str | None = None

    @property
    def changeable(self) -> bool:
        """Tell whether it has not left the house, so that it can be changed or cancelled."""
        return self.status in CHANGEABLE

    def as_dict(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "status": self.status,
            "placed_at": _iso(self.placed_at),
            "items": [item.as_dict() for item in self.items],
            "total": float(self.total),
            "currency": self.currency,
            "address": self.address,
            "tracking": self.tracking,
            "expected_at": _iso(self.expected_at),
        }


@dataclass(frozen=True)
class Ticket:
    """Something to be settled: a complaint, a call-back. `status` is `open` or `closed`."""

    id: str
    kind: str
    text: str
    at: datetime
    status: str = "open"
    customer_id: str | None = None  # None: a stranger's

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "at": _iso(self.at),
            "status": self.status,
        }


@dataclass(frozen=True)
class Note:
    author: str
    text: str
    at: datetime
    customer_id: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"author": self.author, "text": self.text, "at": _iso(self.at)}


@dataclass(frozen=True)
class Event:
    """Something in a customer's history. `kind` is `order`, `ticket` or `note`; `ref` is its number or id."""

    at: datetime
    kind: str
    text: str
    ref: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"at": _iso(self.at), "kind": self.kind, "text": self.text, "ref": self.ref}


@dataclass(frozen=True)
class CustomerCard:
    """All that a person needs to know of a customer at a glance; orders, tickets and notes newest first.

    A `stale` card is one from before the records went out of reach; `fetched_at` tells how old it is.
    """

    customer: Customer
    orders: tuple[Order, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    notes: tuple[Note, ...] = ()
    fetched_at: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    stale: bool = False

    def history(self) -> tuple[Event, ...]:
        """Return what happened, newest first, as far as the card tells."""
        events = [_ordered(order) for order in self.orders]
        events += [
            Event(ticket.at, "ticket", f"{ticket.kind}: {ticket.text}", ticket.id) for ticket in self.tickets
        ]
        events += [Event(note.at, "note", f"{note.author}: {note.text}") for note in self.notes]
        return tuple(sorted(events, key=lambda event: event.at, reverse=True))

    def as_dict(self) -> dict[str, Any]:
        return {
            "available": True,
            "fetched_at": _iso(self.fetched_at),
            "stale": self.stale,
            "customer": self.customer.as_dict(),
            "orders": [order.as_dict() for order in self.orders],
            "tickets": [ticket.as_dict() for ticket in self.tickets],
            "notes": [note.as_dict() for note in self.notes],
        }


def _ordered(order: Order) -> Event:
    what = ", ".join(f"{item.quantity} × {item.name}" for item in order.items)
    return Event(order.placed_at, "order", f"Ordered {what}" if what else "Ordered", order.number)


@dataclass(frozen=True)
class MissingCard:
    """What stands in a card's place when there is none. `reason` is a sentence for the agent."""

    reason: str

    def as_dict(self) -> dict[str, Any]:
        return {"available": False, "reason": self.reason}


STRANGER = MissingCard("This visitor has not signed in, so we do not know who it is.")
UNKNOWN = MissingCard("There is no record of this customer.")
DOWN = MissingCard("Customer details unavailable right now.")
