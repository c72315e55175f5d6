from typing import Any

import pytest

from bot.desk.access import COOKIE
from bot.storage.tables import agent_sessions, agents
from tests.desk.console.desk import NOOR, PASSWORD, SAM, ConsoleUnderTest


def test_sign_in_work_and_sign_out(desk: ConsoleUnderTest) -> None:
    client = desk.client()
    answer = client.post("login", json={"email": SAM, "password": PASSWORD})
    known = answer.json()
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    sam = {"id": "a-sam", "name": "Sam Reyes", "email": SAM, "role": "agent", "breather_until": None}
    assert known["agent"] == sam
    assert client.get("me").json() == known
    cookie = client.cookies[COOKIE]
    assert client.post("logout", headers={"X-CSRF-Token": known["csrf"]}).status_code == 200
    assert COOKIE not in client.cookies
    assert client.get("me", headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401


def test_the_cookie_is_out_of_reach(desk: ConsoleUnderTest) -> None:
    known = {"email": SAM, "password": PASSWORD}
    plain = desk.client().post("login", json=known).headers["set-cookie"].lower()
    assert "httponly" in plain and "samesite=lax" in plain and "secure" not in plain
    behind_tls = desk.client(Origin=f"https://{desk.host}").post("login", json=known)
    assert "secure" in behind_tls.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"email": SAM, "password": "wrong"}, 401, "not_authenticated"),
        ({"email": "nobody@example.com", "password": PASSWORD}, 401, "not_authenticated"),
        ({"email": "<b>'; DROP TABLE agents;--", "password": "x"}, 401, "not_authenticated"),
        ({"email": SAM}, 400, "bad_request"),
        ({"email": SAM, "password": None}, 400, "bad_request"),
        ({"email": {"$ne": ""}, "password": ["x"]}, 400, "bad_request"),
        ({"email": 1, "password": True}, 400, "bad_request"),
        ({"email": "x" * 255, "password": "x"}, 400, "bad_request"),
        ({"email": SAM, "password": "x" * 1001}, 400, "bad_request"),
        ([], 400, "bad_request"),
        ("text", 400, "bad_request"),
        (None, 400, "bad_request"),
        (b"{", 400, "bad_request"),
        (b"\xff\xfe", 400, "bad_request"),
        (b'{"email": "half \\ud800", "password": "\\ud800"}', 401, "not_authenticated"),
        (b"[" * 50_000, 400, "bad_request"),
        (b" " * 70_000, 413, "too_long"),
    ],
    ids=repr,
)
def test_bad_sign_ins(desk: ConsoleUnderTest, body: Any, status: int, code: str) -> None:
    given = {"content": body} if isinstance(body, bytes) else {"json": body}
    answer = desk.client().post("login", headers={"Content-Type": "application/json"}, **given)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "x" * 50 not in answer.text and "Traceback" not in answer.text


def test_five_wrong_ones_and_a_kind_word(desk: ConsoleUnderTest) -> None:
    client = desk.client()
    for _ in range(5):
        assert client.post("login", json={"email": SAM, "password": "x"}).status_code == 401
    answer = client.post("login", json={"email": SAM, "password": PASSWORD})
    assert answer.status_code == 429 and "five minutes" in answer.json()["error"]["text"]
    assert client.post("login", json={"email": NOOR, "password": PASSWORD}).status_code == 200


def test_signing_in_again_changes_the_cookie_and_ends_the_old(desk: ConsoleUnderTest) -> None:
    client = desk.client(SAM)
    old = client.cookies[COOKIE]
    client.post("login", json={"email": SAM, "password": PASSWORD})
    assert client.cookies[COOKIE] != old
    assert desk.client().get("me", headers={"Cookie": f"{COOKIE}={old}"}).status_code == 401


def test_a_cookie_from_outside_is_never_taken_over(desk: ConsoleUnderTest) -> None:
    planted = desk.client(Cookie=f"{COOKIE}=planted")
    answer = planted.post("login", json={"email": SAM, "password": PASSWORD})
    assert "planted" not in answer.headers["set-cookie"]


@pytest.mark.parametrize("how", ["expired", "disabled", "revoked"])
def test_a_session_that_is_over_opens_nothing(desk: ConsoleUnderTest, how: str) -> None:
    client = desk.client(SAM)
    assert client.get("me").status_code == 200
    past = agents.c.id == "a-sam"
    {
        "expired": lambda: desk.change(agent_sessions, expires_at=desk.long_ago),
        "disabled": lambda: desk.change(agents, past, disabled=True),
        "revoked": lambda: desk.change(agent_sessions, revoked_at=desk.long_ago),
    }[how]()
    for call in (client.get("me"), client.get("conversations"), client.post("ticket")):
        assert call.status_code == 401 and call.json()["error"]["code"] == "not_authenticated"
