"""A visitor leaves the queue, reads, and is erased in the middle of it all."""

import asyncio

import pytest
from sqlalchemy import select

from bot.errors import NotFound, ProtocolError, StaleVersion
from bot.handoff.events import ConversationErased, HandoffMoved, MessageAdded, OwnerChanged, VisitorRead
from bot.handoff.model import Answer, Cause
from bot.storage import conversations, handoffs, messages
from bot.storage.tables import metadata
from tests.handoff.desk import NOOR, SAM, DeskUnderTest

KEPT = ("agents", "audit", "outbox")  # what is not of one conversation


def _rows(desk: DeskUnderTest) -> dict[str, int]:
    with desk.database.read() as connection:
        tables = [table for table in metadata.sorted_tables if table.name not in KEPT]
        return {table.name: len(connection.execute(select(table)).all()) for table in tables}


async def test_leaving_the_queue_gives_the_bot_back(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.request_person(id, "p1")
    first = await desk.service.leave_queue(id, "l1")
    again = await desk.service.leave_queue(id, "l1")
    assert (first.fresh, again.fresh, again.message) == (True, False, first.message)
    assert first.message.text == desk.business.say("left_queue")
    with desk.database.read() as connection:
        assert conversations.find(connection, id).owner == "bot"
        assert handoffs.latest(connection, id).state == "withdrawn"
    await desk.service.receive(id, "m1", "Where is my order?")
    asked = [event.question for event in desk.events if isinstance(event, MessageAdded) and event.question]
    assert [question.text for question in asked] == ["Where is my order?"]


async def test_the_same_cause_does_not_call_a_person_again_and_a_new_one_does(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("anger@3"))
    await desk.service.leave_queue(id, "l1")
    assert not (await desk.service.open_handoff(id, Cause("anger@3"))).opened
    assert (await desk.service.open_handoff(id, Cause("anger@7"))).opened


@pytest.mark.parametrize("taken", [False, True])
async def test_who_does_not_wait_cannot_leave(desk: DeskUnderTest, taken: bool) -> None:
    id = await desk.conversation()
    if taken:
        await desk.service.claim(id, SAM, 1)
    with pytest.raises(ProtocolError) as refusal:
        await desk.service.leave_queue(id, "l1")
    assert refusal.value.code == "not_waiting"


async def test_an_offer_ends_when_the_visitor_leaves(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    await desk.service.offer(id, SAM.id, until=desk.clock.now, assignment="Sam: free")
    await desk.service.leave_queue(id, "l1")
    moved = [event for event in desk.events if isinstance(event, HandoffMoved)][-1]
    assert (moved.verb, moved.offered_to) == ("withdraw", None)


async def test_what_a_visitor_has_seen_only_grows(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    for number in range(4):
        await desk.service.receive(id, f"m{number}", "Hello")
    news = [await desk.service.visitor_read(id, seq) for seq in (2, 2, 1, 99, 4)]
    assert news == [True, False, False, False, True]
    assert [event.seq for event in desk.events if isinstance(event, VisitorRead)] == [2, 4]
    with desk.database.read() as connection:
        found = conversations.find(connection, id)
    assert (found.visitor_seen_seq, found.version) == (4, 1)


async def test_erasing_leaves_nothing_and_others_alone(desk: DeskUnderTest) -> None:
    other = await desk.conversation()
    await desk.service.receive(other, "m1", "I stay")
    before = _rows(desk)
    id = await desk.conversation()
    await desk.service.receive(id, "m1", "Forget me")
    await desk.service.open_handoff(id, Cause("x@1"))
    await desk.service.claim(id, SAM, 2)
    await desk.service.note(id, SAM, "n1", "She wants to be forgotten")
    await desk.service.judge(id, SAM, escalation="right")
    await desk.service.agent_read(id, SAM.id, 1)
    await desk.service.erase(id)
    assert _rows(desk) == before
    assert [event.conversation_id for event in desk.events if isinstance(event, ConversationErased)] == [id]


async def test_whoever_comes_after_the_erasure_finds_nothing_and_leaves_nothing(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.receive(id, "m1", "Forget me")
    question = next(event.question for event in desk.events if isinstance(event, MessageAdded))
    await desk.service.erase(id)
    nothing = _rows(desk)
    for step in (
        lambda: desk.service.receive(id, "m2", "Hello?"),
        lambda: desk.service.reply(id, SAM, "r1", "Hello"),
        lambda: desk.service.claim(id, SAM, 1),
        lambda: desk.service.note(id, SAM, "n1", "Gone"),
        lambda: desk.service.answer(question, Answer()),
        lambda: desk.service.agent_read(id, SAM.id, 1),
        lambda: desk.service.erase(id),
    ):
        with pytest.raises(NotFound):
            await step()
    assert not await desk.service.offer(id, SAM.id, until=desk.clock.now, assignment="Sam: free")
    assert not await desk.service.take_back(id, SAM.id) and not await desk.service.wake(id)
    assert _rows(desk) == nothing


@pytest.mark.parametrize("round", range(4))
async def test_erased_in_the_middle_of_everything(desk: DeskUnderTest, round: int) -> None:
    nothing = _rows(desk)
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    steps = [
        desk.service.receive(id, "m1", "One"),
        desk.service.claim(id, SAM, 2),
        desk.service.erase(id),
        desk.service.claim(id, NOOR, 2),
        desk.service.receive(id, "m2", "Two"),
    ]
    results = await asyncio.gather(*steps[round:], *steps[:round], return_exceptions=True)
    assert {type(result) for result in results if isinstance(result, Exception)} <= {NotFound, StaleVersion}
    assert _rows(desk) == nothing
    erased = next(n for n, event in enumerate(desk.events) if isinstance(event, ConversationErased))
    after = [event for event in desk.events[erased + 1 :] if event.conversation_id == id]
    assert not [event for event in after if isinstance(event, (MessageAdded, OwnerChanged))]


async def test_nothing_said_is_lost_when_the_clock_is_set_back(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.receive(id, "m1", "One")
    desk.clock.now = desk.clock.now.replace(year=2020)
    await desk.service.receive(id, "m2", "Two")
    desk.clock.now = desk.clock.now.replace(year=2099)
    await desk.service.receive(id, "m3", "Three")
    with desk.database.read() as connection:
        assert [message.text for message in messages.after(connection, id)] == ["One", "Two", "Three"]
    assert [message.text for message in (await desk.entrance.look(id, 1)).messages] == ["Two", "Three"]
