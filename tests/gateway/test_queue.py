"""Over real sockets: where a visitor stands in the queue, leaving it, who has read what, and being erased."""

import pytest

from bot.handoff.model import Cause
from tests.gateway.served import SAM, ServedDesk

pytestmark = pytest.mark.asyncio


async def test_who_waits_hears_where_they_stand_and_may_leave(strict: ServedDesk) -> None:
    async with strict.visitor() as first, strict.visitor() as second:
        with strict.app.state.service.presence.online(SAM.id):
            for visitor in (first, second):
                await visitor.send(op="person", cmid="p1")
                await visitor.until(op="owner", kind="waiting")
            assert await first.until(op="queue", place=1) == {
                "op": "queue",
                "availability": "live",
                "minutes": None,
                "place": 1,
                "promised_at": None,
            }
            await second.until(op="queue", place=2)
            await first.send(op="leave_queue", cmid="l1")
            await first.until(op="owner", kind="bot")
            left = await first.until(op="ack", cmid="l1")
            await second.until(op="queue", place=1)
            await first.send(op="leave_queue", cmid="l1")
            assert await first.until(op="ack", cmid="l1") == left
            await first.send(op="leave_queue", cmid="l2")
            assert (await first.until(op="error", cmid="l2"))["code"] == "not_waiting"
    lines = [frame["text"] for frame in first.messages]
    assert lines.count(strict.business.say("left_queue")) == 1


async def test_who_comes_back_hears_where_they_stand(strict: ServedDesk) -> None:
    async with strict.visitor() as visitor:
        await visitor.send(op="person", cmid="p1")
        await visitor.until(op="owner", kind="waiting")
        token = visitor.ready["token"]
    async with strict.visitor(token=token) as again:
        told = await again.until(op="queue")
    assert told["availability"] == "later" and told["promised_at"].endswith("Z") and told["place"] is None


async def test_reading_is_told_both_ways(desk: ServedDesk) -> None:
    service = desk.app.state.service
    async with desk.visitor() as visitor:
        id = visitor.conversation
        await visitor.say("Hello", "m1")
        await visitor.until(op="ack", cmid="m1")
        desk.step(service.claim(id, SAM, 1))
        joined = await visitor.until(op="message", speaker="system")
        desk.step(service.agent_read(id, SAM.id, 1))
        await visitor.until(op="read", seq=1)
        heard = []
        with service.bus.subscribe(heard.append, id):
            for seq in (joined["seq"], 1, 999):  # the second is old, the third was never sent
                await visitor.send(op="seen", seq=seq)
            await visitor.send(op="ping")
            await visitor.until(op="pong")
        assert [event.seq for event in heard if event.wire == "seen"] == [joined["seq"]]
        token = visitor.ready["token"]
    async with desk.visitor(token=token) as again:
        await again.until(op="read", seq=1)


@pytest.mark.parametrize(
    "frame", [{"op": "seen"}, {"op": "seen", "seq": "1"}, {"op": "seen", "seq": -1}, {"op": "leave_queue"}]
)
async def test_what_is_no_frame(desk: ServedDesk, frame: dict) -> None:
    async with desk.visitor() as visitor:
        await visitor.send(**frame)
        assert (await visitor.until(op="error"))["code"] == "bad_frame"


async def test_erased_while_talking(desk: ServedDesk) -> None:
    service = desk.app.state.service
    async with desk.visitor() as visitor:
        id, token = visitor.conversation, visitor.ready["token"]
        desk.brain.delay = 0.5  # it answers when the conversation is gone
        await visitor.say("Forget me", "m1")
        await visitor.until(op="ack", cmid="m1")
        desk.step(service.open_handoff(id, Cause("x@1")))
        desk.step(service.erase(id))
        assert await visitor.until(op="erased") == {"op": "erased", "cmid": None}
        assert await visitor.closed() == 4401
    async with desk.socket() as again:
        await again.send(op="hello", token=token, identity=None, last_seq=0, page=None)
        assert (await again.until(op="error"))["code"] == "not_authenticated"
    async with desk.visitor() as fresh:
        assert fresh.conversation != id
