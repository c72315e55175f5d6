"""A visitor, the bot and a person talk over real sockets."""

import asyncio

import httpx
import pytest

from tests.gateway.served import SAM, ServedDesk


async def test_the_first_hello(desk: ServedDesk) -> None:
    async with desk.visitor(page="https://copperkettle.example/coffee") as visitor:
        ready = visitor.ready
        assert len(ready["conversation"]) == 22 and len(ready["token"]) >= 32
        assert ready["last_seq"] == 0 and ready["visitor"] is None
        assert ready["owner"] == {"kind": "bot", "name": None, "version": 1}
        assert ready["business"] == {"name": "Copper Kettle Coffee", "assistant": "Pip"}
        assert ready["greeting"]["text"] == desk.business.greeting()
        first = ready["greeting"]["buttons"][0]
        assert first == {"id": "g1", "title": "Where is my order?", "text": "Where is my order?"}


@pytest.mark.parametrize(
    "page", ["http://[", "https://[::1", "javascript:alert(1)", "http://\ud800/", "x" * 9000]
)
async def test_an_odd_page_keeps_nobody_out(desk: ServedDesk, page: str) -> None:
    async with desk.visitor(page=page) as visitor:
        assert visitor.ready["last_seq"] == 0


async def test_stored_then_acknowledged_then_answered(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.say("Hello there", "m1")
        await visitor.until(op="typing", on=False)
        ops = [frame["op"] for frame in visitor.heard[1:]]
        assert ops == ["ack", "message", "typing", "message", "typing"]
        ack, own, _, answer, _ = visitor.heard[1:]
        assert (ack["cmid"], ack["seq"], ack["at"]) == ("m1", 1, own["at"])
        assert (own["speaker"], own["cmid"], own["text"]) == ("visitor", "m1", "Hello there")
        assert (answer["speaker"], answer["name"], answer["seq"]) == ("bot", "Pip", 2)
        asked = desk.brain.of(visitor.conversation)[0]
        assert asked == {
            "conversation": visitor.conversation,
            "message_id": "1",
            "kind": "text",
            "text": "Hello there",
            "metadata": {"customer_id": None, "customer_name": None, "locale": None, "written": None},
        }
        assert desk.brain.headers[-1]["x-kindhand-secret"] == desk.settings.secret


async def test_a_reload_finds_everything(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.say("one")
        await visitor.until(op="message", speaker="bot")
        token = visitor.ready["token"]
    async with desk.visitor(token=token) as again:
        assert again.conversation == visitor.conversation
        await again.until(op="message", seq=2)
        assert [frame["text"] for frame in again.messages] == ["one", "You said: one"]
    async with desk.visitor(token=token, last_seq=1) as later:
        assert (await later.next())["seq"] == 2
        assert [frame for frame in await later.silence() if frame["op"] != "survey"] == []


async def test_a_number_that_never_was_gives_everything(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.say("one")
        await visitor.until(op="message", speaker="bot")
    async with desk.visitor(token=visitor.ready["token"], last_seq=2**31 - 1) as again:
        await again.until(op="message", seq=2)
        assert [frame["seq"] for frame in again.messages] == [1, 2]


async def test_other_tabs_see_the_same(desk: ServedDesk) -> None:
    async with desk.visitor() as one, desk.visitor(token=one.ready["token"]) as two:
        await one.say("from one", "m1")
        await one.until(op="message", speaker="bot")
        await two.until(op="message", speaker="bot")
        assert [(m["seq"], m["text"]) for m in one.messages] == [(m["seq"], m["text"]) for m in two.messages]
        assert not any(frame["op"] == "ack" for frame in two.heard)


async def test_a_button_sends_what_the_desk_keeps(desk: ServedDesk) -> None:
    offered = {"text": "Shall I cancel it?", "buttons": [{"title": "Yes", "payload": "/affirm"}]}
    desk.brain.answer = lambda asked: [offered]
    async with desk.visitor() as visitor:
        await visitor.say("cancel my order")
        question = await visitor.until(op="message", speaker="bot")
        assert question["buttons"] == [{"id": "b1", "title": "Yes"}]
        await visitor.send(op="choose", cmid="c1", seq=question["seq"], button="b1")
        own = await visitor.until(op="message", speaker="visitor", cmid="c1")
        assert own["text"] == "Yes"
        await visitor.until(op="message", speaker="bot", seq=4)
        asked = desk.brain.of(visitor.conversation)[-1]
        assert (asked["kind"], asked["text"]) == ("payload", "/affirm")


async def test_a_button_that_is_not_there(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.say("hello")
        await visitor.until(op="message", speaker="bot")
        await visitor.send(op="choose", cmid="c1", seq=2, button="b1")
        error = await visitor.until(op="error")
        assert (error["code"], error["cmid"]) == ("not_found", "c1")


async def test_asking_for_a_person_works_without_the_brain(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.send(op="person", cmid="p1")
        ack = await visitor.until(op="ack")
        requested = await visitor.until(op="message", cmid="p1")
        owner = await visitor.until(op="owner")
        assert ack["seq"] == requested["seq"] == 1
        assert (requested["speaker"], requested["text"]) == ("system", desk.business.say("person_requested"))
        assert (owner["kind"], owner["version"]) == ("waiting", 2)
        assert desk.brain.of(visitor.conversation) == []


async def test_the_bot_calls_a_person_and_says_a_parting_word(desk: ServedDesk) -> None:
    def escalate(asked: dict) -> list[dict]:
        told = {"conversation": asked["conversation"], "cause": "safety@1", "reasons": []}
        secret = {"X-Kindhand-Secret": desk.settings.secret}
        opened = httpx.post(f"{desk.http}/internal/handoffs", json=told, headers=secret)
        again = httpx.post(f"{desk.http}/internal/handoffs", json=told, headers=secret)
        answers.extend([opened.json(), again.json()])
        return [{"text": "Please call 999.", "buttons": []}]

    answers: list[dict] = []
    desk.brain.answer = escalate
    async with desk.visitor() as visitor:
        await visitor.say("The kettle is on fire")
        await visitor.until(op="message", text="Please call 999.")
        assert [answer["opened"] for answer in answers] == [True, False]
        assert [m["speaker"] for m in visitor.messages] == ["visitor", "system", "bot"]
        await visitor.say("hello?")
        await visitor.until(op="message", speaker="system")
        await visitor.silence()
        assert len(desk.brain.of(visitor.conversation)) == 1


async def test_a_card_comes_with_the_answer_and_again_after_a_reconnect(desk: ServedDesk) -> None:
    card = {"kind": "order", "number": "CK-10423", "status": "shipped", "total": 31.5, "currency": "GBP"}
    desk.brain.answer = lambda asked: [{"text": "It is on its way.", "buttons": [], "card": card}]
    async with desk.visitor() as visitor:
        await visitor.say("Where is it?")
        shown = (await visitor.until(op="message", text="It is on its way."))["card"]
        assert card.items() <= shown.items() and shown["items"] == [] and shown["tracking"] is None
        token = visitor.ready["token"]
    async with desk.visitor(token=token) as again:
        replayed = await again.until(op="message", text="It is on its way.")
        assert replayed["card"] == shown


async def test_a_person_takes_over_and_gives_back(desk: ServedDesk) -> None:
    service = desk.app.state.service
    async with desk.visitor() as visitor:
        id = visitor.conversation
        await visitor.send(op="person", cmid="p1")
        await visitor.until(op="owner", kind="waiting")
        desk.step(service.claim(id, SAM, 2))
        assert (await visitor.until(op="owner"))["name"] == SAM.name
        await visitor.until(op="message", text=desk.business.say("agent_joined", agent=SAM.name))
        await visitor.say("Hello Sam", "m1")
        await visitor.until(op="ack")
        desk.step(service.reply(id, SAM, "r1", "Hello, how can I help?"))
        reply = await visitor.until(op="message", speaker="agent")
        assert (reply["name"], reply["text"]) == (SAM.name, "Hello, how can I help?")
        desk.loop.call_soon_threadsafe(service.typing, id, "agent", SAM.name, True)
        assert (await visitor.until(op="typing", speaker="agent"))["on"]
        desk.brain.answer = lambda asked: [{"text": "I am back.", "buttons": []}]
        desk.step(service.hand_back(id, SAM, 3, "sent a new bag"))
        assert (await visitor.until(op="owner"))["kind"] == "bot"
        await visitor.until(op="message", text="I am back.")
        assert desk.brain.of(id)[0]["text"].startswith("/handed_back{")
        desk.brain.reset()
        await visitor.say("thanks")
        await visitor.until(op="message", text="You said: thanks")


async def test_writing_after_the_end_reaches_the_bot(desk: ServedDesk) -> None:
    service = desk.app.state.service
    async with desk.visitor() as visitor:
        desk.step(service.claim(visitor.conversation, SAM, 1))
        desk.step(service.resolve(visitor.conversation, SAM, 2))
        await visitor.until(op="owner", kind="closed")
        await visitor.say("one more thing")
        assert (await visitor.until(op="owner"))["kind"] == "bot"
        await visitor.until(op="message", text="You said: one more thing")


async def test_an_answer_that_an_agent_overtook_is_never_shown(desk: ServedDesk) -> None:
    desk.brain.delay = 0.3
    service = desk.app.state.service
    async with desk.visitor() as visitor:
        await visitor.say("where is it")
        await visitor.until(op="typing", on=True)
        desk.step(service.claim(visitor.conversation, SAM, 1))
        frames = await visitor.silence(0.8)
        assert not any(frame.get("speaker") == "bot" and frame["op"] == "message" for frame in frames)


async def test_typing_reaches_the_agents_and_ends_with_the_socket(desk: ServedDesk) -> None:
    told: list[tuple[str, bool]] = []
    async with desk.visitor() as visitor:
        hearing = desk.app.state.service.bus.subscribe(
            lambda event: told.append((event.speaker, event.on)), visitor.conversation
        )
        hearing.__enter__()
        for on in (True, True, False, True):
            await visitor.send(op="typing", on=on)
        await visitor.send(op="ping")
        await visitor.until(op="pong")
        assert told == [("visitor", True), ("visitor", False), ("visitor", True)]
    for _ in range(100):
        if len(told) == 4:
            break
        await asyncio.sleep(0.02)
    assert told[-1] == ("visitor", False)


async def test_a_handoff_by_the_desk_drops_what_the_bot_was_busy_with(desk: ServedDesk) -> None:
    desk.brain.delay = 0.3
    async with desk.visitor() as visitor:
        await visitor.say("where is it")
        await visitor.until(op="typing", on=True)
        await visitor.send(op="person", cmid="p1")
        frames = await visitor.silence(0.8)
        assert not any(frame.get("speaker") == "bot" and frame["op"] == "message" for frame in frames)


async def test_the_mood_is_kept_beside_the_talk(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        moods: list[int] = []
        hearing = desk.app.state.service.bus.subscribe(
            lambda event: moods.append(event.seq) if event.wire == "mood" else None, visitor.conversation
        )
        with hearing:
            await visitor.say("hello")
            await visitor.until(op="message", speaker="bot")
            await visitor.silence(0.6)
        assert moods == [1]
