"""Nobody who waits is forgotten: what was left goes back, what slept wakes, what happens is seen to."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.handoff.events import HandoffMoved, QueueMoved
from bot.storage import handoffs
from tests.handoff.desk import NIGHT, NOOR, SAM
from tests.handoff.floor import Floor


async def test_what_an_absent_agent_left_goes_back_to_the_queue(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    floor.leave()
    await floor.round(after=180)
    assert floor.handoff(held).state == "accepted"
    floor.come(NOOR.id)
    await floor.round(after=1)
    handoff = floor.handoff(held)
    assert (handoff.state, handoff.offered_to, handoff.released) == ("offered", NOOR.id, 1)


async def test_a_reload_is_no_absence(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    floor.leave()
    await floor.round(after=170)
    floor.come(SAM.id)
    await floor.round(after=170)
    floor.leave()
    await floor.round(after=170)
    assert floor.handoff(held).state == "accepted"


async def test_who_gives_it_back_is_not_the_first_to_be_asked(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    await floor.desk.service.release(held, SAM, floor.version(held))
    await floor.round()
    assert floor.handoff(held).state == "queued"
    floor.come(NOOR.id)
    await floor.round()
    assert floor.handoff(held).offered_to == NOOR.id


async def test_who_transfers_for_a_skill_is_not_asked(floor: Floor) -> None:
    floor.come(SAM.id, NOOR.id)
    floor.change_agent(SAM.id, skills=["money"])
    held = await floor.claimed(SAM)
    await floor.desk.service.transfer(held, SAM, floor.version(held), skill="money")
    await floor.round(after=181)
    assert floor.handoff(held).offered_to == NOOR.id


async def test_after_a_restart_agents_have_time_to_come_back(floor: Floor) -> None:
    held = await floor.claimed(SAM)  # by a console that is not there any more
    await floor.round(after=100)
    assert floor.handoff(held).state == "accepted"
    await floor.round(after=100)
    assert floor.handoff(held).state == "queued"


async def test_what_was_answered_goes_back_only_when_the_customer_writes(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    await floor.desk.service.reply(held, SAM, "r1", "It is on its way.")
    floor.leave()
    await floor.round(after=3600)
    assert floor.handoff(held).state == "awaiting_customer"
    await floor.desk.service.receive(held, "m2", "It still has not come.")
    await floor.round(after=1)
    assert floor.handoff(held).state == "queued"


async def test_what_was_put_aside_wakes_and_goes_back_if_its_agent_is_gone(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    until = floor.desk.clock.now + timedelta(minutes=10)
    await floor.desk.service.snooze(held, SAM, floor.version(held), until)
    await floor.round(after=599)
    assert floor.handoff(held).state == "snoozed"
    await floor.round(after=1)
    assert floor.handoff(held).state == "in_progress"
    floor.leave()
    await floor.round(after=181)
    assert floor.handoff(held).state == "queued"


async def test_two_who_attend_do_nothing_twice(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id, NOOR.id)
    other = floor.new_attendant()
    await asyncio.gather(floor.attendant.round(), other.round())
    floor.desk.ticks.now += 45
    floor.desk.clock.now += timedelta(seconds=45)
    await asyncio.gather(floor.attendant.round(), other.round())
    offers = [e for e in floor.desk.events if isinstance(e, HandoffMoved) and e.verb == "offer"]
    assert len(offers) == 2
    assert {offer.offered_to for offer in offers} == {SAM.id, NOOR.id}
    assert floor.handoff(conversation).state == "offered"


async def test_who_waits_hears_when_somebody_comes(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.change_agent(SAM.id, breather_until=floor.desk.clock.now + timedelta(hours=1))
    with floor.desk.database.write() as connection:
        handoffs.change(connection, floor.handoff(conversation).id, availability="wait")
    floor.desk.events.clear()
    floor.come(NOOR.id)
    await floor.round()
    while not (moved := [event for event in floor.desk.events if isinstance(event, QueueMoved)]):
        await asyncio.sleep(0.01)
    assert [(event.conversation_id, event.availability) for event in moved] == [(conversation, "live")]


async def test_a_round_that_fails_is_not_the_last(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    async def look() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            floor.attendant._beat.stir()
            raise OSError("no database for a moment")

    monkeypatch.setattr(floor.attendant, "round", look)
    async with floor.attendant.running():
        while len(rounds) < 2:
            await asyncio.sleep(0)


async def test_an_event_is_acted_on_at_once(floor: Floor) -> None:
    """Within the task, nobody waits for the next beat when something opens."""
    floor.come(SAM.id)
    async with floor.attendant.running():
        conversation = await floor.someone_waits()
        while floor.handoff(conversation).state != "offered":
            await asyncio.sleep(0.005)


async def test_at_night_it_is_kept_for_the_morning(floor: Floor) -> None:
    floor.desk.clock.now = NIGHT
    conversation = await floor.someone_waits()
    await floor.round()
    handoff = floor.handoff(conversation)
    promised = datetime.fromisoformat("2026-11-04T12:00:00+00:00")
    assert (handoff.state, handoff.availability, handoff.promised_at) == ("queued", "later", promised)
    floor.come(NOOR.id)
    await floor.round(after=9.5 * 3600)
    assert floor.handoff(conversation).offered_to == NOOR.id
