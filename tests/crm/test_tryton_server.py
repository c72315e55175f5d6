"""Tryton's adapter against a real server of Tryton."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from bot.crm.card import CALLBACK, Item
from bot.crm.checks import check
from bot.crm.tryton import TrytonCrm
from bot.crm.wire import AccessDenied
from bot.errors import (
    CrmError,
    CrmUnavailable,
    NotSupported,
    PolicyRefusal,
    RecordNotFound,
)
from tests.crm.tryton.capture import captured, taken_down
from tests.crm.tryton.server import Tryton, tryton_server

pytestmark = pytest.mark.slow
PLENTY = 120.0  # seconds, for what is not about time
CALL = "Call Ann on +44 1632 960001, about: a refund"


@pytest.fixture(scope="module")
def tryton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tryton]:
    with tryton_server(tmp_path_factory.mktemp("tryton")) as server:
        yield server


@pytest.fixture(scope="module")
def crm(tryton: Tryton) -> Iterator[TrytonCrm]:
    records = TrytonCrm(tryton.address, user=tryton.user, password=tryton.password, seconds=PLENTY)
    yield records
    records.close()


def test_a_card_tells_who_it_is_and_what_was_bought(crm: TrytonCrm) -> None:
    card = crm.card("c-ann")
    check("card", ("c-ann",), card)
    ann = card.customer
    assert (ann.name, ann.email, ann.phone) == ("Ann <b>Lee</b>", "ann@example.com", "+441632960001")
    assert ann.vip and ann.tags == ("Subscriber", "VIP")
    assert (ann.lifetime_value, ann.currency) == (Decimal("59.70"), "GBP")  # without what was cancelled
    assert {order.number: order.status for order in card.orders} == {
        "CK-10421": "packing",
        "CK-10422": "shipped",
        "CK-10423": "delivered",
        "CK-10424": "cancelled",
    }
    assert "Prefers the back door" in [note.text for note in card.notes]


def test_one_without_orders_has_a_card_too(crm: TrytonCrm) -> None:
    card = crm.card("c-cleo")
    assert card.orders == () and card.customer.currency == "GBP" and not card.customer.vip


def test_an_order_is_found_as_people_write_it(crm: TrytonCrm) -> None:
    for number in ("CK-10422", "ck 10422", "CK10422"):
        order = crm.order("c-ann", number)
        check("order", ("c-ann", number), order)
        assert order.items == (Item("Harbour Blend 250 g", 2),) and order.total == Decimal("19.90")
        assert order.address == "1 Old Lane, AB1 2CD Leith"
    assert [order.number for order in crm.orders("c-ben")] == ["CK-10425"]


@pytest.mark.parametrize(
    ("who", "number"),
    [("c-ann", "CK-10425"), ("c-ben", "CK-10421"), ("nobody", "CK-10421"), ("", "CK-10421")]
    + [("c-ann", ""), ("c-ann", "%"), ("c-ann", "CK-1042_"), ("c-ann", "' OR 1=1 --"), ("%", "CK-10421")],
)
def test_records_of_others_do_not_exist(crm: TrytonCrm, who: str, number: str) -> None:
    with pytest.raises(RecordNotFound):
        crm.order(who, number)


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ({"identity": "c-ann"}, "c-ann"),
        ({"identity": "C-ANN"}, None),
        ({"identity": "nobody"}, None),
        ({"email": " Ann@Example.COM "}, "c-ann"),
        ({"email": "an_@example.com"}, None),
        ({"email": "%"}, None),
        ({"email": "we@example.com"}, None),  # two have it
        ({"order_number": "ck 10425"}, "c-ben"),
        ({"order_number": "CK-404"}, None),
        ({"order_number": "-"}, None),
        ({}, None),
    ],
)
def test_a_customer_is_found_by_what_they_give(crm: TrytonCrm, by: dict[str, str], found: str | None) -> None:
    assert crm.find(**by) == found


def test_a_note_is_written_once_however_often_it_is_asked(crm: TrytonCrm) -> None:
    def write(_: int) -> Any:
        with suppress(CrmUnavailable):  # SQLite takes one at a time; who is sent away comes again
            return crm.add_note("c-ben", "Sam: Reyes", "<script>alert(1)</script> said so", key="note-1")
        return write(_)

    with ThreadPoolExecutor(3) as threads:
        written = list(threads.map(write, range(3)))
    (note,) = crm.card("c-ben").notes
    check("add_note", ("c-ben",), note)
    assert (note.author, note.text) == ("Sam Reyes", "<script>alert(1)</script> said so")
    assert {(one.author, one.text) for one in written} == {(note.author, note.text)}
    with pytest.raises(CrmError, match="key"):
        crm.add_note("c-ben", "Sam", "Another", key="note-1")


def test_a_ticket_is_a_note_that_says_so(crm: TrytonCrm) -> None:
    ticket = crm.create_ticket("c-cleo", CALLBACK, CALL, key="ticket-1")
    check("create_ticket", ("c-cleo",), ticket)
    assert crm.create_ticket("c-cleo", CALLBACK, CALL, key="ticket-1") == ticket
    assert [(note.author, note.text) for note in crm.card("c-cleo").notes] == [
        ("Ticket", f"callback: {CALL}")
    ]


def test_a_stranger_may_ask_to_be_called(crm: TrytonCrm) -> None:
    ticket = crm.create_ticket(None, CALLBACK, CALL, key="ticket-2")
    assert ticket.customer_id is None and ticket.text == CALL


def test_what_is_written_for_nobody_or_says_nothing_is_refused(crm: TrytonCrm) -> None:
    with pytest.raises(RecordNotFound):
        crm.create_ticket("nobody", CALLBACK, CALL, key="ticket-3")
    with pytest.raises(PolicyRefusal):
        crm.add_note("c-ann", "Sam", "\u200b", key="note-2")
    with pytest.raises(CrmError):
        crm.add_note("c-ann", "Sam", "Hello", key="")


def test_sales_cannot_be_changed_from_here(crm: TrytonCrm) -> None:
    assert crm.supports("add_note") and crm.supports("create_ticket") and not crm.supports("cancel_order")
    with pytest.raises(NotSupported):
        crm.cancel_order("c-ann", "CK-10421", key="k")


def test_a_session_that_ran_out_is_renewed(crm: TrytonCrm) -> None:
    crm._rpc._session = "Session bm9ib2R5OjE6bm9uZQ=="
    assert crm.find(identity="c-ann") == "c-ann"


def test_a_wrong_password_names_the_settings(tryton: Tryton) -> None:
    records = TrytonCrm(tryton.address, user=tryton.user, password="wrong", seconds=PLENTY)
    with pytest.raises(AccessDenied, match="KINDHAND_CRM_USER"):
        records.card("c-ann")


def test_what_was_captured_is_what_the_server_says(tryton: Tryton) -> None:
    with taken_down(tryton) as (crm, said):
        crm.card("c-ann")
    for method, answer in said.items():
        assert _shape(answer["result"]) == _shape(captured(method)), method


def _shape(value: Any) -> Any:
    """Return the names in a value, and the kinds of what they stand for."""
    if isinstance(value, dict):
        return {name: _shape(each) for name, each in value.items()}
    return [_shape(value[0])] if isinstance(value, list) and value else type(value).__name__
