"""Tryton: parties, sales and notes of its modules `party` and `sale`, over the JSON-RPC of `trytond`."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, time, timezone
from decimal import Decimal
from typing import Any

from bot.crm import marks, plain
from bot.crm.adapter import Crm
from bot.crm.card import (
    CANCELLED,
    DELIVERED,
    PACKING,
    PLACED,
    SHIPPED,
    Customer,
    CustomerCard,
    Item,
    Note,
    Order,
    Ticket,
)
from bot.crm.fields import Fields, item
from bot.crm.tryton_rpc import Call, TrytonRpc
from bot.crm.wire import SECONDS
from bot.errors import CrmError, RecordNotFound, RecordRefused

SHOWN = 20  # records of a kind on a card
MOST = 1_000  # sales of one party
VIP = "vip"  # the party category, in any case
TICKET = "Ticket"  # stands as author of a note that is a ticket
ORDERED = ["confirmed", "processing", "done", "cancelled"]  # before that a sale is an offer, not an order
LATEST = [["create_date", "DESC"], ["id", "DESC"]]
LATEST_SALES = [["sale_date", "DESC NULLS LAST"], ["id", "DESC"]]

PARTY = ["code", "name", "email", "phone", "mobile", "create_date", "categories.name"]
NOTE = ["message", "resource", "create_date", "create_uid.rec_name"]
SALE = ["number", "party", "state", "sale_date", "create_date", "total_amount", "currency.code"]
SALE += ["shipment_address.full_address", "shipment_state", "shipments.state"]
SALE += ["lines.type", "lines.quantity", "lines.summary", "lines.unit.symbol", "lines.product.rec_name"]


class TrytonCrm(Crm):
    """Customers are parties, by their code; orders are confirmed sales; tickets are notes on the party.

    `address` is the database's RPC address, such as `https://erp.example/shop/rpc/`. Sales cannot be
    changed from here: Tryton lets nobody cancel what is being processed without its shipments.
    """

    can = frozenset({"create_ticket", "add_note"})

    def __init__(self, address: str, *, user: str, password: str, seconds: float = SECONDS) -> None:
        self._rpc = TrytonRpc(address, user=user, password=password, seconds=seconds)

    def close(self) -> None:
        self._rpc.close()

    def find(
        self, *, identity: str | None = None, email: str | None = None, order_number: str | None = None
    ) -> str | None:
        call = self._rpc.calling()
        if email:
            found = _codes_by_email(call, email)
        elif order_number:
            found = {sale.object("party.").text("code") for sale in _numbered(call, order_number)}
        else:
            found = {party.text("code") for party in _parties(call, identity or "")}
        return found.pop() if len(found) == 1 else None

    def card(self, customer_id: str) -> CustomerCard:
        call = self._rpc.calling()
        party = _party(call, customer_id)
        sales = _sales(call, party, [], SHOWN)
        bought = _search(
            call, "sale.sale", [_of(party), _in(ORDERED[:-1])], ["total_amount", "currency.code"], MOST
        )
        currency = sales[0].object("currency.").text("code") if sales else _company_currency(call)
        spent = [sale for sale in bought if sale.object("currency.").text("code") == currency]
        customer = Customer(
            id=customer_id,
            name=party.text("name", customer_id),
            email=party.text("email", ""),
            phone=party.text("phone", "") or party.text("mobile", ""),
            since=party.day("create_date"),
            tags=_categories(party),
            vip=VIP in {name.casefold() for name in _categories(party)},
            lifetime_value=sum((sale.number("total_amount") for sale in spent), Decimal(0)),
            currency=currency,
        )
        orders = _orders(sales, customer_id)
        notes = _notes(call, _resource(party), SHOWN)
        return CustomerCard(customer, orders, notes=tuple(_note(note, customer_id) for note in notes))

    def orders(self, customer_id: str) -> tuple[Order, ...]:
        call = self._rpc.calling()
        sales = _sales(call, _party(call, customer_id), [], MOST)
        return _orders(sales, customer_id)

    def order(self, customer_id: str, number: str) -> Order:
        call = self._rpc.calling()
        same = ["number", "ilike", _alike(number)]
        sales = _sales(call, _party(call, customer_id), [same], SHOWN)
        for sale in sales:
            if plain.order_number(sale.text("number")) == plain.order_number(number):
                return _order(sale, customer_id)
        raise RecordNotFound("This customer has no such order.")

    def create_ticket(self, customer_id: str | None, kind: str, text: str, *, key: str) -> Ticket:
        call = self._rpc.calling()
        kind, text = plain.written(kind, 64), plain.written(text)
        # A stranger's ticket has no party to be on; it goes where the business itself is on record.
        resource = (
            _resource(_party(call, customer_id))
            if customer_id is not None
            else f"party.party,{_company(call).text('party')}"
        )
        note = _write_once(call, resource, TICKET, f"{kind}: {text}", key)
        return Ticket(
            f"note-{note.text('id')}", kind, text, note.moment("create_date"), customer_id=customer_id
        )

    def add_note(self, customer_id: str, author: str, text: str, *, key: str) -> Note:
        call = self._rpc.calling()
        author, text = marks.plain_author(plain.written(author)), plain.written(text)
        note = _write_once(call, _resource(_party(call, customer_id)), author, text, key)
        return Note(author, text, note.moment("create_date"), customer_id)


def _write_once(call: Call, resource: str, author: str, text: str, key: str) -> Fields:
    """Write a note unless one with this key is there. Tryton has no keys: the note carries a mark.

    When two come at once, both write; whoever then sees more than one leaves the first only.
    """
    found = _notes(call, resource, SHOWN, marks.mark(key))
    if not found:
        message = marks.signed(author, text, key)
        call("ir.note", "create", [{"resource": resource, "message": message}])
        found = _notes(call, resource, SHOWN, marks.mark(key))
    written = sorted(found, key=lambda note: note.number("id"))
    if not written:
        raise RecordRefused("Tryton has not kept the note.")
    for note in written[1:]:  # one at a time: Tryton refuses all of a list when one is already gone
        with suppress(RecordRefused):  # somebody else may have been faster
            call("ir.note", "delete", [int(note.number("id"))])
    if _read(written[0]) != (author, text):
        raise CrmError("This key was used for another note.")
    return written[0]


def _parties(call: Call, code: str) -> Sequence[Fields]:
    found = _search(call, "party.party", [["code", "=", code]], PARTY, 2) if code else ()
    return [party for party in found if party.text("code") == code]


def _party(call: Call, customer_id: str) -> Fields:
    found = _parties(call, customer_id)
    if len(found) != 1:
        raise RecordNotFound("There is no such customer.")
    return found[0]


def _codes_by_email(call: Call, email: str) -> set[str]:
    same = [["type", "=", "email"], ["value", "ilike", _literal(email.strip())]]
    read = ["code", "contact_mechanisms.value"]
    found = _search(call, "party.party", [["contact_mechanisms", "where", same]], read, SHOWN)
    return {
        party.text("code")
        for party in found
        if plain.email(email) in {plain.email(way.text("value", "")) for way in _ways(party)}
    }


def _numbered(call: Call, number: str) -> Sequence[Fields]:
    wanted = plain.order_number(number)
    domain = [["number", "ilike", _alike(number)], _in(ORDERED)]
    found = _search(call, "sale.sale", domain, ["number", "party.code"], SHOWN) if wanted else ()
    return [sale for sale in found if plain.order_number(sale.text("number")) == wanted]


def _sales(call: Call, party: Fields, domain: list[Any], limit: int) -> Sequence[Fields]:
    whole = [_of(party), _in(ORDERED), ["number", "!=", None], *domain]
    sales = _search(call, "sale.sale", whole, SALE, limit, LATEST_SALES)
    if any(sale.text("party") != party.text("id") for sale in sales):
        raise RecordRefused("Tryton answered with a sale of another party.")
    return sales


def _notes(call: Call, resource: str, limit: int, mark: str = "") -> Sequence[Fields]:
    domain = [["resource", "=", resource], *([["message", "like", f"%{mark}%"]] if mark else [])]
    notes = _search(call, "ir.note", domain, NOTE, limit, LATEST)
    if any(note.text("resource") != resource for note in notes):
        raise RecordRefused("Tryton answered with a note on something else.")
    return notes


def _company(call: Call) -> Fields:
    found = _search(call, "company.company", [], ["party", "currency.code"], 1)
    if not found:
        raise RecordRefused("Our user in Tryton belongs to no company.")
    return found[0]


def _company_currency(call: Call) -> str:
    return _company(call).object("currency.").text("code")


def _search(
    call: Call, model: str, domain: list[Any], read: list[str], limit: int, order: Any = None
) -> tuple[Fields, ...]:
    found = call(model, "search_read", domain, 0, limit, order, read)
    return Fields({"records": found}, model).objects("records", most=limit)


def _of(party: Fields) -> list[Any]:
    return ["party", "=", int(party.number("id"))]


def _in(states: list[str]) -> list[Any]:
    return ["state", "in", states]


def _resource(party: Fields) -> str:
    return f"party.party,{party.text('id')}"


def _literal(text: str) -> str:
    """Return a pattern for `ilike` that fits this text only."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _alike(number: str) -> str:
    """Return a pattern that an order number fits, whatever stands between its letters and digits."""
    return "%".join(["", *re.findall(r"[A-Z]+|[0-9]+", plain.order_number(number)), ""])


def _ways(party: Fields) -> tuple[Fields, ...]:
    return party.objects("contact_mechanisms.")


def _categories(party: Fields) -> tuple[str, ...]:
    return tuple(sorted(category.text("name") for category in party.objects("categories.")))


def _orders(sales: Sequence[Fields], customer_id: str) -> tuple[Order, ...]:
    orders = (_order(sale, customer_id) for sale in sales)
    return tuple(sorted(orders, key=lambda order: order.placed_at, reverse=True))


def _order(sale: Fields, customer_id: str) -> Order:
    address = sale.object("shipment_address.") if sale.has("shipment_address.") else None
    lines = [line for line in sale.objects("lines.") if line.text("type") == "line"]
    return Order(
        number=sale.text("number"),
        status=_status(sale),
        placed_at=_placed_at(sale),
        items=tuple(_item(line) for line in lines),
        total=sale.number("total_amount"),
        currency=sale.object("currency.").text("code"),
        address=address.text("full_address", "", longest=500, lines=True).replace("\n", ", ")
        if address
        else "",
        customer_id=customer_id,
    )


def _status(sale: Fields) -> str:
    """Read from the shipments how far an order is: the sale itself does not say that it has left."""
    if sale.text("state") == "cancelled":
        return CANCELLED
    states = {shipment.text("state") for shipment in sale.objects("shipments.")} - {"cancelled"}
    if states == {"done"} or (sale.text("state") == "done" and not states):
        return DELIVERED
    if states & {"shipped", "done"}:
        return SHIPPED  # also when only a part of it has left
    return PACKING if states or sale.text("shipment_state") != "none" else PLACED


def _placed_at(sale: Fields) -> datetime:
    """Return when a sale was made: its day, with the time of its record where that is of the same day."""
    made = sale.moment("create_date")
    day = sale.day("sale_date") if sale.has("sale_date") else made.date()
    return made if made.date() == day else datetime.combine(day, time(), timezone.utc)


def _item(line: Fields) -> Item:
    name = line.object("product.").text("rec_name") if line.has("product.") else line.text("summary", "–")
    unit = line.object("unit.").text("symbol", "") if line.has("unit.") else ""
    return item(name, line.number("quantity", Decimal(1)), unit)


def _note(note: Fields, customer_id: str) -> Note:
    author, text = _read(note) or ("", note.text("message", "–", longest=plain.LONGEST))
    if not author:
        author = note.object("create_uid.").text("rec_name", "–") if note.has("create_uid.") else "–"
    return Note(author, plain.shown(text), note.moment("create_date"), customer_id)


def _read(note: Fields) -> tuple[str, str] | None:
    return marks.read(note.text("message", "–", longest=2 * plain.LONGEST + 100, lines=True))
