"""The desk is killed after it has saved and before it has told anybody; then it starts again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.handoff.events import QueueMoved
from bot.handoff.model import Cause
from bot.handoff.service import HandoffService
from bot.storage import conversations, handoffs, messages, notes
from tests.handoff.desk import NOOR, OPEN, SAM, DeskUnderTest

Call = Callable[[HandoffService, str], Awaitable[object]]
CALLS: dict[str, tuple[bool, Call]] = {  # whether an agent has the conversation before
    "receive": (False, lambda service, id: service.receive(id, "m1", "Hello")),
    "person": (False, lambda service, id: service.request_person(id, "p1")),
    "open": (False, lambda service, id: service.open_handoff(id, Cause("x@1"))),
    "claim": (False, lambda service, id: service.claim(id, SAM, 1)),
    "reply": (True, lambda service, id: service.reply(id, SAM, "r1", "Hello")),
    "note": (True, lambda service, id: service.note(id, SAM, "n1", "Call her")),
    "snooze": (True, lambda service, id: service.snooze(id, SAM, 2, OPEN + timedelta(hours=1))),
    "release": (True, lambda service, id: service.release(id, SAM, 2)),
    "transfer": (True, lambda service, id: service.transfer(id, SAM, 2, to=NOOR.id, note="Yours")),
    "hand back": (True, lambda service, id: service.hand_back(id, SAM, 2, "Sent a bag")),
    "resolve": (True, lambda service, id: service.resolve(id, SAM, 2, "solved")),
}


class Killed(BaseException):
    """As sudden as a signal: nothing in the desk may catch it."""


def _stored(desk: DeskUnderTest, id: str) -> tuple:
    with desk.database.read() as connection:
        handoff = handoffs.latest(connection, id)
        return (
            conversations.find(connection, id),
            handoff and (handoff.id, handoff.state, handoff.passed_by, handoff.released, handoff.note),
            messages.after(connection, id),
            notes.of(connection, id),
        )


def _again(desk: DeskUnderTest) -> HandoffService:
    """Start another desk on the same database."""
    parts = {"business": desk.business, "briefs": desk.briefs, "bus": desk.bus, "presence": desk.presence}
    return HandoffService(desk.database, **parts, clock=desk.clock)


@pytest.mark.parametrize("verb", CALLS)
async def test_what_was_saved_and_not_told_is_there_once(
    desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    is_held, call = CALLS[verb]
    id = await desk.conversation()
    if is_held:
        await desk.service.claim(id, SAM, 1)

    before = _stored(desk, id)

    def killed(*events: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(desk.bus, "publish", killed)
        with pytest.raises(Killed):
            # Without the shield, which lets a whole process die at once here and not only a task.
            await _bare(desk.service, call, id)
    saved = _stored(desk, id)
    assert saved != before
    restarted = _again(desk)
    await restarted.resume()
    resumed = _stored(desk, id)
    await call(restarted, id)
    await restarted.close()
    after = _stored(desk, id)
    assert after == resumed
    assert [message.text for message in after[2]] == [message.text for message in saved[2]]


async def _bare(service: HandoffService, call: Call, id: str) -> None:
    async def change(conversation_id: str, work: Callable) -> object:
        return await service._changed(conversation_id, work)

    service._change = change
    await call(service, id)


async def test_the_queue_is_told_once_for_many_changes(
    desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handoff.ledger.GATHER", 0.05)
    with desk.presence.online(SAM.id):
        ids = [await desk.conversation() for _ in range(3)]
        await asyncio.gather(*(desk.service.open_handoff(id, Cause("x@1")) for id in ids))
        await desk.service._placing
        places = [event.place for event in desk.events if isinstance(event, QueueMoved)]
        assert sorted(places) == [1, 2, 3]
        first = next(e.conversation_id for e in desk.events if isinstance(e, QueueMoved) and e.place == 1)
        desk.events.clear()
        await desk.service.leave_queue(first, "l1")
        await desk.service._placing
    moved = {event.place for event in desk.events if isinstance(event, QueueMoved)}
    assert moved == {1, 2}
