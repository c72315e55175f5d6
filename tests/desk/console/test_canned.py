"""Answers that agents keep ready."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.demo.canned import add_canned
from bot.desk.console.canned import PERSONAL, check_places
from bot.handoff.model import utc_now
from bot.storage import canned
from bot.storage.tables import canned_replies
from tests.demo_business import demo_business
from tests.desk.console.desk import NOOR, SAM, ConsoleUnderTest

LATE = {"code": "late", "title": "Late parcel", "text": "Hello {name}, {order} went with {shipping_carrier}."}


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


def test_a_reply_is_everybodys(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    added = sam.post("canned", json=LATE | {"code": "/Late"}).json()["reply"]
    assert {name: added[name] for name in LATE} == LATE and added["changed_by"] == "Sam Reyes"
    noor = desk.client(NOOR)
    told = noor.get("canned").json()
    assert told["canned"] == [added] and told["facts"]["shipping_carrier"] and "name" in told["placeholders"]
    changed = noor.put(f"canned/{added['id']}", json=LATE | {"title": "Late"}).json()["reply"]
    assert (changed["id"], changed["title"], changed["changed_by"]) == (added["id"], "Late", "Noor Haddad")
    assert noor.delete(f"canned/{added['id']}").json() == {}
    assert sam.get("canned").json()["canned"] == []
    for answer in (noor.delete(f"canned/{added['id']}"), noor.put(f"canned/{added['id']}", json=LATE)):
        assert answer.status_code == 404


def test_a_code_stands_for_one_reply(sam: httpx.Client) -> None:
    first = sam.post("canned", json=LATE).json()["reply"]
    again = sam.post("canned", json=LATE | {"title": "Another"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "code_taken")
    assert "Late parcel" in again.json()["error"]["text"]
    other = sam.post("canned", json=LATE | {"code": "other"}).json()["reply"]
    assert sam.put(f"canned/{other['id']}", json=LATE).status_code == 409
    assert sam.put(f"canned/{first['id']}", json=LATE).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""},
        {"code": "-late"},
        {"code": "lä te"},
        {"code": "x" * 41},
        {"code": "../late"},
        {"code": 7},
        {"code": "late\n"[:-1] + "\u202e"},
        {"title": " \n"},
        {"title": "x" * 201},
        {"title": None},
        {"text": ""},
        {"text": "\u200b"},
        {"text": "x" * 2001},
        {"text": ["Hi"]},
        {"text": "Hello {nmae}"},
        {"text": "Hello {name.__class__}"},
        {"text": "{7*7}"},
    ],
    ids=lambda wrong: repr(wrong)[:40],
)
def test_what_cannot_be_used_is_refused(sam: httpx.Client, wrong: dict[str, Any]) -> None:
    answer = sam.post("canned", json=LATE | wrong)
    assert answer.status_code == 400 and answer.json()["error"]["text"]
    assert sam.get("canned").json()["canned"] == []


def test_a_placeholder_nobody_knows_is_named_with_the_one_that_is_meant(sam: httpx.Client) -> None:
    error = sam.post("canned", json=LATE | {"text": "Hello {nmae}"}).json()["error"]
    assert (
        error["code"] == "unknown_placeholder"
        and error["text"] == "{nmae} is not known. Did you mean {name}?"
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{name}}", "{} {name} { }", "=cmd|'/c'!A1"])
def test_everything_else_is_text(sam: httpx.Client, text: str) -> None:
    assert sam.post("canned", json=LATE | {"text": text, "title": text}).json()["reply"]["text"] == text


def test_a_card_number_is_not_kept(sam: httpx.Client) -> None:
    assert (
        "4111" not in sam.post("canned", json=LATE | {"text": "4111 1111 1111 1111"}).json()["reply"]["text"]
    )


def test_the_demo_has_a_dozen_that_can_be_filled_in(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    for _ in range(2):
        with desk.database.write() as connection:
            add_canned(connection, utc_now())
    told = sam.get("canned").json()["canned"]
    assert len(told) >= 12 and len({reply["title"] for reply in told}) == len(told)
    for reply in told:
        check_places(reply["text"], {*PERSONAL, *demo_business().facts()})
        assert sam.put(f"canned/{reply['id']}", json={name: reply[name] for name in LATE}).status_code == 200
        assert "!" not in reply["text"]


def test_replies_that_somebody_wrote_are_left_alone(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    sam.post("canned", json=LATE)
    with desk.database.write() as connection:
        add_canned(connection, utc_now())
        assert connection.execute(select(canned_replies.c.code)).scalars().all() == ["late"]
        assert canned.count(connection) == 1
