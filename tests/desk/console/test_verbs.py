"""The calls that move a hand-over along: what they answer, and what is refused."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.handoff.model import utc_now
from tests.desk.console.desk import NOOR, SAM, ConsoleUnderTest

TOMORROW = (utc_now() + timedelta(days=1)).isoformat()


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


def do(client: httpx.Client, id: str, verb: str, **body: Any) -> httpx.Response:
    return client.post(f"conversations/{id}/{verb}", json=body)


def held(desk: ConsoleUnderTest, client: httpx.Client) -> str:
    """Begin a conversation that the agent has, at version 3."""
    id = desk.visitor("I want a person", reason="person")
    assert do(client, id, "claim", version=2).status_code == 200
    return id


def test_an_offer_is_passed_on(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("I want a person", reason="person")
    until = utc_now() + timedelta(seconds=45)
    assert desk.do(desk.service.offer(id, "a-sam", until=until, assignment="Sam: free (0 of 4)"))
    shown = sam.get(f"conversations/{id}").json()["handoff"]
    assert shown["state"] == "offered" and shown["offered_to"]["id"] == "a-sam"
    assert shown["assignment"] == "Sam: free (0 of 4)"
    refused = do(desk.client(NOOR), id, "pass")
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "illegal_transition"
    for _ in range(2):
        passed = do(sam, id, "pass").json()["summary"]
        assert (passed["owner"]["kind"], passed["version"]) == ("waiting", 2)


def test_a_transfer_with_a_note(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id, noor = held(desk, sam), desk.client(NOOR)
    given = do(sam, id, "transfer", version=3, agent="a-noor", note="<b>Knows kettles</b>").json()["summary"]
    assert (given["owner"]["kind"], given["version"]) == ("waiting", 4)
    shown = noor.get(f"conversations/{id}").json()
    assert [(note["author"], note["text"]) for note in shown["notes"]] == [
        ("Sam Reyes", "<b>Knows kettles</b>")
    ]
    assert do(noor, id, "claim", version=4).json()["summary"]["owner"]["agent_id"] == "a-noor"
    lost = do(sam, id, "release", version=3).json()["error"]
    assert (lost["code"], lost["current"], lost["owner"]["agent_id"]) == ("stale_version", 5, "a-noor")
    assert "Noor" in lost["text"]


def test_aside_and_back_again(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = held(desk, sam)
    assert do(sam, id, "snooze", version=3, until=TOMORROW).json()["summary"]["version"] == 3
    assert sam.get(f"conversations/{id}").json()["handoff"]["state"] == "snoozed"
    assert do(sam, id, "release", version=3).json()["summary"]["owner"]["kind"] == "waiting"


def test_resolved_with_an_outcome_and_opened_again(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = held(desk, sam)
    assert do(sam, id, "resolve", version=3, outcome="answered_later").status_code == 200
    assert sam.get(f"conversations/{id}").json()["handoff"]["outcome"] == "answered_later"
    again = do(desk.client(NOOR), id, "reopen", version=4).json()["summary"]
    assert (again["owner"]["agent_id"], again["version"], again["resolved_at"]) == ("a-noor", 5, None)


def test_notes_and_verdicts(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = held(desk, sam)
    first, again = [do(sam, id, "notes", cmid="n1", text="Call her").json()["note"] for _ in range(2)]
    assert first == again and first["author"] == "Sam Reyes" and first["at"].endswith("Z")
    other = do(sam, id, "notes", cmid="n1", text="Write her")
    assert (other.status_code, other.json()["error"]["code"]) == (400, "cmid_reused")
    do(sam, id, "verdict", escalation="too_late")
    assert do(sam, id, "verdict", mood="right").json() == {
        "verdict": {"escalation": "too_late", "mood": "right"}
    }
    shown = sam.get(f"conversations/{id}").json()
    assert shown["notes"] == [first] and "Call her" not in str(shown["messages"])
    nobodys = desk.visitor("Hi")
    assert do(sam, nobodys, "verdict", mood="right").status_code == 404


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("transfer", {"version": 3}),
        ("transfer", {"version": 3, "agent": "a-noor", "skill": "orders"}),
        ("transfer", {"version": 3, "agent": "a-sam"}),
        ("transfer", {"version": 3, "agent": ["a-noor"]}),
        ("transfer", {"version": 3, "skill": "x" * 41}),
        ("transfer", {"version": 3, "skill": "orders", "note": "x" * 2001}),
        ("transfer", {"agent": "a-noor"}),
        ("snooze", {"version": 3}),
        ("snooze", {"version": 3, "until": "tomorrow"}),
        ("snooze", {"version": 3, "until": 1893456000}),
        ("snooze", {"version": 3, "until": "1893456000"}),
        ("snooze", {"version": 3, "until": TOMORROW[:19]}),
        ("snooze", {"version": 3, "until": "2001-01-01T00:00:00Z"}),
        ("snooze", {"version": 3, "until": "9999-12-31T23:59:59-12:00"}),
        ("resolve", {"version": 3, "outcome": "done"}),
        ("resolve", {"version": 3, "outcome": ["solved"]}),
        ("release", {"version": None}),
        ("reopen", {}),
        ("notes", {"cmid": "n1"}),
        ("notes", {"cmid": "n 1", "text": "Hi"}),
        ("notes", {"cmid": "n1", "text": "\u200b"}),
        ("verdict", {"escalation": "perhaps"}),
        ("verdict", {"mood": 1}),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_bad_input_changes_nothing(desk: ConsoleUnderTest, sam: httpx.Client, verb: str, body: Any) -> None:
    id = held(desk, sam)
    before = sam.get(f"conversations/{id}").json()
    answer = do(sam, id, verb, **body)
    assert answer.status_code == 400 and answer.json()["error"]["text"]
    assert sam.get(f"conversations/{id}").json() == before


def test_nobody_is_transferred_to_nobody(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = held(desk, sam)
    assert do(sam, id, "transfer", version=3, agent="made-up").status_code == 404
    assert sam.get(f"conversations/{id}").json()["summary"]["version"] == 3


def test_a_call_about_what_was_erased(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = held(desk, sam)
    desk.do(desk.service.erase(id))
    for verb, body in (("reply", {"cmid": "r1", "text": "Hi"}), ("resolve", {"version": 3}), ("pass", {})):
        answer = do(sam, id, verb, **body)
        assert answer.status_code == 404 and answer.json()["error"]["code"] == "not_found"


def test_what_is_erased_while_a_call_runs_is_not_there(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = held(desk, sam)

    async def meanwhile(*_: Any) -> None:
        await desk.service.erase(id)

    desk.service.claim = meanwhile
    assert do(sam, id, "claim", version=3).status_code == 404
