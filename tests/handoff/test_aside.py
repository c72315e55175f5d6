"""Notes, verdicts and read marks: kept once, and told to whom they concern."""

import asyncio

import pytest

from bot.errors import NotFound, ProtocolError
from bot.handoff.events import AgentRead, NoteAdded
from bot.handoff.model import Cause, Note
from bot.storage import conversations, messages, notes, reads, verdicts
from tests.handoff.desk import NOOR, SAM, DeskUnderTest


def _notes(desk: DeskUnderTest, id: str) -> list[Note]:
    with desk.database.read() as connection:
        return notes.of(connection, id)


async def test_a_note_is_for_colleagues_and_never_said(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    before = await desk.entrance.look(id, 0)
    note = await desk.service.note(id, NOOR, "n1", "  Call her first, card 4242 4242 4242 4242 ")
    assert note.text == "Call her first, card •••• 4242" and _notes(desk, id) == [note]
    assert (await desk.entrance.look(id, 0)) == before
    assert [event.author for event in desk.events if isinstance(event, NoteAdded)] == [NOOR.name]
    with desk.database.read() as connection:
        assert messages.after(connection, id) == []


async def test_a_note_comes_once_and_its_id_is_used_for_one(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    copies = await asyncio.gather(*(desk.service.note(id, SAM, "n1", "Call her") for _ in range(5)))
    assert len(set(copies)) == 1 and len(_notes(desk, id)) == 1
    for agent, text in ((SAM, "Write her"), (NOOR, "Call her")):
        with pytest.raises(ProtocolError) as refusal:
            await desk.service.note(id, agent, "n1", text)
        assert refusal.value.code == "cmid_reused"


@pytest.mark.parametrize("text", ["", "  \u200b", "x" * 5000])
async def test_a_note_that_is_none(desk: DeskUnderTest, text: str) -> None:
    id = await desk.conversation()
    with pytest.raises(ProtocolError):
        await desk.service.note(id, SAM, "n1", text)
    assert _notes(desk, id) == []


async def test_each_agent_has_one_verdict_and_may_change_it(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    with pytest.raises(NotFound):
        await desk.service.judge(id, SAM, escalation="right")
    await desk.service.open_handoff(id, Cause("x@1"))
    await desk.service.judge(id, SAM, escalation="right")
    await desk.service.judge(id, SAM, mood="too_high")
    sams = await desk.service.judge(id, SAM, escalation="too_late")
    assert (sams.escalation, sams.mood) == ("too_late", "too_high")
    noors = await desk.service.judge(id, NOOR, mood="right")
    with desk.database.read() as connection:
        assert verdicts.find(connection, sams.handoff_id, SAM.id) == sams
        assert verdicts.find(connection, sams.handoff_id, NOOR.id) == noors


@pytest.mark.parametrize("given", [{"escalation": "perhaps"}, {"mood": "not_needed"}])
async def test_there_are_no_other_verdicts(desk: DeskUnderTest, given: dict[str, str]) -> None:
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    with pytest.raises(ProtocolError):
        await desk.service.judge(id, SAM, **given)


async def test_the_visitor_hears_of_reading_from_the_agent_who_has_it(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    for number in range(3):
        await desk.service.receive(id, f"m{number}", "Hello")
    await desk.service.claim(id, SAM, 1)
    assert await desk.service.agent_read(id, NOOR.id, 2)
    assert await desk.service.agent_read(id, SAM.id, 2)
    assert not await desk.service.agent_read(id, SAM.id, 1)
    assert await desk.service.agent_read(id, SAM.id, 99)
    told = [(event.agent_id, event.seq) for event in desk.events if isinstance(event, AgentRead)]
    assert told == [(SAM.id, 2), (SAM.id, 4)]
    assert (await desk.entrance.look(id, 0)).agent_read == 4
    with desk.database.read() as connection:
        assert reads.up_to(connection, NOOR.id, id) == 2
        assert conversations.find(connection, id).version == 2
