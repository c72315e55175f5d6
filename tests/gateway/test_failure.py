"""The brain is slow, broken or gone: the visitor hears of it, loses nothing and reaches a person."""

from pathlib import Path

import pytest

from bot.desk.visitor.turns import Patience
from tests.gateway.served import ServedDesk, parts, serve_desk


async def test_a_slow_answer_is_announced_and_still_shown(hasty: ServedDesk) -> None:
    hasty.brain.delay = 0.8
    async with hasty.visitor() as visitor:
        await visitor.say("where is it")
        notice = await visitor.until(op="message", speaker="system")
        assert notice["text"] == hasty.business.say("brain_slow")
        assert [button["id"] for button in notice["buttons"]] == ["person"]
        await visitor.until(op="message", text="You said: where is it")
        assert not any(frame["op"] == "message" for frame in await visitor.silence())


async def test_the_person_button_works_while_the_brain_hangs(hasty: ServedDesk) -> None:
    hasty.brain.delay = 1.5
    async with hasty.visitor() as visitor:
        await visitor.say("where is it")
        notice = await visitor.until(op="message", speaker="system")
        await visitor.send(op="choose", cmid="c1", seq=notice["seq"], button="person")
        own = await visitor.until(op="message", cmid="c1")
        assert (own["speaker"], own["text"]) == ("visitor", hasty.business.say("button_person"))
        assert (await visitor.until(op="owner"))["kind"] == "waiting"
        late = await visitor.silence(1.8)
        assert not any(frame.get("speaker") == "bot" and frame["op"] == "message" for frame in late)


@pytest.mark.parametrize(("status", "body"), [(503, None), (500, b"oops"), (504, None)])
async def test_trouble_is_said_once_and_the_answer_comes_when_it_is_over(
    hasty: ServedDesk, status: int, body: bytes | None
) -> None:
    hasty.brain.status, hasty.brain.body = status, body
    async with hasty.visitor() as visitor:
        await visitor.say("where is it")
        notice = await visitor.until(op="message", speaker="system")
        assert notice["text"] == hasty.business.say("brain_trouble")
        assert [button["id"] for button in notice["buttons"]] == ["retry", "person"]
        hasty.brain.status, hasty.brain.body = 200, None
        await visitor.until(op="message", text="You said: where is it")
        assert [m["speaker"] for m in visitor.messages] == ["visitor", "system", "bot"]
        ids = {asked["message_id"] for asked in hasty.brain.of(visitor.conversation)}
        assert ids == {"1"}


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"not json", b'{"messages": 7}', b'{"messages": [{"text": null}]}', b'{"messages": []}'],
)
async def test_an_answer_that_makes_no_sense_is_a_failure(hasty: ServedDesk, body: bytes) -> None:
    hasty.brain.body = body
    async with hasty.visitor() as visitor:
        await visitor.say("where is it")
        notice = await visitor.until(op="message", speaker="system")
        assert notice["text"] == hasty.business.say("brain_trouble")
        hasty.brain.body = None
        await visitor.send(op="choose", cmid="t1", seq=notice["seq"], button="retry")
        await visitor.until(op="message", text="You said: where is it")
        await visitor.silence(0.1)
        assert [m["text"] for m in visitor.messages][2] == hasty.business.say("button_retry")


async def test_patience_ends_and_a_second_try_begins(hasty: ServedDesk) -> None:
    hasty.brain.status = 503
    async with hasty.visitor() as visitor:
        await visitor.say("where is it")
        notice = await visitor.until(op="message", speaker="system")
        await visitor.until(op="typing", on=False)
        assert len(hasty.brain.of(visitor.conversation)) > 3
        hasty.brain.status = 200
        await visitor.send(op="choose", cmid="t1", seq=notice["seq"], button="retry")
        await visitor.until(op="message", text="You said: where is it")


async def test_what_is_written_in_the_meantime_is_answered_in_order(hasty: ServedDesk) -> None:
    hasty.brain.status = 503
    async with hasty.visitor() as visitor:
        await visitor.say("one")
        await visitor.until(op="message", speaker="system")
        await visitor.say("two")
        await visitor.until(op="ack")
        hasty.brain.status = 200
        await visitor.until(op="message", text="You said: two")
        answers = [m["text"] for m in visitor.messages if m["speaker"] == "bot"]
        assert answers == ["You said: one", "You said: two"]


@pytest.mark.parametrize("broken", ["503", "hangs"])
async def test_asking_for_a_person_in_words_works_without_the_brain(hasty: ServedDesk, broken: str) -> None:
    if broken == "503":
        hasty.brain.status = 503
    else:
        hasty.brain.delay = 3
    async with hasty.visitor() as visitor:
        await visitor.say("I want to talk to a human being, please")
        owner = await visitor.until(op="owner")
        assert owner["kind"] == "waiting"
        sentences = [m["text"] for m in visitor.messages if m["speaker"] == "system"]
        assert hasty.business.say("brain_trouble") not in sentences


async def test_a_brain_that_refuses_the_connection_is_noticed_at_once(tmp_path: Path) -> None:
    patience = Patience(notice=8, give_up=60, pauses=(0.1,))
    with serve_desk(tmp_path, parts(patience=patience)) as desk:
        desk.app.state.gateway.turns._brain._line.client.base_url = "http://127.0.0.1:9"
        async with desk.visitor() as visitor:
            await visitor.say("where is it")
            notice = await visitor.until(op="message", speaker="system")  # slow it would be after 8 s
            assert notice["text"] == desk.business.say("brain_trouble")
            desk.app.state.gateway.turns._brain._line.client.base_url = desk.settings.brain_url
            await visitor.until(op="message", text="You said: where is it")


async def test_others_are_served_while_one_is_in_trouble(hasty: ServedDesk) -> None:
    def only_one(asked: dict) -> list[dict]:
        if asked["text"] == "poison":
            raise RuntimeError("poison")
        return [{"text": "fine", "buttons": []}]

    hasty.brain.answer = only_one
    async with hasty.visitor() as poisoned, hasty.visitor() as other:
        await poisoned.say("poison")
        await poisoned.until(op="message", speaker="system")
        await other.say("hello")
        await other.until(op="message", text="fine")
