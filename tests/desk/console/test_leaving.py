"""What agents see of a visitor who ends the chat, wants a call, answers before it, or has it deleted."""

import httpx
import pytest
from sqlalchemy import select

from bot.handoff.leaving import Wish
from bot.storage import conversations
from bot.storage.tables import audit
from tests.desk.console.desk import SAM, ConsoleUnderTest


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


def _whole(client: httpx.Client, id: str) -> dict:
    return client.get(f"conversations/{id}").json()


def test_who_ended_it_is_said(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Where is it?", reason="person")
    desk.do(desk.service.end(id, "e1"))
    summary = _whole(sam, id)["summary"]
    assert (summary["owner"], summary["state"], summary["outcome"]) == (
        {"kind": "closed", "agent_id": None, "name": None},
        "ended",
        None,
    )
    listed = sam.get("conversations", params={"view": "resolved"}).json()
    assert [one["id"] for one in listed["conversations"]] == [id]


def test_where_to_write_to_is_with_the_hand_over(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Where is it?", reason="person")
    desk.do(desk.service.call_back(id, "c1", Wish(email="mara@shop.example")))
    handoff = _whole(sam, id)["handoff"]
    assert handoff["contact"] == {"email": "mara@shop.example"} and handoff["availability"] == "later"
    assert handoff["promised_at"].endswith("Z")


def test_what_was_answered_before_the_chat_stands_with_the_customer(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    id, silent = desk.visitor("Where is it?", reason="person"), desk.visitor("Hello", reason="person")
    kept = {"answers": {"name": "Mara"}, "consent_at": "2026-11-03T11:00:00.000Z"}
    with desk.database.write() as connection:
        conversations.set_prechat(connection, id, kept)
    assert _whole(sam, id)["prechat"] == {
        "answers": [{"label": "name", "text": "Mara"}],
        "consent_at": "2026-11-03T11:00:00.000Z",
    }
    assert _whole(sam, silent)["prechat"] is None


def test_a_deletion_is_in_the_audit_log_by_its_id_only(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Forget me", reason="person")
    desk.do(desk.service.erase(id))
    with desk.database.read() as connection:
        rows = connection.execute(select(audit).where(audit.c.act == "conversations.erased")).all()
    assert [(row.agent_id, row.conversation_id, row.subject, row.detail) for row in rows] == [
        (None, id, None, None)
    ]
