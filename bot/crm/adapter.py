"""What we ask of customer records. One adapter per system behind it, one file per adapter.

The words are the business's own: customers, orders, tickets, notes. What a system calls them, how it is
reached and what it cannot do stays in its adapter's file.
"""

from typing import ClassVar, Protocol

from bot.crm.card import CustomerCard, Event, Note, Order, Ticket
from bot.errors import NotSupported

READS = ("find", "card", "timeline", "orders", "order")
CHANGES = ("change_address", "cancel_order", "create_ticket", "add_note")


class Crm(Protocol):
    """Read and change customer records. Calls block; go through `bot.crm.guarded.Guard`.

    Every call may raise `CrmUnavailable`; its kind `RecordRefused` for an answer that makes no sense or
    is too big. Whatever belongs to another customer, or to none, is `RecordNotFound`. A change that the
    business does not allow is `PolicyRefusal`, one that the system has no way to do its kind
    `NotSupported`. A change is made once per `key` (1 to 200 characters): the same call with the same key
    again changes nothing and gives the record.

    An adapter derives from this class, says in `can` which of `CHANGES` it has, and writes those; the
    others stay as they are here.
    """

    can: ClassVar[frozenset[str]] = frozenset()

    def supports(self, verb: str) -> bool:
        """Tell whether the system behind can do a change, by its name here, such as `cancel_order`."""
        return verb in self.can

    def find(
        self, *, identity: str | None = None, email: str | None = None, order_number: str | None = None
    ) -> str | None:
        """Return the id of the customer with that identity (`sub` of the signed token), address or order.

        Exactly one is given. None if there is nobody, or more than one. Only `identity` proves who
        somebody is; by the others an agent looks up what a visitor claims.
        """
        raise NotImplementedError

    def card(self, customer_id: str) -> CustomerCard:
        """Return the customer with the latest orders, tickets and notes."""
        raise NotImplementedError

    def timeline(self, customer_id: str) -> tuple[Event, ...]:
        """Return what happened with the customer, newest first."""
        return self.card(customer_id).history()

    def orders(self, customer_id: str) -> tuple[Order, ...]:
        """Return all orders of the customer, newest first."""
        raise NotImplementedError

    def order(self, customer_id: str, number: str) -> Order:
        """Return one order; `number` in any case and with or without its hyphen."""
        raise NotImplementedError

    def change_address(self, customer_id: str, number: str, address: str, *, key: str) -> Order:
        """Send an order elsewhere. Refused with `address_too_late` once it has left."""
        raise NotSupported("change_address")

    def cancel_order(self, customer_id: str, number: str, *, key: str) -> Order:
        """Cancel an order. Refused with `cancel_too_late` once it has left."""
        raise NotSupported("cancel_order")

    def create_ticket(self, customer_id: str | None, kind: str, text: str, *, key: str) -> Ticket:
        """Open a ticket: a `callback`, or a problem by its kind. `customer_id` is None for a stranger."""
        raise NotSupported("create_ticket")

    def add_note(self, customer_id: str, author: str, text: str, *, key: str) -> Note:
        """Write a note that agents see on the card."""
        raise NotSupported("add_note")

    def close(self) -> None:
        """Let go of connections."""
