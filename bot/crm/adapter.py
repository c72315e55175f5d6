"""What we ask of customer records. One adapter per system behind it, one file per adapter."""

from typing import Protocol

from bot.crm.card import CustomerCard, Note, Order, Ticket


class Crm(Protocol):
    """Read and change customer records. Calls block; go through `bot.crm.guarded.Guard`.

    Every call may raise `CrmUnavailable`. Whatever belongs to another customer, or to none, is
    `RecordNotFound`. A change that the business does not allow is `PolicyRefusal`. A change is made
    once per `key`: the same call with the same key again changes nothing and gives the record; the
    key with another change is a `CrmError`.
    """

    def card(self, customer_id: str) -> CustomerCard:
        """Return the customer with the latest orders, tickets and notes."""

    def orders(self, customer_id: str) -> tuple[Order, ...]:
        """Return all orders of the customer, newest first."""

    def order(self, customer_id: str, number: str) -> Order:
        """Return one order; `number` in any case and with or without its hyphen."""

    def change_address(self, customer_id: str, number: str, address: str, *, key: str) -> Order:
        """Send an order elsewhere. Refused with `address_too_late` once it has left."""

    def cancel_order(self, customer_id: str, number: str, *, key: str) -> Order:
        """Cancel an order. Refused with `cancel_too_late` once it has left."""

    def report_problem(self, customer_id: str, number: str, kind: str, text: str, *, key: str) -> Ticket:
        """Open a ticket about an order."""

    def request_callback(
        self, *, name: str, phone: str, when: str, topic: str, customer_id: str | None, key: str
    ) -> Ticket:
        """Note that somebody wants to be called; `customer_id` is None for a stranger."""

    def add_note(self, customer_id: str, author: str, text: str, *, key: str) -> Note:
        """Write a note that agents see on the card."""
