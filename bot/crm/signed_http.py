"""A shop's own records over a small signed protocol of ours; docs/crm.md has it for whoever serves it."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import httpx

from bot.crm import plain
from bot.crm.adapter import CHANGES, Crm
from bot.crm.card import Customer, CustomerCard, Note, Order, Ticket
from bot.crm.fields import Fields, item
from bot.crm.wire import SECONDS, Wire, checked_address
from bot.errors import (
    CrmError,
    CrmUnavailable,
    NotSupported,
    PolicyRefusal,
    RecordNotFound,
    RecordRefused,
    SettingsError,
)

SHORTEST_SECRET = 32  # characters
REFUSALS = ("address_too_late", "cancel_too_late", "empty")


class Signature(httpx.Auth):
    """Signs a request over its time, id, method, path with query, and body, with HMAC-SHA256.

    The id is new for every request: whoever serves us keeps those of the last minutes, and so knows one
    that was overheard and sent again.
    """

    requires_request_body = True

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._secret, self._clock = secret.encode(), clock

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:
        moment, id = str(int(self._clock())), secrets.token_hex(16)
        head = "\n".join(["v1", moment, id, request.method, request.url.raw_path.decode("ascii"), ""])
        signature = hmac.new(self._secret, head.encode() + request.content, hashlib.sha256).hexdigest()
        request.headers["Kindhand-Timestamp"] = moment
        request.headers["Kindhand-Request"] = id
        request.headers["Kindhand-Signature"] = f"v1={signature}"
        yield request


class SignedHttpCrm(Crm):
    """Asks one address by POST: `{"verb": "order", "customer_id": "c-tom", "number": "CK-10431"}`."""

    def __init__(
        self, address: str, *, secret: str, seconds: float = SECONDS, clock: Callable[[], float] = time.time
    ) -> None:
        if len(secret) < SHORTEST_SECRET:
            mend = f"Share one of at least {SHORTEST_SECRET} characters with your server."
            raise SettingsError("KINDHAND_CRM_SECRET", "is too short to sign with", mend)
        self._address = str(checked_address(address))
        self._wire = Wire(address, auth=Signature(secret, clock), seconds=seconds)
        self._can: frozenset[str] | None = None

    def close(self) -> None:
        self._wire.close()

    def supports(self, verb: str) -> bool:
        """Ask the server, once, what it can do. While it cannot be asked, it can do nothing."""
        if self._can is None:
            try:
                told = self._ask("hello")
                if told.number("protocol") != 1:
                    raise RecordRefused("The server speaks another protocol than 1.")
                self._can = frozenset(told.texts("can")) & frozenset(CHANGES)
            except CrmError:
                return False
        return verb in self._can

    def find(
        self, *, identity: str | None = None, email: str | None = None, order_number: str | None = None
    ) -> str | None:
        by = {"identity": identity, "email": email, "order_number": order_number}
        given = {name: value for name, value in by.items() if value}
        return (self._ask("find", **given).text("customer_id", "") or None) if given else None

    def card(self, customer_id: str) -> CustomerCard:
        told = self._ask("card", customer_id=customer_id)
        return CustomerCard(
            customer=_customer(told.object("customer"), customer_id),
            orders=_orders(told, customer_id),
            tickets=tuple(_ticket(ticket, customer_id) for ticket in told.objects("tickets")),
            notes=tuple(_note(note, customer_id) for note in told.objects("notes")),
        )

    def orders(self, customer_id: str) -> tuple[Order, ...]:
        return _orders(self._ask("orders", customer_id=customer_id), customer_id)

    def order(self, customer_id: str, number: str) -> Order:
        return self._order("order", customer_id, number)

    def change_address(self, customer_id: str, number: str, address: str, *, key: str) -> Order:
        return self._order(
            "change_address", customer_id, number, address=plain.written(address), key=_key(key)
        )

    def cancel_order(self, customer_id: str, number: str, *, key: str) -> Order:
        return self._order("cancel_order", customer_id, number, key=_key(key))

    def create_ticket(self, customer_id: str | None, kind: str, text: str, *, key: str) -> Ticket:
        asked = {"kind": plain.written(kind, 64), "text": plain.written(text), "key": _key(key)}
        return _ticket(
            self._ask("create_ticket", customer_id=customer_id, **asked).object("ticket"), customer_id
        )

    def add_note(self, customer_id: str, author: str, text: str, *, key: str) -> Note:
        asked = {"author": plain.written(author), "text": plain.written(text), "key": _key(key)}
        return _note(self._ask("add_note", customer_id=customer_id, **asked).object("note"), customer_id)

    def _order(self, verb: str, customer_id: str, number: str, **more: str) -> Order:
        order = _order(
            self._ask(verb, customer_id=customer_id, number=number, **more).object("order"), customer_id
        )
        if plain.order_number(order.number) != plain.order_number(number):
            raise RecordRefused("The server answered with another order.")
        return order

    def _ask(self, verb: str, **asked: str | None) -> Fields:
        try:
            told = Fields(self._wire.ask("POST", self._address, json={"verb": verb, **asked}), "answer")
        except RecordNotFound as problem:  # what is missing is said in an answer; a 404 is a wrong address
            raise CrmUnavailable("The server has no such address. Check KINDHAND_CRM_URL.") from problem
        error = told.text("error", "")
        if error == "not_found":
            raise RecordNotFound(f"The server has no such record for {verb}.")
        if error == "not_supported":
            raise NotSupported(verb)
        if error in REFUSALS:
            raise PolicyRefusal(error)
        if error == "key_reused":
            raise CrmError("This key was used for another change.")
        if error:
            raise RecordRefused(f"The server does not take {verb}.")
        return told


def _key(key: str) -> str:
    if not 0 < len(key) <= 200:
        raise CrmError("A key has 1 to 200 characters.")
    return key


def _own(record: Fields, customer_id: str | None, name: str = "customer_id") -> str | None:
    """Return whose a record is by its own word, if that is who was asked for."""
    if (record.text(name) if record.has(name) else None) != customer_id:
        raise RecordRefused("The server answered with a record of another customer.")
    return customer_id


def _customer(told: Fields, customer_id: str) -> Customer:
    _own(told, customer_id, "id")
    return Customer(
        id=customer_id,
        name=told.text("name"),
        email=told.text("email", ""),
        phone=told.text("phone", ""),
        since=told.day("since"),
        vip=told.flag("vip", False),
        tags=told.texts("tags"),
        lifetime_value=told.number("lifetime_value", Decimal(0)),
        currency=told.text("currency", longest=3),
    )


def _orders(told: Fields, customer_id: str) -> tuple[Order, ...]:
    return tuple(_order(order, customer_id) for order in told.objects("orders"))


def _order(told: Fields, customer_id: str) -> Order:
    items = (item(one.text("name"), one.number("quantity", Decimal(1))) for one in told.objects("items"))
    return Order(
        number=told.text("number"),
        status=told.text("status"),
        placed_at=told.moment("placed_at"),
        items=tuple(items),
        total=told.number("total"),
        currency=told.text("currency", longest=3),
        address=told.text("address", "", longest=plain.LONGEST),
        tracking=told.text("tracking", "") or None,
        expected_at=told.moment_if_any("expected_at"),
        customer_id=_own(told, customer_id),
    )


def _ticket(told: Fields, customer_id: str | None) -> Ticket:
    return Ticket(
        id=told.text("id"),
        kind=told.text("kind"),
        text=told.text("text", "", longest=plain.LONGEST),
        at=told.moment("at"),
        status=told.text("status", "open"),
        customer_id=_own(told, customer_id),
    )


def _note(told: Fields, customer_id: str) -> Note:
    text = told.text("text", "", longest=plain.LONGEST)
    return Note(told.text("author"), text, told.moment("at"), _own(told, customer_id))
