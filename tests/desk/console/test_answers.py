"""Whatever characters a call holds, it is answered, and what is kept of it can be read again."""

import json

import httpx
import pytest

from bot.storage.tables import agents
from tests.desk.console.desk import SAM, ConsoleUnderTest

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def owner(desk: ConsoleUnderTest) -> httpx.Client:
    desk.change(agents, agents.c.id == "a-sam", role="owner")
    return desk.client(SAM)


@pytest.mark.parametrize("odd", [r"\ud800", r"a\udc00b", r"a\u0000b"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("team/invite", '{"email": "%s@shop.example"}'),
        ("team/invite", '{"email": "ada@shop.example", "name": "%s"}'),
        ("team/withdraw", '{"email": "%s"}'),
        ("team/a-noor", '{"name": "%s"}'),
        ("team/a-noor", '{"skills": ["%s"]}'),
        ("invitation", '{"token": "%s"}'),
        ("accept", '{"token": "%s", "name": "%s", "password": "%s"}'),
        ("canned", '{"code": "a", "title": "%s", "text": "%s"}'),
        ("me/second-factor/confirm", '{"code": "%s"}'),
        ("me/sessions/%%00/revoke", "{}"),
        ("login", '{"email": "%s", "password": "%s", "code": "%s"}'),
    ],
)
def test_no_text_is_too_odd(owner: httpx.Client, path: str, body: str, odd: str) -> None:
    answer = owner.post(path.replace("%%", "%"), content=body.replace("%s", odd), headers=JSON)
    assert answer.status_code < 500, answer.text
    assert owner.get("team").status_code == owner.get("canned").status_code == 200


def test_an_odd_text_does_not_lock_the_audit_log(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    id = desk.visitor("Hello", reason="angry")
    version = owner.post(f"conversations/{id}/claim", json={"version": 2}).json()["summary"]["version"]
    body = json.dumps({"version": version, "skill": "\ud800"})
    assert owner.post(f"conversations/{id}/transfer", content=body, headers=JSON).status_code == 200
    entries = owner.get("audit").json()["entries"]
    assert entries[0]["detail"]["skill"] == "\ufffd"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("audit?before=99999999999999999999", 400),
        ("audit?before=-99999999999999999999", 400),
        ("audit?agent=%00&conversation=%00", 200),
        ("conversations?view=all&q=%00&agent=%00&customer=%00&reason=%00", 200),
        ("conversations?view=all&before=1~%00", 200),
        ("conversations/%00", 404),
    ],
)
def test_no_address_is_too_odd(owner: httpx.Client, query: str, status: int) -> None:
    assert owner.get(query).status_code == status


def test_nested_without_end_is_refused(owner: httpx.Client) -> None:
    deep = "[" * 30_000 + "]" * 30_000
    assert owner.post("team/withdraw", content=deep, headers=JSON).status_code == 400
