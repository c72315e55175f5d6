"""Order, copies, limits and slow receivers, with many frames at once."""

import asyncio
import json

from tests.gateway.served import SAM, ServedDesk


async def test_fifty_at_once_keep_their_order_and_are_answered_in_it(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor, desk.visitor(token=visitor.ready["token"]) as other:
        for n in range(50):
            await visitor.say(f"text {n}", f"m{n}")
        last = {"op": "message", "text": "You said: text 49"}
        await visitor.until(30, **last)
        await other.until(30, **last)
        acks = [frame for frame in visitor.heard if frame["op"] == "ack"]
        assert [ack["cmid"] for ack in acks] == [f"m{n}" for n in range(50)]
        assert [message["seq"] for message in visitor.messages] == list(range(1, 101))
        assert visitor.messages == other.messages
        asked = [asked["text"] for asked in desk.brain.of(visitor.conversation)]
        assert asked == [f"text {n}" for n in range(50)]
        assert desk.brain.most_at_once[visitor.conversation] == 1


async def test_no_more_than_four_questions_at_once_in_all(desk: ServedDesk) -> None:
    desk.brain.delay = 0.1
    desk.brain.most_at_once.clear()

    async def one() -> None:
        async with desk.visitor() as visitor:
            await visitor.say("hello")
            await visitor.until(op="message", speaker="bot")

    await asyncio.gather(*(one() for _ in range(12)))
    assert desk.brain.most_at_once["*"] == 4


async def test_a_thousand_copies_from_five_sockets_are_one_message(desk: ServedDesk) -> None:
    async with desk.visitor() as first:
        frame = json.dumps({"op": "say", "cmid": "m1", "text": "hello"})

        async def flood() -> list[int]:
            async with desk.visitor(token=first.ready["token"]) as visitor:
                for _ in range(200):
                    await visitor.line.send(frame)
                while len(acks := [f for f in visitor.heard if f["op"] == "ack"]) < 200:
                    assert (await visitor.next())["op"] != "error"
                return [ack["seq"] for ack in acks]

        seqs = await asyncio.gather(*(flood() for _ in range(5)))
        assert {seq for some in seqs for seq in some} == {1}
        await first.until(op="message", speaker="bot")
        assert [message["seq"] for message in first.messages] == [1, 2]
        assert len(desk.brain.of(first.conversation)) == 1


async def test_bot_and_agent_race_and_nobody_is_talked_over(desk: ServedDesk) -> None:
    """Whatever the agent overtakes is not shown; whatever is shown was said before the agent joined."""
    service = desk.app.state.service
    for n in range(15):
        desk.brain.delay = 0.004 * (n % 5)
        async with desk.visitor() as visitor:
            await visitor.say("where is it")
            await visitor.until(op="ack")
            desk.step(service.claim(visitor.conversation, SAM, 1))
            joined = desk.business.say("agent_joined", agent=SAM.name)
            await visitor.until(op="message", text=joined)
            after = await visitor.silence(0.1)
            assert not any(frame["op"] == "message" for frame in after)


async def test_a_burst_is_taken_and_a_flood_is_not(strict: ServedDesk) -> None:
    async with strict.visitor() as visitor:
        for n in range(8):
            await visitor.say(f"text {n}", f"m{n}")
        for _ in range(3):
            error = await visitor.until(op="error")
            assert error["code"] == "too_many" and error["cmid"]
        await asyncio.sleep(1.1)
        await visitor.say("again", "m5")
        await visitor.until(op="ack", cmid="m5")
        texts = [message["text"] for message in visitor.messages if message["speaker"] == "visitor"]
        assert texts == [f"text {n}" for n in range(5)]


async def test_a_flood_that_goes_on_is_the_end(strict: ServedDesk) -> None:
    async with strict.visitor() as visitor:
        for n in range(100):
            await visitor.say("flood", f"m{n}")
        assert await visitor.closed() == 1008


async def test_the_line_for_the_bot_is_bounded(strict: ServedDesk) -> None:
    strict.brain.delay = 30
    limits = strict.app.state.gateway.limits
    async with strict.visitor() as visitor:
        bucket = strict.app.state.gateway.messages.of(visitor.conversation)
        bucket._left = bucket._burst = 100  # the other limit would come first
        for n in range(limits.queue + 1):
            await visitor.say("more", f"m{n}")
        error = await visitor.until(op="error")
        assert (error["code"], error["cmid"]) == ("too_many", f"m{limits.queue}")


async def test_five_sockets_to_a_conversation(strict: ServedDesk) -> None:
    async with strict.visitor() as first:
        token = first.ready["token"]
        more = [strict.visitor(token=token) for _ in range(4)]
        for one in more:
            await one.__aenter__()
        async with strict.socket() as sixth:
            await sixth.send(op="hello", token=token, identity=None, last_seq=0, page=None)
            assert (await sixth.until(op="error"))["code"] == "too_many"
            assert await sixth.closed() == 1013
        for one in more:
            await one.__aexit__(None, None, None)


async def test_twenty_sockets_from_an_address(strict: ServedDesk) -> None:
    lines = [strict.visitor() for _ in range(20)]
    for line in lines:
        await line.__aenter__()
    async with strict.socket() as last:
        assert (await last.until(op="error"))["code"] == "too_many"
        assert await last.closed() == 1013
    for line in lines:
        await line.__aexit__(None, None, None)


async def test_who_does_not_read_is_let_go_and_nobody_else_waits(desk: ServedDesk) -> None:
    service, places = desk.app.state.service, desk.app.state.gateway.sockets
    async with desk.visitor() as reader:
        id, token = reader.conversation, reader.ready["token"]
        async with desk.socket() as sleeper:
            await sleeper.hello(token=token)
            sleeper.line.transport.pause_reading()
            for n in range(600):
                desk.loop.call_soon_threadsafe(service.typing, id, "agent", "x" * 50_000, n % 2 == 0)
                await reader.until(op="typing")
            for _ in range(1000):
                if places._taken[id] == 1:
                    break
                await asyncio.sleep(0.01)
            assert places._taken[id] == 1
            sleeper.line.transport.abort()
        await reader.say("still here")
        await reader.until(op="message", text="You said: still here")
    async with desk.visitor(token=token) as repaired:
        await repaired.until(op="message", text="You said: still here")
