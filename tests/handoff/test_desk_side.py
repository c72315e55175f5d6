"""What the desk does by itself looks again before it acts, because somebody may have been faster."""

from datetime import timedelta

from bot.handoff.events import HandoffMoved
from bot.handoff.model import Cause, Handoff
from bot.storage import handoffs
from tests.handoff.desk import NOOR, OPEN, SAM, DeskUnderTest

LATER = OPEN + timedelta(minutes=1)


def _handoff(desk: DeskUnderTest, id: str) -> Handoff:
    with desk.database.read() as connection:
        return handoffs.latest(connection, id)


async def _queued(desk: DeskUnderTest) -> str:
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    return id


async def test_an_offer_says_to_whom_why_and_until_when(desk: DeskUnderTest) -> None:
    id = await _queued(desk)
    assert await desk.service.offer(id, SAM.id, until=LATER, assignment="Sam: " + "x" * 300)
    told = [event for event in desk.events if isinstance(event, HandoffMoved)][-1]
    assert (told.verb, told.offered_to, told.offered_until) == ("offer", SAM.id, LATER)
    assert told.assignment == _handoff(desk, id).assignment and len(told.assignment) == 200
    assert not await desk.service.offer(id, NOOR.id, until=LATER, assignment="Noor: free")


async def test_only_the_offer_that_ran_out_is_taken_back(desk: DeskUnderTest) -> None:
    id = await _queued(desk)
    await desk.service.offer(id, SAM.id, until=LATER, assignment="Sam: free")
    assert not await desk.service.expire(id, NOOR.id)
    assert await desk.service.expire(id, SAM.id)
    assert not await desk.service.expire(id, SAM.id)
    await desk.service.offer(id, NOOR.id, until=LATER, assignment="Noor: free")
    assert not await desk.service.expire(id, SAM.id)
    await desk.service.expire(id, NOOR.id)
    assert _handoff(desk, id).passed_by == (SAM.id, NOOR.id)


async def test_what_was_claimed_is_not_offered(desk: DeskUnderTest) -> None:
    id = await _queued(desk)
    await desk.service.claim(id, NOOR, 2)
    assert not await desk.service.offer(id, SAM.id, until=LATER, assignment="Sam: free")
    assert not await desk.service.offer("nobody", SAM.id, until=LATER, assignment="Sam: free")


async def test_what_an_absent_agent_had_goes_to_the_front_of_the_queue(desk: DeskUnderTest) -> None:
    first, held = await _queued(desk), await _queued(desk)
    await desk.service.claim(held, SAM, 2)
    assert not await desk.service.take_back(held, NOOR.id)
    assert await desk.service.take_back(held, SAM.id)
    assert not await desk.service.take_back(held, SAM.id)
    with desk.database.read() as connection:
        line = [handoff.conversation_id for handoff in handoffs.in_line(connection)]
    assert line == [held, first] and _handoff(desk, held).passed_by == (SAM.id,)
    said = (await desk.entrance.look(held, 0)).messages[-1].text
    assert said == desk.business.say("agent_released", agent="Sam Reyes")
