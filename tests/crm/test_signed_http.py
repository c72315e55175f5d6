"""The signed protocol: with the server that the documents offer, and with one that lies."""

import hashlib
import hmac
import importlib.util
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from bot.crm.adapter import CHANGES
from bot.crm.card import CALLBACK, Item
from bot.crm.checks import check
from bot.crm.signed_http import Signature, SignedHttpCrm
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
from bot.settings import ROOT
from tests.crm.served import Answer, Asked, served_api

PAYLOADS = Path(__file__).parent / "payloads" / "signed_http"
SECRET = "a-secret-that-the-tests-share-with-themselves"
PLENTY = 60.0  # seconds, for what is not about time
DO: dict[str, Callable[[SignedHttpCrm, str, str, str], object]] = {
    "address": lambda crm, who, number, key: crm.change_address(who, number, "2 New Road", key=key),
    "cancel": lambda crm, who, number, key: crm.cancel_order(who, number, key=key),
    "ticket": lambda crm, who, number, key: crm.create_ticket(who, CALLBACK, "Call me", key=key),
    "note": lambda crm, who, number, key: crm.add_note(who, "Sam", "Prefers e-mail", key=key),
}


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


@pytest.fixture(scope="module")
def example() -> ModuleType:
    """The server in the documents."""
    spec = importlib.util.spec_from_file_location("records_server", ROOT / "docs" / "records_server.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def address(example: ModuleType) -> Iterator[str]:
    server = example.server(example.Shop(**payload("records")), SECRET)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/kindhand"
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def crm(address: str) -> Iterator[SignedHttpCrm]:
    records = SignedHttpCrm(address, secret=SECRET, seconds=PLENTY)
    yield records
    records.close()


def test_a_card_tells_who_it_is_and_what_was_bought(crm: SignedHttpCrm) -> None:
    DO["ticket"](crm, "c-ann", "", "k1")
    DO["note"](crm, "c-ann", "", "k2")
    card = crm.card("c-ann")
    check("card", ("c-ann",), card)
    assert card.customer.name == "Ann <b>Lee</b>" and card.customer.vip
    assert card.customer.lifetime_value == Decimal("59.70")
    assert [order.number for order in card.orders] == ["CK-1", "CK-2"]
    assert card.tickets[0].kind == CALLBACK and card.notes[0].author == "Sam"


@pytest.mark.parametrize("number", ["CK-2", "ck 2", "CK2"])
def test_an_order_is_found_as_people_write_it(crm: SignedHttpCrm, number: str) -> None:
    order = crm.order("c-ann", number)
    check("order", ("c-ann", number), order)
    assert order.items == (Item("Harbour Blend 250 g", 2),) and order.tracking == "RM123456789GB"
    assert order.expected_at and order.expected_at.hour == 12


@pytest.mark.parametrize(
    ("who", "number"), [("c-ann", "CK-9"), ("nobody", "CK-1"), ("c-ann", ""), ("", "CK-1")]
)
def test_records_of_others_do_not_exist(crm: SignedHttpCrm, who: str, number: str) -> None:
    for verb in ("address", "cancel"):
        with pytest.raises(RecordNotFound):
            DO[verb](crm, who, number, "k")
    with pytest.raises(RecordNotFound):
        crm.order(who, number)


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ({"identity": "c-ann"}, "c-ann"),
        ({"identity": "nobody"}, None),
        ({"email": " Ann@Example.COM "}, "c-ann"),
        ({"order_number": "ck 9"}, "c-ben"),
        ({"order_number": "CK-404"}, None),
        ({}, None),
    ],
)
def test_a_customer_is_found_by_what_they_give(
    crm: SignedHttpCrm, by: dict[str, str], found: str | None
) -> None:
    assert crm.find(**by) == found


@pytest.mark.parametrize("verb", DO)
def test_a_key_changes_once(crm: SignedHttpCrm, verb: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: DO[verb](crm, "c-ann", "CK-1", "same"), range(8)))
    assert all(record == made[0] for record in made)
    card = crm.card("c-ann")
    assert len(card.tickets) == (verb == "ticket") and len(card.notes) == (verb == "note")
    with pytest.raises(CrmError, match="key"):
        crm.add_note("c-ann", "Sam", "Something else", key="same")


@pytest.mark.parametrize(("verb", "reason"), [("address", "address_too_late"), ("cancel", "cancel_too_late")])
def test_what_has_left_is_not_changed(crm: SignedHttpCrm, verb: str, reason: str) -> None:
    with pytest.raises(PolicyRefusal) as refused:
        DO[verb](crm, "c-ann", "CK-2", "k")
    assert refused.value.reason == reason and crm.order("c-ann", "CK-2").status == "shipped"


def test_a_stranger_may_ask_to_be_called(crm: SignedHttpCrm) -> None:
    assert crm.create_ticket(None, CALLBACK, "Call me", key="k").customer_id is None


def test_what_says_nothing_or_has_no_key_is_not_sent(crm: SignedHttpCrm) -> None:
    with pytest.raises(PolicyRefusal):
        crm.add_note("c-ann", "Sam", "\u200b", key="k")
    for key in ("", "x" * 201):
        with pytest.raises(CrmError):
            DO["note"](crm, "c-ann", "", key)
    assert crm.card("c-ann").notes == ()


def test_the_server_says_what_it_can(crm: SignedHttpCrm) -> None:
    assert all(crm.supports(verb) for verb in CHANGES) and not crm.supports("erase")


# Signatures


def test_another_secret_is_not_let_in(address: str) -> None:
    crm = SignedHttpCrm(address, secret="another-secret-of-some-good-length", seconds=PLENTY)
    with pytest.raises(AccessDenied):
        crm.card("c-ann")
    assert not crm.supports("add_note")


@pytest.mark.parametrize("off", [-301, 301, -86_400])
def test_a_request_of_another_time_is_not_let_in(address: str, off: int) -> None:
    crm = SignedHttpCrm(address, secret=SECRET, seconds=PLENTY, clock=lambda: time.time() + off)
    with pytest.raises(AccessDenied):
        crm.card("c-ann")


def test_a_request_that_is_sent_again_is_not_let_in(address: str) -> None:
    with httpx.Client(trust_env=False) as client:
        first = client.post(address, json={"verb": "card", "customer_id": "c-ann"}, auth=Signature(SECRET))
        assert first.status_code == 200
        again = client.post(address, content=first.request.content, headers=first.request.headers)
    assert again.status_code == 401


@pytest.mark.parametrize(
    "change", ["body", "path", "Kindhand-Timestamp", "Kindhand-Request", "Kindhand-Signature"]
)
def test_a_request_that_was_changed_on_its_way_is_not_let_in(example: ModuleType, change: str) -> None:
    request = httpx.Request(
        "POST", "https://shop.example/kindhand?a=1", json={"verb": "card", "customer_id": "c-ann"}
    )
    signed = next(Signature(SECRET).auth_flow(request))
    headers, body, path = dict(signed.headers), signed.content, "/kindhand?a=1"
    given = {name.title(): value for name, value in headers.items()}
    assert example.Door(SECRET).lets_in("POST", path, given, body)
    if change == "body":
        body = body.replace(b"c-ann", b"c-ben")
    elif change == "path":
        path = "/kindhand?a=2"
    else:
        given[change] = given[change][:-1] + ("0" if given[change][-1] != "0" else "1")
    assert not example.Door(SECRET).lets_in("POST", path, given, body)


def test_the_signature_is_the_one_in_the_documents() -> None:
    request = httpx.Request("POST", "https://shop.example/kindhand", content=b'{"verb": "hello"}')
    signed = next(Signature(SECRET, clock=lambda: 1_700_000_000.9).auth_flow(request))
    head = f"v1\n1700000000\n{signed.headers['Kindhand-Request']}\nPOST\n/kindhand\n"
    wanted = hmac.new(SECRET.encode(), head.encode() + b'{"verb": "hello"}', hashlib.sha256).hexdigest()
    assert signed.headers["Kindhand-Signature"] == f"v1={wanted}"


# A server that lies


@contextmanager
def saying(answer: Any, seconds: float = PLENTY) -> Iterator[SignedHttpCrm]:
    given = answer if isinstance(answer, Answer) else Answer(answer)

    def reply(asked: Asked) -> Answer:
        return given

    with served_api(reply) as server:
        crm = SignedHttpCrm(f"{server.address}/kindhand", secret=SECRET, seconds=seconds)
        yield crm
        crm.close()


def card(place: str = "", **values: Any) -> Any:
    """Return the answer to `card`, with its first order or another part changed."""
    told = payload("card")
    part = told[place] if place else told
    (part[0] if isinstance(part, list) else part).update(values)
    return told


def test_the_payload_is_a_card() -> None:
    with saying(card()) as crm:
        told = crm.card("c-ann")
    check("card", ("c-ann",), told)
    assert told.tickets[0].status == "closed" and len(told.orders) == 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (card("customer", id="c-ben"), RecordRefused),
        (card("orders", customer_id="c-ben"), RecordRefused),
        (card("orders", customer_id=None), RecordRefused),
        (card("tickets", customer_id="c-ben"), RecordRefused),
        (card("notes", customer_id="c-ben"), RecordRefused),
        (card("customer", name=None), RecordRefused),
        (card("customer", vip="yes"), RecordRefused),
        (card("orders", total="NaN"), RecordRefused),
        (card("orders", placed_at="yesterday"), RecordRefused),
        (card("orders", items=[{"quantity": 1}]), RecordRefused),
        (card(orders="many"), RecordRefused),
        (card(orders=[{}] * 2_000), RecordRefused),
        ({"error": "out of coffee"}, RecordRefused),
        ({"error": ["not_found"]}, RecordRefused),
        ({"error": "not_found"}, RecordNotFound),
        ({"error": "not_supported"}, NotSupported),
        ([], RecordRefused),
        (None, RecordRefused),
        (Answer(b"<html>"), RecordRefused),
        (Answer(b"x" * 50_000_000), RecordRefused),
        (Answer({}, status=302, headers={"Location": "http://127.0.0.1:1/"}), RecordRefused),
        (Answer({}, status=404), CrmUnavailable),
        (Answer({}, status=500), CrmUnavailable),
    ],
)
def test_answers_that_make_no_sense_are_refused(answer: Any, error: type[Exception]) -> None:
    with saying(answer) as crm, pytest.raises(error):
        crm.card("c-ann")


def test_another_order_than_asked_for_is_refused() -> None:
    with saying({"order": payload("card")["orders"][0]}) as crm, pytest.raises(RecordRefused):
        crm.order("c-ann", "CK-2")


@pytest.mark.parametrize(
    "answer", [{"protocol": 2, "can": list(CHANGES)}, {"can": []}, Answer({}, status=500)]
)
def test_a_server_of_another_kind_supports_nothing(answer: Any) -> None:
    with saying(answer) as crm:
        assert not crm.supports("add_note")


@pytest.mark.parametrize(
    "answer", [Answer({}, wait=5), Answer({"customer": {}}, drip=0.3)], ids=["late", "drip"]
)
def test_a_slow_answer_is_given_up(answer: Answer) -> None:
    with saying(answer, seconds=0.5) as crm, pytest.raises(CrmUnavailable):
        crm.card("c-ann")


@pytest.mark.parametrize("address", ["http://shop.example/kindhand", "shop.example", "ftp://shop.example/"])
def test_addresses_that_will_not_do_are_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="KINDHAND_CRM_URL"):
        SignedHttpCrm(address, secret=SECRET)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(SettingsError, match="KINDHAND_CRM_SECRET"):
        SignedHttpCrm("https://shop.example/", secret="short")
