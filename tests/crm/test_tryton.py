"""Tryton's adapter against answers of a real server that were captured and bent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

import pytest

from bot.crm.card import Item
from bot.crm.tryton import TrytonCrm
from bot.crm.wire import AccessDenied
from bot.errors import (
    CrmUnavailable,
    RecordNotFound,
    RecordRefused,
    SettingsError,
)
from tests.crm.served import Answer, Asked, Served, served_api
from tests.crm.tryton.capture import captured

PLENTY = 120.0  # seconds, for what is not about time
LOGIN = "common.db.login"
PARTY, SALES, NOTES = (f"model.{name}.search_read" for name in ("party.party", "sale.sale", "ir.note"))
Bend = Callable[[Any], Any]


@contextmanager
def answering(seconds: float = PLENTY, **bends: Bend) -> Iterator[tuple[TrytonCrm, Served]]:
    """Yield an adapter to a server that gives the captured answers, each bent by what stands for it."""

    def reply(asked: Asked) -> Answer:
        method = asked.json["method"]
        bend = {PARTY: "party", SALES: "sales", NOTES: "notes", LOGIN: "login"}.get(method)
        result = bends.get(bend, lambda result: result)(captured(method))
        return result if isinstance(result, Answer) else Answer({"id": asked.json["id"], "result": result})

    with served_api(reply) as server:
        crm = TrytonCrm(f"{server.address}/shop/rpc/", user="u", password="p", seconds=seconds)
        yield crm, server
        crm.close()


def change(**values: Any) -> Bend:
    """Return what changes the first record of an answer."""
    return lambda records: [{**records[0], **values}, *records[1:]]


def test_one_sign_in_serves_many_calls() -> None:
    with answering() as (crm, server):
        crm.card("c-ann")
        crm.orders("c-ann")
    methods = [asked.json["method"] for asked in server.asked]
    assert methods.count("common.db.login") == 1 and {asked.path for asked in server.asked} == {"/shop/rpc/"}
    assert all(asked.headers["authorization"].startswith("Session ") for asked in server.asked[1:])


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"state": "confirmed", "shipments.": [], "shipment_state": "none"}, "placed"),
        ({"state": "processing", "shipments.": [], "shipment_state": "none"}, "placed"),
        ({"state": "processing", "shipments.": [], "shipment_state": "waiting"}, "packing"),
        ({"state": "processing", "shipments.": [{"state": "picked"}]}, "packing"),
        ({"state": "processing", "shipments.": [{"state": "picked"}, {"state": "cancelled"}]}, "packing"),
        ({"state": "processing", "shipments.": [{"state": "shipped"}, {"state": "waiting"}]}, "shipped"),
        ({"state": "processing", "shipments.": [{"state": "done"}, {"state": "waiting"}]}, "shipped"),
        ({"state": "processing", "shipments.": [{"state": "done"}]}, "delivered"),
        ({"state": "done", "shipments.": []}, "delivered"),
        ({"state": "cancelled", "shipments.": [{"state": "done"}]}, "cancelled"),
    ],
)
def test_shipments_say_how_far_an_order_is(values: dict[str, Any], status: str) -> None:
    with answering(sales=lambda sales: change(**values)(sales)[:1]) as (crm, _):
        assert [order.status for order in crm.orders("c-ann")] == [status]


def test_lines_of_any_kind_become_items() -> None:
    lines = [
        {
            "type": "line",
            "quantity": 1.5,
            "summary": "",
            "product.": {"rec_name": "Beans"},
            "unit.": {"symbol": "kg"},
        },
        {"type": "line", "quantity": 2.0, "summary": "Gift wrap", "product.": None, "unit.": None},
        {"type": "comment", "quantity": None, "summary": "Thank you"},
    ]
    with answering(sales=lambda sales: change(**{"lines.": lines, "shipment_address.": None})(sales)[:1]) as (
        crm,
        _,
    ):
        (order,) = crm.orders("c-ann")
    assert order.items == (Item("Beans (1.5 kg)", 1), Item("Gift wrap", 2)) and order.address == ""


@pytest.mark.parametrize(
    ("bends", "error"),
    [
        ({"party": lambda parties: change(code="c-ben")(parties)}, RecordNotFound),  # it lies about who it is
        ({"party": lambda parties: parties * 2}, RecordNotFound),
        ({"party": lambda parties: []}, RecordNotFound),
        ({"party": change(name=["Ann"])}, RecordRefused),
        ({"party": change(create_date=None)}, RecordRefused),
        ({"party": change(create_date={"__class__": "datetime", "year": 20261})}, RecordRefused),
        ({"sales": change(party=99)}, RecordRefused),  # somebody else's
        ({"sales": change(total_amount="NaN")}, RecordRefused),
        ({"sales": change(total_amount={"__class__": "Decimal", "decimal": "1e99"})}, RecordRefused),
        ({"sales": lambda sales: {"a": 1}}, RecordRefused),
        ({"sales": lambda sales: sales * 2_000}, RecordRefused),
        ({"notes": change(resource="party.party,99")}, RecordRefused),
        ({"notes": lambda notes: Answer({"id": -1, "result": []})}, RecordRefused),  # to another question
        ({"notes": lambda notes: Answer([])}, RecordRefused),
        ({"notes": lambda notes: Answer(b"<html>")}, RecordRefused),
        ({"notes": lambda notes: Answer(b"x" * 50_000_000)}, RecordRefused),
        ({"notes": lambda notes: Answer(status=500)}, CrmUnavailable),
        ({"login": lambda login: ["only this"]}, RecordRefused),
        ({"login": lambda login: Answer(status=401)}, AccessDenied),
        ({"login": lambda login: Answer(status=404)}, CrmUnavailable),  # nobody is missing, Tryton is
    ],
)
def test_answers_that_make_no_sense_are_refused(bends: dict[str, Bend], error: type[Exception]) -> None:
    with answering(**bends) as (crm, _), pytest.raises(error):
        crm.card("c-ann")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (["UserError", ["You are not allowed to read Ann Lee.", "", None]], RecordRefused),
        (["'res.user'", ""], CrmUnavailable),  # as a server says that is still starting
        ("nonsense", CrmUnavailable),
    ],
)
def test_errors_keep_what_tryton_says_to_themselves(said: Any, error: type[Exception]) -> None:
    def reply(asked: Asked) -> Answer:
        return Answer({"id": asked.json["id"], "error": said})

    with served_api(reply) as server, pytest.raises(error) as raised:
        TrytonCrm(server.address, user="u", password="p", seconds=PLENTY).card("c-ann")
    assert type(raised.value) is error and "Ann" not in str(raised.value)


def test_a_slow_server_is_given_up() -> None:
    with answering(0.5, notes=lambda notes: Answer([], wait=5)) as (crm, _), pytest.raises(CrmUnavailable):
        crm.card("c-ann")


def test_two_notes_of_one_key_become_one() -> None:
    signed = f"Sam: Hello\n\n(kindhand {sha256(b'k').hexdigest()[:32]})"
    with answering(notes=lambda notes: [{**notes[0], "message": signed, "id": id} for id in (9, 7, 8)]) as (
        crm,
        server,
    ):
        assert crm.add_note("c-ann", "Sam", "Hello", key="k").text == "Hello"
    called = [(asked.json["method"], asked.json["params"][0]) for asked in server.asked]
    deleted = [numbers for method, numbers in called if method == "model.ir.note.delete"]
    assert deleted == [[8], [9]] and "model.ir.note.create" not in dict.fromkeys(name for name, _ in called)


@pytest.mark.parametrize(("user", "password", "key"), [("", "p", "USER"), ("u", "", "SECRET")])
def test_no_user_and_no_password_are_refused(user: str, password: str, key: str) -> None:
    with pytest.raises(SettingsError, match=f"KINDHAND_CRM_{key}"):
        TrytonCrm("https://erp.example/shop/rpc/", user=user, password=password)
