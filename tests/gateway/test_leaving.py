"""Over real sockets: ending the chat, being called back, having everything deleted, in more than one tab."""

import pytest

from bot.desk.attempts import Attempts
from bot.handoff.model import Cause
from tests.gateway.served import SAM, ServedDesk, Visitor
from tests.serving import until

pytestmark = pytest.mark.asyncio
CALL = {"op": "callback", "email": "mara@shop.example"}


async def _said(visitor: Visitor, text: str = "Hello") -> None:
    cmid = await visitor.say(text)
    await visitor.until(op="ack", cmid=cmid)
    await visitor.until(op="message", speaker="bot")


async def test_ending_is_acknowledged_and_seen_in_every_tab(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await _said(visitor)
        async with desk.visitor(token=visitor.ready["token"]) as tab:
            for _ in range(2):
                await visitor.send(op="end", cmid="e1")
                ack = await visitor.until(op="ack", cmid="e1")
            await tab.until(op="owner", kind="closed")
            told = await tab.until(op="message", speaker="system")
            assert (told["seq"], told["text"]) == (ack["seq"], desk.business.say("ended"))
            await tab.send(op="end", cmid="e2")
            assert (await tab.until(op="error", cmid="e2"))["code"] == "closed"
            await tab.say("One more thing", "m2")
            await visitor.until(op="owner", kind="bot")
            assert (await visitor.until(op="message", speaker="bot"))["text"] == "You said: One more thing"
    assert [frame["text"] for frame in visitor.messages].count(desk.business.say("ended")) == 1


async def test_an_agent_learns_that_the_visitor_has_ended_it(desk: ServedDesk) -> None:
    service, heard = desk.app.state.service, []
    async with desk.visitor() as visitor:
        await _said(visitor)
        desk.step(service.claim(visitor.conversation, SAM, 1))
        with service.bus.subscribe(heard.append, visitor.conversation):
            await visitor.send(op="end", cmid="e1")
            await visitor.until(op="ack", cmid="e1")
    assert [(event.verb, event.state) for event in heard if event.wire == "step"] == [("end", "ended")]


async def test_who_waits_leaves_an_address_and_is_told_by_when(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.send(op="person", cmid="p1")
        await visitor.until(op="owner", kind="waiting")
        await visitor.send(**CALL, cmid="c1")
        ack = await visitor.until(op="ack", cmid="c1")
        told = await visitor.until(op="message", cmid="c1")
        assert (told["seq"], told["speaker"]) == (ack["seq"], "system")
        assert "mara@shop.example" in told["text"]
        queue = await visitor.until(op="queue", availability="later")
        assert queue["place"] is None and queue["promised_at"].endswith("Z")


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"email": "mara"},
        {"phone": "12"},
        {"phone": "0117 496 0142", "at": "2020-01-01T10:00:00Z"},
    ],
)
async def test_what_cannot_be_promised_is_said_and_may_be_tried_again(desk: ServedDesk, wish: dict) -> None:
    async with desk.visitor() as visitor:
        await visitor.send(op="person", cmid="p1")
        await visitor.until(op="owner", kind="waiting")
        for number in range(5):  # more often than a widget that sends nonsense
            await visitor.send(op="callback", cmid=f"c{number}", **wish)
            refusal = await visitor.until(op="error", cmid=f"c{number}")
            assert refusal["code"] in ("bad_address", "bad_time") and refusal["text"]


async def test_nobody_floods_the_customer_records_with_calls(
    desk: ServedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Attempts(limit=3, seconds=3600)
    monkeypatch.setattr(desk.app.state.gateway, "_calls", few)
    async with desk.visitor() as visitor:
        await visitor.send(op="person", cmid="p1")
        await visitor.until(op="owner", kind="waiting")
        for number in (1, 1, 2, 3):  # what comes again and what was refused count for nothing
            await visitor.send(op="callback", cmid=f"w{number}", email="mara")
            await visitor.until(op="error", cmid=f"w{number}", code="bad_address")
            await visitor.send(**CALL, cmid=f"c{number}")
            await visitor.until(op="ack", cmid=f"c{number}")
        await visitor.send(**CALL, cmid="c4")
        assert (await visitor.until(op="error", cmid="c4"))["code"] == "too_many"


@pytest.mark.parametrize("at", ["tomorrow", "2026-11-23T10:00:00", 5])
async def test_a_moment_has_a_zone(desk: ServedDesk, at: object) -> None:
    async with desk.visitor() as visitor:
        await visitor.send(op="callback", cmid="c1", phone="0117 496 0142", at=at)
        assert (await visitor.until(op="error", cmid="c1"))["code"] == "bad_frame"


async def test_where_nobody_is_waited_for_there_is_nobody_to_call(desk: ServedDesk) -> None:
    service = desk.app.state.service
    async with desk.visitor() as visitor:
        await _said(visitor)
        desk.step(service.claim(visitor.conversation, SAM, 1))
        await visitor.send(**CALL, cmid="c1")
        assert (await visitor.until(op="error", cmid="c1"))["code"] == "not_waiting"


async def test_deleting_is_told_in_every_tab_and_nothing_leads_back(desk: ServedDesk) -> None:
    service = desk.app.state.service
    async with desk.visitor() as visitor:
        await _said(visitor, "Forget me")
        id, token = visitor.conversation, visitor.ready["token"]
        desk.step(service.open_handoff(id, Cause("x@1")))
        async with desk.visitor(token=token) as tab:
            await visitor.send(op="erase", cmid="x1")
            assert await visitor.until(op="erased") == {"op": "erased", "cmid": "x1"}
            assert await tab.until(op="erased") == {"op": "erased", "cmid": None}
            assert await visitor.closed() == 4401 and await tab.closed() == 4401
    async with desk.socket() as again:
        await again.send(op="hello", token=token, identity=None, last_seq=0, page=None)
        assert (await again.until(op="error"))["code"] == "not_authenticated"
    until(lambda: id in desk.brain.forgotten)


async def test_what_is_deleted_while_a_tab_comes_back_is_over_for_it(
    desk: ServedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entrance, service = desk.app.state.gateway.entrance, desk.app.state.service
    async with desk.visitor() as visitor:
        await _said(visitor)
        id, token = visitor.conversation, visitor.ready["token"]
    look = entrance.look

    async def too_late(conversation_id: str, after_seq: int) -> object:
        await service.erase(id)
        return await look(conversation_id, after_seq)

    monkeypatch.setattr(entrance, "look", too_late)
    async with desk.socket() as tab:
        await tab.send(op="hello", token=token, identity=None, last_seq=0, page=None)
        assert await tab.closed() == 4401


async def test_a_hello_that_fails_half_way_is_said_again_on_a_new_line(
    desk: ServedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(desk.app.state.gateway.entrance, "look", broken)
        async with desk.socket() as tab:
            await tab.send(op="hello", token=None, identity=None, last_seq=0, page=None)
            assert await tab.closed() == 1013
    async with desk.visitor() as again:
        await _said(again)


async def test_a_bot_that_is_down_forgets_later(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await _said(visitor, "Forget me")
        desk.brain.status = 503
        await visitor.send(op="erase")
        await visitor.until(op="erased")
        id = visitor.conversation
    assert id not in desk.brain.forgotten
    desk.brain.status = 200
    until(lambda: id in desk.brain.forgotten, seconds=20)


async def test_what_still_waits_for_the_bot_is_never_put_to_it(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        desk.brain.delay = 0.5
        for number in range(4):
            await visitor.say(f"Question {number}", f"m{number}")
            await visitor.until(op="ack", cmid=f"m{number}")
        await visitor.send(op="erase", cmid="x1")
        await visitor.until(op="erased")
        id = visitor.conversation
    until(lambda: id in desk.brain.forgotten)
    assert len(desk.brain.of(id)) == 1
