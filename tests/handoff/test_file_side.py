from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.errors import IllegalTransition, NotFound, ProtocolError, TooMany
from bot.handoff.events import MessageAdded
from bot.handoff.model import AGENT, BOT, CLOSED, VISITOR, WAITING, Attachment, Message
from bot.storage import attachments, conversations, messages
from bot.storage.tables import attachments as rows
from tests.handoff.desk import NOOR, SAM, DeskUnderTest

KETTLE = Attachment("f1", "kettle.jpg", "image/jpeg", 1200, 40, 30)


async def sent(desk: DeskUnderTest, id: str, n: int = 1, *, most: int = 20) -> Message:
    file = replace(KETTLE, id=f"f{n}")
    return await desk.service.attach(id, f"c{n}", file, f"digest {n}", most=most)


def said(desk: DeskUnderTest, id: str) -> list[Message]:
    with desk.database.read() as connection:
        return messages.after(connection, id)


async def test_a_file_is_a_message_with_its_name(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    message = await sent(desk, id)
    assert (message.speaker, message.text, message.attachment) == (VISITOR, "kettle.jpg", KETTLE)
    assert said(desk, id)[0] == message
    assert message.as_dict()["attachment"] == {
        "id": "f1",
        "name": "kettle.jpg",
        "kind": "image/jpeg",
        "size": 1200,
        "width": 40,
        "height": 30,
    }
    with desk.database.read() as connection:
        assert attachments.find(connection, "f1") == (id, KETTLE)
        assert attachments.everything(connection) == {(id, "f1")}


async def test_the_bot_is_not_asked_and_says_that_it_sees_nothing(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await sent(desk, id)
    assert [event.question for event in desk.events if isinstance(event, MessageAdded)] == [None, None]
    answer = said(desk, id)[1]
    assert (answer.speaker, answer.text) == (BOT, desk.business.say("attachment_kept"))
    assert [(button.id, button.payload) for button in answer.buttons] == [("person", None)]


async def test_it_says_so_once_for_several_in_a_row(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    for n in (1, 2, 3):
        await sent(desk, id, n)
    assert [message.speaker for message in said(desk, id)] == [VISITOR, BOT, VISITOR, VISITOR]
    await desk.service.receive(id, "words", "Is it broken?")
    await sent(desk, id, 4)
    assert said(desk, id)[-1].speaker == BOT


async def test_the_same_again_is_there_once(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    first = await sent(desk, id)
    again = await desk.service.attach(id, "c1", replace(KETTLE, id="f9"), "digest 1", most=20)
    assert again == first == await desk.service.attached(id, VISITOR, "c1", "digest 1")
    with desk.database.read() as connection:
        assert attachments.count(connection, id) == 1
    assert await desk.service.attached(id, VISITOR, "c2", "digest 1") is None


async def test_an_id_is_good_for_one_thing(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await sent(desk, id)
    await desk.service.receive(id, "words", "Hello")
    for cmid, digest in (("c1", "another"), ("words", "digest 1")):
        with pytest.raises(ProtocolError) as refused:
            await desk.service.attach(id, cmid, KETTLE, digest, most=20)
        assert refused.value.code == "cmid_reused"
    with pytest.raises(ProtocolError):
        await desk.service.receive(id, "c1", "Hello")


async def test_a_conversation_holds_so_many(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    for n in (1, 2):
        await sent(desk, id, n, most=2)
    with pytest.raises(TooMany) as refused:
        await sent(desk, id, 3, most=2)
    assert refused.value.code == "too_many_files"
    assert (await sent(desk, id, 2, most=2)).seq == 3  # not a new one


async def test_who_waits_is_told_as_after_any_message(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.request_person(id, "p1")
    await sent(desk, id)
    assert BOT not in [message.speaker for message in said(desk, id)]
    with desk.database.read() as connection:
        assert conversations.find(connection, id).owner == WAITING


async def test_with_an_agent_it_is_just_shown(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.claim(id, SAM, 1)
    await sent(desk, id)
    assert said(desk, id)[-1].attachment == KETTLE


async def test_a_closed_conversation_opens_again(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    taken = await desk.service.claim(id, SAM, 1)
    assert (await desk.service.resolve(id, SAM, taken.version)).owner == CLOSED
    await sent(desk, id)
    assert [message.speaker for message in said(desk, id)][-2:] == [VISITOR, BOT]


async def test_an_agent_sends_one(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.claim(id, SAM, 1)
    message = await desk.service.send_file(id, SAM, "a1", KETTLE, "digest")
    assert (message.speaker, message.name, message.agent_id) == (AGENT, SAM.name, SAM.id)
    assert await desk.service.send_file(id, SAM, "a1", replace(KETTLE, id="f2"), "digest") == message
    with desk.database.read() as connection:
        assert connection.scalar(select(rows.c.agent_id)) == SAM.id


async def test_only_the_agent_who_has_it_sends_one(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.claim(id, SAM, 1)
    with pytest.raises(IllegalTransition):
        await desk.service.send_file(id, NOOR, "a1", KETTLE, "digest")


async def test_erasing_takes_the_rows(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await sent(desk, id)
    await desk.service.erase(id)
    with desk.database.read() as connection:
        assert attachments.everything(connection) == set()
    with pytest.raises(NotFound):
        await sent(desk, id, 2)
