"""Who is there, with how much room, and what a visitor hears of it."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import update

from bot.handoff.availability import Availability, Standing
from bot.handoff.staff import Outlook, codes, level
from bot.handoff.waits import Alike, Wait
from bot.storage.tables import agents, handoffs
from tests.handoff.desk import NIGHT, NOOR, OPEN, SAM, DeskUnderTest
from tests.storage.test_workload import add

CHRISTMAS = datetime(2026, 12, 25, 12, tzinfo=timezone.utc)
EASTER = datetime(2026, 4, 6, 12, tzinfo=timezone.utc)


def told(desk: DeskUnderTest, now: datetime = OPEN, ahead: int | None = None) -> Availability:
    with desk.database.read() as connection:
        return desk.service.staff.availability(connection, now, ahead=ahead)


def hold(desk: DeskUnderTest, agent: str, count: int, **values: Any) -> None:
    with desk.database.write() as connection:
        for number in range(count):
            id = f"{agent}-{number}-{values.get('weight', 1)}"
            add(connection, id, of={"agent_id": agent}, **{"state": "in_progress", **values})


def change(desk: DeskUnderTest, agent: str, **values: Any) -> None:
    with desk.database.write() as connection:
        connection.execute(update(agents).where(agents.c.id == agent).values(**values))


async def test_somebody_with_room_is_told_of(desk: DeskUnderTest) -> None:
    with desk.presence.online(SAM.id):
        assert told(desk).kind == "live"


async def test_a_reload_does_not_send_visitors_away(desk: DeskUnderTest) -> None:
    with desk.presence.online(SAM.id):
        pass
    assert told(desk).kind == "live"
    desk.ticks.now += 30
    assert told(desk) == Availability("later", "nobody", promised_at=OPEN + timedelta(hours=4))


async def test_full_hands_make_a_wait_and_what_is_put_aside_does_not(desk: DeskUnderTest) -> None:
    with desk.presence.online(SAM.id):
        hold(desk, SAM.id, 3, state="snoozed")
        hold(desk, SAM.id, 2, weight=2.0)
        assert told(desk).kind == "wait"
        change(desk, SAM.id, capacity=5)
        assert told(desk).kind == "live"
        assert told(desk, ahead=1).kind == "wait"


@pytest.mark.parametrize("gone", [{"breather_until": OPEN + timedelta(minutes=5)}, {"disabled": True}])
async def test_who_rests_or_may_not_sign_in_is_not_there(desk: DeskUnderTest, gone: dict[str, Any]) -> None:
    change(desk, SAM.id, **gone)
    with desk.presence.online(SAM.id):
        assert told(desk).why == "nobody"
        with desk.presence.online(NOOR.id):
            assert told(desk).kind == "live"


@pytest.mark.parametrize(
    ("now", "why", "occasion", "promised"),
    [
        (NIGHT, "closed", "", "2026-11-04T12:00:00+00:00"),
        (EASTER, "holiday", "Easter Monday", "2026-04-07T12:00:00+01:00"),
        (CHRISTMAS, "closure", "Christmas", "2026-12-27T14:00:00+00:00"),
    ],
)
async def test_why_nobody_is_there_and_until_when(
    desk: DeskUnderTest, now: datetime, why: str, occasion: str, promised: str
) -> None:
    found = told(desk, now)
    assert (found.kind, found.why, found.occasion) == ("later", why, occasion)
    assert found.promised_at == datetime.fromisoformat(promised)


async def test_a_wait_is_learned_and_told_in_words(desk: DeskUnderTest) -> None:
    with desk.database.write() as connection:
        for days, took in {1: 3, 4: 4, 5: 6, 6: 7, 7: 30}.items():
            asked = OPEN - timedelta(days=days)
            came = asked + timedelta(minutes=took)
            over = {"state": "resolved", "claimed_at": came, "ended_at": came + timedelta(minutes=100)}
            add(connection, f"h{days}", opened_at=asked, **over)
    hold(desk, SAM.id, 4)
    with desk.presence.online(SAM.id):
        assert told(desk).why == "unknown"
        with desk.database.read() as connection:
            desk.service.staff.learn(connection, OPEN)
        found = told(desk)
        assert (found.kind, found.minutes) == ("wait", 6)
        words = desk.service.staff.words(found, OPEN)
        sentence = desk.business.say(found.sentence, **words)
        wait = words["wait"](desk.business.times(None))
        assert wait == "about 10 minutes" and wait in sentence


async def test_what_fills_a_sentence_of_later(desk: DeskUnderTest) -> None:
    found = told(desk, EASTER)
    said = desk.business.say(found.sentence, **desk.service.staff.words(found, EASTER))
    assert "It is Easter Monday here" in said
    assert "back tomorrow at 8:00" in said and "by tomorrow at 12:00" in said


async def test_the_weight_follows_the_mood(desk: DeskUnderTest) -> None:
    with desk.database.write() as connection:
        add(connection, "h1", of={"mood": {"level": 0.8}}, reasons=[{"code": "vulnerability"}])
        add(connection, "h2", of={"mood": {"level": 0.8}}, state="resolved", ended_at=OPEN)
        add(connection, "h3", of={"mood": None}, weight=2.0)
        desk.service.staff.weigh(connection, ["c-h1", "c-h2", "c-h3"])
        rows = connection.execute(handoffs.select()).all()
    assert {row.id: row.weight for row in rows} == {"h1": 2.5, "h2": 1.0, "h3": 1.0}


def test_pace_is_told_until_waits_are_known() -> None:
    full = Standing(OPEN, agents=1, room=0, ahead=1)
    stays = [10, 10, 10, 10, 10]
    alike = [Alike(Wait(OPEN, 2, 1), 1.0)] * 8
    assert Outlook(full).behind().minutes is None
    assert Outlook(full, stays=stays, places=4).behind().minutes == 5
    assert Outlook(full, stays=stays, places=4).behind(5).minutes == 15
    assert Outlook(full, alike, stays, places=4).behind().minutes == 2


def test_reading_what_is_stored() -> None:
    assert (level(None), level({"level": 0.4})) == (0.0, 0.4)
    assert codes([{"code": "anger", "score": 1}, {}]) == ("anger", "")
