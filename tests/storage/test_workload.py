"""Looks across many hand-overs, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.storage import workload
from bot.storage.engine import Database
from bot.storage.tables import agents, conversations, handoffs
from bot.storage.workload import Earlier, Held, Past
from tests.storage.rows import agent_row

NOON = datetime(2026, 11, 3, 12, tzinfo=timezone.utc)
TOLD = ("live", "wait")


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


@pytest.fixture
def connection(either_database: Database) -> Iterator[Connection]:
    with either_database.write() as connection:
        people = [
            agent_row("a-sam", capacity=2, skills=["orders"], languages=["pt"]),
            agent_row("a-noor", name="Noor Haddad", breather_until=NOON),
            agent_row("a-gone", disabled=True),
        ]
        for person in people:
            connection.execute(insert(agents).values(**person))
        yield connection


def add(connection: Connection, id: str, *, of: dict[str, Any] | None = None, **values: Any) -> None:
    """Add a hand-over in a conversation of its own."""
    owner = "agent" if (of or {}).get("agent_id") else "waiting"
    row = {"owner": owner, "version": 1, "last_seq": 1, "channel": "web", "mood_seq": 0}
    row |= {"opened_at": NOON, "changed_at": NOON, "waiting_since": NOON, **(of or {})}
    connection.execute(insert(conversations).values(id=f"c-{id}", **row))
    handoff = {"cause": "c@1", "reasons": [], "filled": [], "missing": [], "availability": "live"}
    handoff |= {"state": "queued", "opened_at": NOON, **values}
    connection.execute(insert(handoffs).values(id=id, conversation_id=f"c-{id}", **handoff))


def test_agents_who_may_sign_in(connection: Connection) -> None:
    noor, sam = workload.active_agents(connection)
    assert (noor.id, noor.capacity, noor.skills, noor.breather_until) == ("a-noor", None, [], NOON)
    assert (sam.id, sam.capacity, sam.skills, sam.languages) == ("a-sam", 2, ["orders"], ["pt"])


def test_what_agents_hold(connection: Connection) -> None:
    assert workload.held(connection, ["accepted"], 2.0) == {}
    for number, (agent, state, weight) in enumerate(
        [("a-sam", "accepted", 1.0), ("a-sam", "in_progress", 2.5), ("a-sam", "snoozed", 3.0),
         ("a-noor", "accepted", 1.5), (None, "queued", 1.0)]
    ):  # fmt: skip
        add(connection, f"h{number}", of={"agent_id": agent}, state=state, weight=weight)
    found = workload.held(connection, ["accepted", "in_progress"], 2.0)
    assert found == {"a-sam": Held(3.5, 1), "a-noor": Held(1.5, 0)}
    assert workload.in_line(connection, ["queued", "offered"]) == 1


def test_past_waits_are_of_those_who_waited(connection: Connection) -> None:
    taken = {"state": "resolved", "claimed_at": minutes(5), "ended_at": minutes(20), "outcome": "solved"}
    left = {"state": "withdrawn", "ended_at": minutes(3)}
    add(connection, "taken", **taken)
    add(connection, "held", state="accepted", claimed_at=minutes(9))
    add(connection, "left", **left)
    add(connection, "waits")
    add(connection, "later", **taken | {"availability": "later"})
    add(connection, "unasked", **taken | {"cause": "taken_over@1"})
    add(connection, "looks-alike", **taken | {"cause": "takenXover@1"})
    add(connection, "twice", **taken | {"released": 1})
    add(connection, "spam", **left | {"outcome": "spam"})
    add(connection, "long-ago", **taken | {"claimed_at": minutes(-99999)})
    found = workload.past_waits(connection, NOON, TOLD)
    assert set(found) == {
        Past(NOON, minutes(5), minutes(20)),
        Past(NOON, minutes(9), None),
        Past(NOON, None, minutes(3)),
    }
    assert len(found) == 4


def test_open_hand_overs_and_what_matters_of_those_who_wait(connection: Connection) -> None:
    add(connection, "held", of={"agent_id": "a-sam"}, state="snoozed", snoozed_until=minutes(9))
    add(
        connection,
        "asked",
        of={"customer_id": "c-mara", "customer_name": "Mara", "mood": {"level": 0.5}},
        state="offered",
        offered_to="a-noor",
        offered_until=minutes(1),
        reasons=[{"code": "anger"}],
        passed_by=["a-sam"],
        skills=["orders"],
        language="en",
        weight=1.5,
        brief={"situation": "-"},
    )
    add(connection, "over", state="resolved", ended_at=NOON)
    found = {one.id: one for one in workload.open_handoffs(connection, ["offered", "snoozed"])}
    assert found.keys() == {"held", "asked"}
    assert (found["held"].agent_id, found["held"].snoozed_until) == ("a-sam", minutes(9))
    assert (found["asked"].offered_to, found["asked"].offered_until) == ("a-noor", minutes(1))
    assert set(workload.open_in(connection, ["c-asked", "c-over"])) == {"asked"}
    (one,) = workload.waiting(connection, ["asked"])
    assert one._asdict() == {
        "id": "asked",
        "conversation_id": "c-asked",
        "waiting_since": NOON,
        "customer_id": "c-mara",
        "customer_name": "Mara",
        "mood": {"level": 0.5},
        "reasons": [{"code": "anger"}],
        "passed_by": ["a-sam"],
        "skills": ["orders"],
        "language": "en",
        "weight": 1.5,
        "briefed": True,
    }


def test_who_had_a_customer_before(connection: Connection) -> None:
    mara = {"customer_id": "c-mara"}
    over = {"state": "resolved", "ended_at": NOON}
    add(connection, "old", of=mara, claimed_at=minutes(-99), claimed_by="a-noor", **over)
    add(connection, "newer", of=mara, claimed_at=minutes(-9), claimed_by="a-sam", **over)
    add(connection, "others", of={"customer_id": "c-tom"}, claimed_at=NOON, claimed_by="a-noor", **over)
    add(connection, "strangers", claimed_at=NOON, claimed_by="a-noor", **over)
    add(connection, "waits", of=mara)
    add(connection, "stranger")
    add(connection, "back", claimed_at=minutes(2), claimed_by="a-sam", released=1)
    waiting = {one.id: one for one in workload.waiting(connection, ["waits", "stranger", "back"])}
    assert workload.earlier(connection, waiting["waits"]) == Earlier("a-sam", minutes(-9))
    assert workload.earlier(connection, waiting["stranger"]) is None
    assert workload.earlier(connection, waiting["back"]) == Earlier("a-sam", minutes(2))
