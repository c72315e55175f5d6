"""How things stand is read alike from either kind of database."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import insert

from bot.business import Business
from bot.handoff.model import Conversation, Handoff
from bot.handoff.presence import Presence
from bot.outbox.outbox import Outbox
from bot.reach import standing
from bot.reach.news import GivenUp, Nobody, Open
from bot.reach.rules import DANGER, DELIVERY_FAILED, NOBODY_ONLINE, WAITING, Rules, Target
from bot.reach.watch import Watch
from bot.reach.wording import Wording
from bot.storage import conversations, handoffs
from bot.storage.engine import Database
from bot.storage.tables import agent_sessions, agents
from tests.demo_business import demo_business
from tests.reach.desk import rule
from tests.storage.rows import agent_row

NOW = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)  # a Tuesday
TEAM = Target("chat", "team")


@pytest.fixture
def database(either_database: Database) -> Database:
    with either_database.write() as connection:
        connection.execute(insert(agents), [agent_row("a-sam")])
        for id, state, owner in (
            ("c1", "queued", "waiting"),
            ("c2", "in_progress", "agent"),
            ("c3", "resolved", "closed"),
        ):
            since = NOW - timedelta(minutes=3) if owner == "waiting" else None
            known = {"opened_at": NOW - timedelta(hours=1), "changed_at": NOW, "owner": owner, "last_seq": 1}
            mood = {"level": 0.8, "causes": ["safety", "late"]} if id == "c2" else None
            conversations.add(connection, Conversation(id, **known, waiting_since=since, mood=mood))
            opened = NOW - timedelta(minutes=3)
            contact = {"email": "mara@shop.example"}
            told = {"availability": "later", "promised_at": NOW + timedelta(hours=1), "contact": contact}
            reasons = ({"code": "anger", "label": "Anger"},)
            handoffs.add(
                connection,
                Handoff(f"h-{id}", id, "anger@1", opened_at=opened, state=state, reasons=reasons, **told),
            )
    return either_database


@pytest.fixture(scope="module")
def business() -> Business:
    return demo_business()


def test_open_handoffs_are_those_that_wait_and_those_that_somebody_has(database: Database) -> None:
    with database.read() as connection:
        found = {one.conversation: one for one in standing.open_handoffs(connection)}
    opened, promised = NOW - timedelta(minutes=3), NOW + timedelta(hours=1)
    known = {"promised_at": promised, "email": "mara@shop.example"}
    assert found == {
        "c1": Open("h-c1", "c1", opened, opened, codes=frozenset({"anger"}), **known),
        "c2": Open("h-c2", "c2", opened, None, codes=frozenset({"anger", "safety"}), level=0.8, **known),
    }


def test_nobody_is_there_since_the_last_console_was_open(database: Database, business: Business) -> None:
    def since(now: datetime) -> Nobody | None:
        with database.read() as connection:
            return standing.nobody(connection, business, now, earliest=NOW - timedelta(days=9))

    never = since(NOW)
    assert never and never.since == NOW.replace(hour=8)  # when it opened
    row = {"token_hash": "h", "agent_id": "a-sam", "csrf": "c", "created_at": NOW, "expires_at": NOW}
    with database.write() as connection:
        connection.execute(insert(agent_sessions), [row | {"seen_at": NOW - timedelta(minutes=20)}])
    left = since(NOW)
    assert left and left.since == NOW - timedelta(minutes=20) and left.spell != never.spell
    assert since(NOW.replace(hour=22)) is None


def test_what_was_given_up_is_gathered_by_kind_and_hour(database: Database) -> None:
    outbox = Outbox(database, tries=1, clock=lambda: NOW)
    with database.write() as connection:
        for key in ("n1", "n2", f"reach:{DELIVERY_FAILED}@email.x:y", "n3"):
            outbox.add(connection, "crm_note", key, {})
    for delivery in outbox.lease({"crm_note": 3}):
        outbox.put_back(delivery, RuntimeError("down"))
    with database.read() as connection:
        assert standing.given_up(connection, NOW) == (GivenUp("crm_note", NOW, 2, "RuntimeError"),)
        assert standing.given_up(connection, NOW + timedelta(days=2)) == ()


def test_all_of_it_is_told_once(database: Database, business: Business) -> None:
    watch = Watch(
        database,
        Outbox(database, clock=lambda: NOW),
        Presence(),
        rules=Rules((rule(WAITING, DANGER, NOBODY_ONLINE, DELIVERY_FAILED, to=TEAM),)),
        business=business,
        wording=Wording("https://chat.example/console", business.name, situation=False),
        clock=lambda: NOW,
    )
    assert [watch.look(), watch.look()] == [2, 0]
