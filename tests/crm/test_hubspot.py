from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest

from bot.crm import plain
from bot.crm.card import CALLBACK, Item
from bot.crm.checks import check
from bot.crm.hubspot import HubspotCrm
from bot.crm.wire import AccessDenied
from bot.errors import (
    CrmError,
    CrmUnavailable,
    NotSupported,
    PolicyRefusal,
    RecordNotFound,
    RecordRefused,
    SettingsError,
)
from tests.crm.hubspot_server import TOKEN, HubSpot, payload
from tests.crm.served import Answer, Asked, Served, served_api

PLENTY = 60.0  # seconds, for what is not about time


@contextmanager
def serving(
    reply: Callable[[Asked], Answer], query: str = "", token: str = TOKEN, seconds: float = PLENTY
) -> Iterator[tuple[HubspotCrm, Served]]:
    with served_api(reply) as server:
        crm = HubspotCrm(f"{server.address}{query}", token=token, seconds=seconds)
        yield crm, server
        crm.close()


@pytest.fixture
def hubspot() -> HubSpot:
    return HubSpot()


@pytest.fixture
def crm(hubspot: HubSpot) -> Iterator[HubspotCrm]:
    with serving(hubspot) as (records, _):
        yield records


def test_a_card_tells_who_it_is_and_what_was_bought(crm: HubspotCrm) -> None:
    card = crm.card("c-ann")
    check("card", ("c-ann",), card)
    ann = card.customer
    assert (ann.name, ann.email, ann.phone) == ("Ann <b>Lee</b>", "ann@example.com", "+441632960001")
    assert ann.vip and ann.tags == ("customer",) and ann.since.isoformat() == "2023-04-05"
    assert (ann.lifetime_value, ann.currency) == (Decimal("59.70"), "GBP")  # without what was cancelled
    assert [(order.number, order.status) for order in card.orders] == [
        ("#CK-10424", "cancelled"),
        ("#CK-10423", "delivered"),
        ("#CK-10422", "shipped"),
        ("#CK-10421", "placed"),
    ]
    assert [(ticket.kind, ticket.status) for ticket in card.tickets] == [("damaged", "closed")]
    assert [note.text for note in card.notes] == ["Prefers the back door & a call first"]


def test_one_with_little_on_record_has_a_card_too(hubspot: HubSpot, crm: HubspotCrm) -> None:
    hubspot.records["contacts"]["103"]["properties"]["kindhand_customer"] = "c-cleo"
    card = crm.card("c-cleo")
    check("card", ("c-cleo",), card)
    assert card.customer.name == "cleo@example.com" and card.customer.currency == "GBP"


def test_an_order_is_found_as_people_write_it(crm: HubspotCrm) -> None:
    for number in ("CK-10422", "ck 10422", "#CK10422"):
        order = crm.order("c-ann", number)
        check("order", ("c-ann", number), order)
        assert order.items == (Item("Harbour Blend 250 g", 2), Item("Loose tea (0.5)"))
        assert order.total == Decimal("19.90") and order.tracking == "RM123456789GB"
        assert order.address == "1 Old Lane, Leith, AB1 2CD, United Kingdom"
    assert [order.status for order in crm.orders("c-ben")] == ["packing"]


def test_deals_can_be_the_orders(hubspot: HubSpot) -> None:
    with serving(hubspot, "/?orders=deals") as (crm, server):
        (order,) = crm.orders("c-ann")  # the other deal is no order
        assert (order.number, order.status, order.total) == ("CK-10421", "placed", Decimal("9.95"))
        assert order.currency == "GBP" and order.items == (Item("Harbour Blend 250 g", 2),)
        assert crm.find(order_number="ck10421") == "c-ann"
    assert not [asked.path for asked in server.asked if "/orders/" in asked.path]


@pytest.mark.parametrize(
    ("who", "number"),
    [
        ("c-ann", "CK-10425"),
        ("c-ben", "CK-10421"),
        ("nobody", "CK-10421"),
        ("", "CK-10421"),
        ("101", "CK-10421"),
    ]
    + [("c-ann", ""), ("c-ann", "%"), ("../contacts", "CK-10421")],
)
def test_records_of_others_do_not_exist(crm: HubspotCrm, who: str, number: str) -> None:
    with pytest.raises(RecordNotFound):
        crm.order(who, number)


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ({"identity": "c-ann"}, "c-ann"),
        ({"identity": "nobody"}, None),
        ({"identity": "101"}, None),  # HubSpot's own id proves nothing
        ({"identity": ""}, None),
        ({"email": " Ann@Example.COM "}, "c-ann"),
        ({"email": "cleo@example.com"}, None),  # no customer of the shop
        ({"email": "%"}, None),
        ({"order_number": "ck 10425"}, "c-ben"),
        ({"order_number": "CK-404"}, None),
        ({"order_number": "-"}, None),
        ({}, None),
    ],
)
def test_a_customer_is_found_by_what_they_give(
    crm: HubspotCrm, by: dict[str, str], found: str | None
) -> None:
    assert crm.find(**by) == found


def test_a_number_that_two_have_finds_nobody(hubspot: HubSpot, crm: HubspotCrm) -> None:
    hubspot.records["orders"]["205"]["properties"]["hs_order_name"] = "CK-10421"
    assert crm.find(order_number="CK-10421") is None


def test_all_pages_are_read_and_no_link_is_followed(hubspot: HubSpot) -> None:
    hubspot.page = 1
    with serving(hubspot) as (crm, server):
        assert len(crm.orders("c-ann")) == 4
    pages = [asked.path for asked in server.asked if asked.path.startswith("/crm/v4/objects/contacts/101/")]
    assert len(pages) == 4 and "after=3" in pages[-1]


def test_a_note_is_written_once_however_often_it_is_asked(hubspot: HubSpot, crm: HubspotCrm) -> None:
    def write(_: int) -> Any:
        return crm.add_note("c-ben", "Sam: Reyes", "<script>alert(1)</script> & more", key="note-1")

    with ThreadPoolExecutor(4) as threads:
        written = list(threads.map(write, range(8)))
    (note,) = crm.card("c-ben").notes
    check("add_note", ("c-ben",), note)
    assert (note.author, note.text) == ("Sam Reyes", "<script>alert(1)</script> & more")
    assert {one.text for one in written} == {note.text}
    stored = hubspot.records["notes"][hubspot.linked("contacts", "102", "notes")[0]]
    assert "<script>" not in stored["properties"]["hs_note_body"]
    with pytest.raises(CrmError, match="key"):
        crm.add_note("c-ben", "Sam", "Another", key="note-1")


def test_a_note_of_the_longest_kind_is_kept_whole(crm: HubspotCrm) -> None:
    text = '"' * plain.LONGEST
    assert crm.add_note("c-ben", '"' * plain.LONGEST, text, key="note-3").text == text
    assert crm.card("c-ben").notes[0].text == text


def test_a_ticket_is_opened_once_however_often_it_is_asked(hubspot: HubSpot, crm: HubspotCrm) -> None:
    def write(_: int) -> Any:
        return crm.create_ticket("c-ben", CALLBACK, "Call Ben", key="ticket-1")

    with ThreadPoolExecutor(4) as threads:
        written = set(threads.map(write, range(8)))
    assert set(crm.card("c-ben").tickets) == written and len(written) == 1
    (ticket,) = written
    check("create_ticket", ("c-ben",), ticket)
    values = hubspot.records["tickets"][ticket.id]["properties"]
    assert (values["hs_pipeline"], values["hs_pipeline_stage"], ticket.status) == ("0", "1", "open")
    with pytest.raises(CrmError, match="key"):
        crm.create_ticket("c-ben", CALLBACK, "Call somebody else", key="ticket-1")


def test_a_stranger_may_ask_to_be_called(hubspot: HubSpot, crm: HubspotCrm) -> None:
    ticket = crm.create_ticket(None, CALLBACK, "Call me", key="ticket-2")
    assert ticket.customer_id is None and not hubspot.linked("tickets", ticket.id, "contacts")


def test_what_is_written_for_nobody_or_says_nothing_is_refused(hubspot: HubSpot, crm: HubspotCrm) -> None:
    with pytest.raises(RecordNotFound):
        crm.create_ticket("nobody", CALLBACK, "Call me", key="ticket-3")
    with pytest.raises(PolicyRefusal):
        crm.add_note("c-ann", "Sam", "\u200b", key="note-2")
    with pytest.raises(CrmError):
        crm.add_note("c-ann", "Sam", "Hello", key="")
    assert len(hubspot.records["tickets"]) == len(hubspot.records["notes"]) == 1


def test_without_the_unique_property_no_ticket_is_opened(
    hubspot: HubSpot, crm: HubspotCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.crm.hubspot_server.UNIQUE", {"contacts": ("email", "kindhand_customer")})
    with pytest.raises(RecordRefused):
        crm.create_ticket(None, CALLBACK, "Call me", key="ticket-4")
    assert len(hubspot.records["tickets"]) == 1


def test_orders_cannot_be_changed_from_here(crm: HubspotCrm) -> None:
    assert crm.supports("add_note") and not crm.supports("change_address")
    with pytest.raises(NotSupported):
        crm.change_address("c-ann", "CK-10421", "2 New Road", key="k")


def test_a_short_pause_that_hubspot_asks_for_is_waited_for(hubspot: HubSpot) -> None:
    hubspot.first = [Answer(payload("error.429"), status=429, headers={"Retry-After": "0.1"})] * 2
    with serving(hubspot) as (crm, _):
        assert crm.find(identity="c-ann") == "c-ann"


def test_a_long_pause_is_unavailable_and_kept(hubspot: HubSpot) -> None:
    hubspot.first = [Answer(payload("error.429"), status=429, headers={"Retry-After": "61"})]
    with serving(hubspot, seconds=5) as (crm, server):
        for _ in range(3):
            with pytest.raises(CrmUnavailable):
                crm.card("c-ann")
    assert len(server.asked) == 1


def test_a_wrong_token_names_the_setting(hubspot: HubSpot) -> None:
    with serving(hubspot, token="wrong") as (crm, _), pytest.raises(AccessDenied, match="KINDHAND_CRM"):
        crm.card("c-ann")


def test_a_stage_that_says_nothing_hides_its_order_and_is_logged(
    hubspot: HubSpot, crm: HubspotCrm, caplog: pytest.LogCaptureFixture
) -> None:
    hubspot.records["orders"]["201"]["properties"]["hs_pipeline_stage"] = "st-of-another-world"
    assert "#CK-10421" not in [order.number for order in crm.orders("c-ann")]
    assert "st-of-another-world" in caplog.text


def bent(place: str, body: Any) -> Callable[[Asked], Answer]:
    """Return a HubSpot that lies where an address ends like this."""
    honest = HubSpot()
    lie = body if isinstance(body, Answer) else Answer(body)
    return lambda asked: lie if asked.path.partition("?")[0].endswith(place) else honest(asked)


def one(id: str, **properties: Any) -> dict[str, Any]:
    return {"results": [{"id": id, "createdAt": "2026-03-01T00:00:00Z", "properties": properties}]}


@pytest.mark.parametrize(
    ("place", "body", "error"),
    [
        (
            "contacts/batch/read",
            one("101", kindhand_customer="c-ben"),
            RecordNotFound,
        ),  # it lies about who it is
        ("contacts/batch/read", {"results": []}, RecordNotFound),
        ("contacts/batch/read", {"results": [1]}, RecordRefused),
        ("contacts/batch/read", [], RecordRefused),
        ("orders/batch/read", one("205", hs_order_name="CK-10425"), RecordRefused),  # somebody else's
        (
            "orders/batch/read",
            one("201", hs_order_name="C1", hs_total_price="NaN", hs_pipeline_stage="st-open"),
            RecordRefused,
        ),
        ("orders/batch/read", one("201", hs_order_name=["C1"], hs_pipeline_stage="st-open"), RecordRefused),
        ("associations/orders", {"results": [{"toObjectId": "../contacts/102"}]}, RecordRefused),
        ("associations/orders", {"results": [{"toObjectId": 201}] * 2_000}, RecordRefused),
        (
            "associations/orders",
            {"results": [{"toObjectId": 201}] * 400, "paging": {"next": {"after": "again"}}},  # for ever
            RecordRefused,
        ),
        ("notes/batch/read", Answer(b"x" * 50_000_000), RecordRefused),
        ("notes/batch/read", Answer(b"<html>"), RecordRefused),
        (
            "notes/batch/read",
            Answer({}, status=302, headers={"Location": "https://example.com/"}),
            RecordRefused,
        ),
        ("notes/batch/read", Answer({}, status=502), CrmUnavailable),
        ("pipelines/orders", {"results": [{"stages": "many"}]}, RecordRefused),
    ],
)
def test_answers_that_make_no_sense_are_refused(place: str, body: Any, error: type[Exception]) -> None:
    with serving(bent(place, body)) as (crm, _), pytest.raises(error):
        crm.card("c-ann")


def test_a_slow_answer_is_given_up() -> None:
    slow = bent("notes/batch/read", Answer({}, wait=5))
    with serving(slow, seconds=1) as (crm, _), pytest.raises(CrmUnavailable):
        crm.card("c-ann")


@pytest.mark.parametrize("address", ["http://api.hubapi.com", "https://api.hubapi.com?orders=invoices"])
def test_addresses_that_will_not_do_are_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="KINDHAND_CRM_URL"):
        HubspotCrm(address, token=TOKEN)


def test_no_token_is_refused() -> None:
    with pytest.raises(SettingsError, match="KINDHAND_CRM_SECRET"):
        HubspotCrm("https://api.hubapi.com", token="")
