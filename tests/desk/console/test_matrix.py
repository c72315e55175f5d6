"""Every route of the console, against everyone who might call it."""

from datetime import timedelta
from itertools import product

import httpx
import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute

from bot.desk.access import COOKIE
from bot.handoff.model import utc_now
from tests.attachments.files import picture
from tests.desk.console.desk import NOOR, SAM, ConsoleUnderTest

PICTURE = picture()
BODIES = {
    "claim": {"version": 2},
    "reply": {"cmid": "m1", "text": "Hello"},
    "hand-back": {"version": 3, "note": ""},
    "resolve": {"version": 3},
    "pass": {},
    "release": {"version": 3},
    "transfer": {"version": 3, "agent": "a-noor"},
    "snooze": {"version": 3, "until": (utc_now() + timedelta(days=1)).isoformat()},
    "reopen": {"version": 3},
    "transcript": {"email": "mara@shop.example"},
    "notes": {"cmid": "n1", "text": "Call her first"},
    "verdict": {"escalation": "right"},
}
READY = {"code": "late", "title": "Late", "text": "It is late."}
ACCOUNT = ["password", "sessions/{id}/revoke", "breather"]
FACTOR = ["start", "confirm", "codes", "off"]
OWNERS = ["team/invite", "team/withdraw", "team/{id}", "team/{id}/reset"]
OPEN = ["login", "invitation", "accept"]
FILES = "conversations/{id}/attachments"
POSTS = ["logout", "ticket", "outbox/{id}/retry", FILES, *(f"conversations/{{id}}/{verb}" for verb in BODIES)]
POSTS += [f"me/{verb}" for verb in ACCOUNT] + [f"me/second-factor/{verb}" for verb in FACTOR] + OWNERS
PUTS = ["canned/{id}"]
POSTS += PUTS
GETS = [
    "canned",
    "me",
    "me/sessions",
    "me/second-factor",
    "team",
    "audit",
    "conversations",
    "conversations/{id}",
    "install",
    "outbox/failed",
    "attachments/{id}",
]


def call(client: httpx.Client, route: str, id: str, **headers: str) -> httpx.Response:
    path = route.format(id=id)
    if route in GETS:
        return client.get(path, headers=headers)
    if route == FILES:
        return client.post(path, params={"cmid": "f1"}, content=PICTURE, headers=headers)
    body = READY if route in PUTS else BODIES.get(route.rsplit("/")[-1], {})
    return client.request("PUT" if route in PUTS else "POST", path, json=body, headers=headers)


def test_the_matrix_knows_every_route(desk: ConsoleUnderTest) -> None:
    routes = [route for route in desk.app.routes if isinstance(route, APIRoute)]
    known = {f"/api/console/{route}" for route in [*GETS, *POSTS, *OPEN]}
    assert {route.path for route in routes} == known
    assert [r.path for r in desk.app.routes if isinstance(r, APIWebSocketRoute)] == ["/ws/console"]


def test_nobody_without_a_session(desk: ConsoleUnderTest) -> None:
    id = desk.visitor("Secret", reason="person")
    for client, named, route in product(
        (desk.client(), desk.client(Cookie=f"{COOKIE}=made-up")), (id, "made-up"), (*GETS, *POSTS)
    ):
        answer = call(client, route, named)
        assert answer.status_code == 401 and "Secret" not in answer.text, route


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"X-CSRF-Token": ""}, "wrong_csrf"),
        ({"X-CSRF-Token": "made-up"}, "wrong_csrf"),
        ({"Origin": "http://evil.example"}, "wrong_origin"),
        ({"Origin": "null"}, "wrong_origin"),
        ({"Origin": ""}, "wrong_origin"),
    ],
)
def test_no_change_from_another_page(desk: ConsoleUnderTest, wrong: dict, code: str) -> None:
    client, id = desk.client(SAM), desk.visitor("Hello", reason="person")
    for route in POSTS:
        answer = call(client, route, id, **wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, code), route
        assert client.get(f"conversations/{id}").json()["summary"]["version"] == 2, route


def test_no_change_with_a_colleagues_token(desk: ConsoleUnderTest) -> None:
    client, id = desk.client(SAM), desk.visitor("Hello", reason="person")
    theirs = desk.client(NOOR).headers["X-CSRF-Token"]
    for route in POSTS:
        assert call(client, route, id, **{"X-CSRF-Token": theirs}).status_code == 403, route


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_no_sign_in_from_another_page(desk: ConsoleUnderTest, origin: str) -> None:
    answer = desk.client(Origin=origin).post("login", json={"email": SAM, "password": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("id", ["made-up", "x" * 65, "%00", "%27%20OR%201=1", "..%2f..%2fetc", "☕"])
def test_no_conversation_that_is_not_there(desk: ConsoleUnderTest, id: str) -> None:
    client = desk.client(SAM)
    for route in [route for route in (*GETS, *POSTS) if "{id}" in route and route not in OWNERS]:
        answer = call(client, route, id)
        assert answer.status_code == 404 and id not in answer.text, route


@pytest.mark.parametrize("id", ["a-sam", "a-noor", "made-up"])
def test_only_owners_change_the_team(desk: ConsoleUnderTest, id: str) -> None:
    client, body = desk.client(SAM), {"email": "ada@shop.example", "role": "owner"}
    for route in OWNERS:
        answer = client.post(route.format(id=id), json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "owners_only"), route


@pytest.mark.parametrize("verb", ["reply", "hand-back", "resolve", "release", "snooze"])
def test_only_the_agent_who_has_it_changes_it(desk: ConsoleUnderTest, verb: str) -> None:
    sam, noor, id = desk.client(SAM), desk.client(NOOR), desk.visitor("Hello", reason="person")
    assert call(sam, "conversations/{id}/claim", id).status_code == 200
    refused = call(noor, f"conversations/{{id}}/{verb}", id)
    error = refused.json()["error"]
    assert refused.status_code == 409 and error["owner"]["agent_id"] == "a-sam"
    assert error["code"] == "illegal_transition" and "Sam Reyes" in error["text"]
    assert call(sam, f"conversations/{{id}}/{verb}", id).status_code == 200
