"""Everything about one conversation, for the agent who opens it."""

from datetime import timedelta

import httpx
import pytest

from bot.handoff.model import utc_now
from bot.storage.tables import conversations
from tests.desk.console.desk import NOOR, SAM, ConsoleUnderTest

SCRIPT = "<img src=x onerror=alert(1)>"


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


def test_the_hand_over_stands_beside_it(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi", reason="person")
    handoff = sam.get(f"conversations/{id}").json()["handoff"]
    assert handoff["state"] == "queued" and handoff["verdict"] is None and handoff["outcome"] is None
    until = utc_now() + timedelta(minutes=5)
    desk.do(desk.service.offer(id, "a-noor", until=until, assignment=f"Noor: free {SCRIPT}"))
    whole = desk.client(NOOR).get(f"conversations/{id}").json()
    for told in (whole["handoff"], whole["summary"]):
        assert told["offered_to"] == {"id": "a-noor", "name": "Noor Haddad"} and told["state"] == "offered"
        assert told["assignment"] == f"Noor: free {SCRIPT}" and told["offered_until"].endswith("Z")


def test_without_a_hand_over_there_is_none(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    whole = sam.get(f"conversations/{desk.visitor('Hi')}").json()
    assert whole["handoff"] is None and whole["brief"] is None and whole["summary"]["state"] is None
    assert whole["notes"] == whole["earlier"] == whole["viewers"] == []


def test_notes_are_for_everybody_who_answers(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi", reason="person")
    sam.post(f"conversations/{id}/notes", json={"cmid": "n1", "text": SCRIPT})
    (note,) = desk.client(NOOR).get(f"conversations/{id}").json()["notes"]
    assert (note["author"], note["text"]) == ("Sam Reyes", SCRIPT) and note["at"].endswith("Z")


def test_a_verdict_is_ones_own(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi", reason="person")
    assert sam.post(f"conversations/{id}/verdict", json={"escalation": "too_late"}).status_code == 200
    mine = sam.get(f"conversations/{id}").json()["handoff"]["verdict"]
    assert mine == {"escalation": "too_late", "mood": None}
    assert desk.client(NOOR).get(f"conversations/{id}").json()["handoff"]["verdict"] is None


def test_earlier_conversations_are_the_same_customers(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    before = desk.visitor("My kettle", customer="mara", reason="person")
    sam.post(f"conversations/{before}/claim", json={"version": 2})
    sam.post(f"conversations/{before}/resolve", json={"version": 3, "outcome": "solved"})
    desk.change(conversations, conversations.c.id == before, opened_at=desk.long_ago)
    desk.visitor("Somebody else", customer="tom")
    desk.visitor("A stranger")
    now = desk.visitor("My kettle again", customer="mara", reason="person")
    (earlier,) = sam.get(f"conversations/{now}").json()["earlier"]
    assert (earlier["id"], earlier["outcome"], earlier["agent"]) == (before, "solved", "Sam Reyes")
    assert earlier["situation"] and earlier["at"].endswith("Z")
    assert sam.get(f"conversations/{before}").json()["earlier"] == [], "what came later is not earlier"


def test_a_chat_in_which_nothing_was_said_can_be_looked_at(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    whole = sam.get(f"conversations/{desk.visitor()}").json()
    assert whole["messages"] == [] and whole["summary"]["last_message"] is None
