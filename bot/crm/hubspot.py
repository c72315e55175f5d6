"""HubSpot: contacts, orders (or deals), tickets and notes over the CRM API v3, with a private app's token."""

import html
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from bot.crm import hubspot_api as api
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
    Note,
    Order,
    Ticket,
)
from bot.crm.fields import Fields
from bot.crm.wire import SECONDS, Ask, Wire, checked_address
from bot.errors import CrmError, RecordNotFound, RecordRefused, SettingsError

SHOWN = 20  # records of a kind on a card
LONGEST_MARKUP = 65_536  # characters of a note in HTML, as HubSpot has it
CUSTOMER = "kindhand_customer"  # contact property, unique: the customer's id in the shop
VIP = "kindhand_vip"  # contact property, a checkbox; may be missing
KEY = "kindhand_key"  # ticket property, unique: what stands for our key
CONTACT = [CUSTOMER, VIP, "firstname", "lastname", "email", "phone", "mobilephone", "lifecyclestage"]
CONTACT += ["total_revenue"]
TICKET = ["subject", "content", "hs_pipeline_stage", KEY]
NOTE = ["hs_note_body", "hs_timestamp"]
NOTE_TO_CONTACT, TICKET_TO_CONTACT = 202, 16  # HubSpot's own types of association
# What the name of a stage must hold as a word, in whatever language the rest is: `Verzonden (shipped)`.
STAGES = {
    PLACED: r"open|placed|ordered|checkout completed",
    PACKING: r"processed|processing|packing",
    SHIPPED: r"shipped",
    DELIVERED: r"delivered",
    CANCELLED: r"cancelled|canceled",
}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Names:
    """What HubSpot calls the properties of an order."""

    number: str
    stage: str
    total: str
    currency: str
    more: tuple[str, ...] = ()


ADDRESS = tuple(
    f"hs_shipping_address_{part}" for part in ("street", "city", "state", "postal_code", "country")
)
TRACKING, PLACED_AT = "hs_shipping_tracking_number", "hs_external_created_date"
ORDERS: Mapping[str, Names] = {
    "orders": Names(
        "hs_order_name",
        "hs_pipeline_stage",
        "hs_total_price",
        "hs_currency_code",
        (*ADDRESS, TRACKING, PLACED_AT),
    ),
    "deals": Names("dealname", "dealstage", "amount", "deal_currency_code"),
}


class HubspotCrm(Crm):
    """Customers are contacts, by their property `kindhand_customer`; orders are orders, or deals.

    `address` is HubSpot's, with `?orders=deals` where deals are the orders. Orders cannot be changed from
    here: HubSpot has a copy of them, and the shop would not hear of it.
    """

    can = frozenset({"create_ticket", "add_note"})

    def __init__(self, address: str, *, token: str, seconds: float = SECONDS) -> None:
        url = checked_address(address)
        self._kind = url.params.get("orders", "orders")
        if self._kind not in ORDERS:
            known = " or ".join(ORDERS)
            raise SettingsError("KINDHAND_CRM_URL", "names no kind of orders", f"Write ?orders= and {known}.")
        if not token:
            raise SettingsError("KINDHAND_CRM_SECRET", "is empty", "Write your private app's token.")
        bearer = {"Authorization": f"Bearer {token}"}
        self._wire = Wire(str(url.copy_with(query=None)), headers=bearer, seconds=seconds)
        self._pipelines: dict[str, tuple[Fields, ...]] = {}
        self._currency = ""

    def close(self) -> None:
        self._wire.close()

    def find(
        self, *, identity: str | None = None, email: str | None = None, order_number: str | None = None
    ) -> str | None:
        ask = self._wire.asking()
        if order_number:
            found = list(self._owners(ask, order_number))
        elif email:
            found = [
                contact
                for contact in api.read(ask, "contacts", [email.strip()], [*CONTACT], by="email")
                if plain.email(contact.object("properties").text("email", "")) == plain.email(email)
            ]
        else:
            found = _contacts(ask, identity) if identity else []
        ids = {contact.object("properties").text(CUSTOMER, "") for contact in found} - {""}
        return ids.pop() if len(ids) == len(found) == 1 else None

    def card(self, customer_id: str) -> CustomerCard:
        ask = self._wire.asking()
        contact = _contact(ask, customer_id)
        orders = self._orders(ask, contact, customer_id, api.BATCH)
        tickets = [
            _ticket(record, customer_id, self._stages(ask, "tickets")) for record in _tickets(ask, contact)
        ]
        notes = [_note(record, customer_id) for record in _notes(ask, contact)]
        values = contact.object("properties")
        bought = sum((order.total for order in orders if order.status != CANCELLED), Decimal(0))
        name = f"{values.text('firstname', '')} {values.text('lastname', '')}".strip()
        stage = values.text("lifecyclestage", "")
        customer = Customer(
            id=customer_id,
            name=name or values.text("email", customer_id),
            email=values.text("email", ""),
            phone=values.text("phone", "") or values.text("mobilephone", ""),
            since=contact.day("createdAt"),
            vip=values.text(VIP, "") == "true",
            tags=(stage,) if stage else (),
            lifetime_value=values.number("total_revenue", bought),
            currency=orders[0].currency if orders else self._home_currency(ask),
        )
        return CustomerCard(customer, orders[:SHOWN], _latest(tickets)[:SHOWN], _latest(notes)[:SHOWN])

    def orders(self, customer_id: str) -> tuple[Order, ...]:
        ask = self._wire.asking()
        return self._orders(ask, _contact(ask, customer_id), customer_id, api.MOST)

    def order(self, customer_id: str, number: str) -> Order:
        for order in self.orders(customer_id):
            if plain.order_number(order.number) == plain.order_number(number):
                return order
        raise RecordNotFound("This customer has no such order.")

    def create_ticket(self, customer_id: str | None, kind: str, text: str, *, key: str) -> Ticket:
        kind, text, mark = plain.written(kind, 64), plain.written(text), marks.mark(key)
        ask = self._wire.asking()
        to = [] if customer_id is None else [_to(_contact(ask, customer_id), TICKET_TO_CONTACT)]
        found = api.read(ask, "tickets", [mark], TICKET, by=KEY)
        if not found:
            pipeline, stage = self._first_open_stage(ask)
            values = {"subject": kind, "content": text, KEY: mark}
            values |= {"hs_pipeline": pipeline, "hs_pipeline_stage": stage}
            with suppress(RecordRefused):  # as one with this key is refused, if somebody was faster
                ask("POST", "/crm/v3/objects/tickets", json={"properties": values, "associations": to})
            found = api.read(ask, "tickets", [mark], TICKET, by=KEY)
        if not found:
            raise RecordRefused(f"HubSpot does not take the ticket. Has it a unique ticket property {KEY}?")
        ticket = _ticket(found[0], customer_id, self._stages(ask, "tickets"))
        if (ticket.kind, ticket.text) != (kind, text):
            raise CrmError("This key was used for another ticket.")
        return ticket

    def add_note(self, customer_id: str, author: str, text: str, *, key: str) -> Note:
        """Write a note. It carries a mark; when two come at once, the first of them is left."""
        author, text = marks.plain_author(plain.written(author)), plain.written(text)
        ask, mark = self._wire.asking(), marks.mark(key)
        contact = _contact(ask, customer_id)
        found = [note for note in _notes(ask, contact) if mark in _body(note)]
        if not found:
            body = html.escape(marks.signed(author, text, key)).replace("\n", "<br>")
            values = {"hs_note_body": body, "hs_timestamp": datetime.now(timezone.utc).isoformat()}
            to = [_to(contact, NOTE_TO_CONTACT)]
            ask("POST", "/crm/v3/objects/notes", json={"properties": values, "associations": to})
            found = [note for note in _notes(ask, contact) if mark in _body(note)]
        if not found:
            raise RecordRefused("HubSpot has not kept the note.")
        first, *others = sorted(found, key=lambda note: note.number("id"))
        for other in others:
            with suppress(RecordNotFound):
                ask("DELETE", f"/crm/v3/objects/notes/{api.record_id(other)}")
        note = _note(first, customer_id)
        if (note.author, note.text) != (author, text):
            raise CrmError("This key was used for another note.")
        return note

    def _orders(self, ask: Ask, contact: Fields, customer_id: str, most: int) -> tuple[Order, ...]:
        names = ORDERS[self._kind]
        properties = [names.number, names.stage, names.total, names.currency, *names.more]
        records = api.read(
            ask, self._kind, api.newest(api.linked(ask, "contacts", contact, self._kind), most), properties
        )
        items = api.items(ask, self._kind, records)
        stages = self._stages(ask, self._kind)
        orders = []
        for record in records:
            values = record.object("properties")
            status = _status(stages, values.text(names.stage, ""))
            if status:
                orders.append(
                    Order(
                        number=values.text(names.number),
                        status=status,
                        placed_at=values.moment_if_any(PLACED_AT) or record.moment("createdAt"),
                        items=items.get(api.record_id(record), ()),
                        total=values.number(names.total, Decimal(0)),
                        currency=values.text(names.currency, "") or self._home_currency(ask),
                        address=", ".join(filter(None, (values.text(part, "") for part in ADDRESS))),
                        tracking=values.text(TRACKING, "") or None,
                        customer_id=customer_id,
                    )
                )
        return tuple(sorted(orders, key=lambda order: order.placed_at, reverse=True))

    def _owners(self, ask: Ask, number: str) -> Iterator[Fields]:
        """Go through the contacts of the orders with a number. Search knows words, so we compare again."""
        name, wanted = ORDERS[self._kind].number, plain.order_number(number)
        word = max(re.findall(r"[0-9]+", wanted) or [wanted], key=len)
        if not word:
            return
        filters = [{"propertyName": name, "operator": "CONTAINS_TOKEN", "value": word}]
        body = {"filterGroups": [{"filters": filters}], "properties": [name], "limit": api.BATCH}
        for order in api.pages(ask, "POST", f"/crm/v3/objects/{self._kind}/search", body):
            if plain.order_number(order.object("properties").text(name, "")) == wanted:
                yield from api.read(ask, "contacts", api.linked(ask, self._kind, order, "contacts"), CONTACT)

    def _stages(self, ask: Ask, kind: str) -> Mapping[str, Fields]:
        """Return the stages of a kind's pipelines by their ids. They are asked for once."""
        if kind not in self._pipelines:
            found = Fields(ask("GET", f"/crm/v3/pipelines/{kind}"), "pipelines").objects("results")
            self._pipelines[kind] = tuple(
                sorted(found, key=lambda one: one.number("displayOrder", Decimal(0)))
            )
        return {
            api.record_id(stage): stage
            for pipeline in self._pipelines[kind]
            for stage in pipeline.objects("stages")
        }

    def _first_open_stage(self, ask: Ask) -> tuple[str, str]:
        self._stages(ask, "tickets")
        for pipeline in self._pipelines["tickets"]:
            stages = sorted(
                pipeline.objects("stages"), key=lambda one: one.number("displayOrder", Decimal(0))
            )
            for stage in stages:
                if not _is_closed(stage):
                    return api.record_id(pipeline), api.record_id(stage)
        raise RecordRefused("HubSpot has no open stage for tickets.")

    def _home_currency(self, ask: Ask) -> str:
        if not self._currency:
            self._currency = Fields(ask("GET", "/account-info/v3/details"), "account").text("companyCurrency")
        return self._currency


def _contacts(ask: Ask, customer_id: str) -> Sequence[Fields]:
    found = api.read(ask, "contacts", [customer_id], CONTACT, by=CUSTOMER)
    return [one for one in found if one.object("properties").text(CUSTOMER, "") == customer_id]


def _contact(ask: Ask, customer_id: str) -> Fields:
    found = _contacts(ask, customer_id) if customer_id else []
    if len(found) != 1:
        raise RecordNotFound("There is no such customer.")
    return found[0]


def _tickets(ask: Ask, contact: Fields) -> Sequence[Fields]:
    return api.read(
        ask, "tickets", api.newest(api.linked(ask, "contacts", contact, "tickets"), api.BATCH), TICKET
    )


def _notes(ask: Ask, contact: Fields) -> Sequence[Fields]:
    return api.read(ask, "notes", api.newest(api.linked(ask, "contacts", contact, "notes"), api.BATCH), NOTE)


def _status(stages: Mapping[str, Fields], stage_id: str) -> str | None:
    """Return what a stage means by the word in its name; None if it is no order's, or we cannot tell."""
    label = stages[stage_id].text("label", "") if stage_id in stages else ""
    meant = [status for status, words in STAGES.items() if re.search(rf"\b({words})\b", label, re.IGNORECASE)]
    if len(meant) != 1:
        logger.warning(
            "hubspot: stage %s (%s) says no status; put one of our words into its name", stage_id, label
        )
        return None
    return meant[0]


def _ticket(record: Fields, customer_id: str | None, stages: Mapping[str, Fields]) -> Ticket:
    values = record.object("properties")
    stage = stages.get(values.text("hs_pipeline_stage", ""))
    return Ticket(
        id=api.record_id(record),
        kind=values.text("subject", "ticket"),
        text=values.text("content", "", longest=plain.LONGEST),
        at=record.moment("createdAt"),
        status="closed" if stage and _is_closed(stage) else "open",
        customer_id=customer_id,
    )


def _is_closed(stage: Fields) -> bool:
    return stage.has("metadata") and stage.object("metadata").text("ticketState", "") == "CLOSED"


def _note(record: Fields, customer_id: str) -> Note:
    author, text = marks.read(_body(record)) or ("HubSpot", _body(record))
    at = record.object("properties").moment_if_any("hs_timestamp") or record.moment("createdAt")
    return Note(author, plain.shown(text), at, customer_id)


def _body(note: Fields) -> str:
    return api.seen(note.object("properties").text("hs_note_body", "", longest=LONGEST_MARKUP))


def _latest(records: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(sorted(records, key=lambda record: record.at, reverse=True))


def _to(contact: Fields, kind: int) -> dict[str, Any]:
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": kind}]
    return {"to": {"id": api.record_id(contact)}, "types": types}
