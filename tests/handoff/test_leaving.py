"""A visitor ends the chat, wants to be called instead of waiting, or has everything deleted."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.errors import IllegalTransition, ProtocolError
from bot.handoff.events import HandoffMoved, MessageAdded
from bot.handoff.leaving import Wish
from bot.handoff.model import Cause
from bot.storage import conversations, handoffs
from bot.storage.tables import audit, metadata, outbox
from tests.handoff.desk import NIGHT, SAM, DeskUnderTest

MAIL = Wish(email="mara@example.com")


async def _begun(desk: DeskUnderTest, text: str = "Hello") -> str:
    id = await desk.conversation()
    await desk.service.receive(id, "m1", text)
    return id


def _stands(desk: DeskUnderTest, id: str) -> tuple[str, str | None, str | None]:
    with desk.database.read() as connection:
        handoff = handoffs.latest(connection, id)
        owner = conversations.find(connection, id).owner
    return owner, handoff and handoff.state, handoff and handoff.outcome


def _posted(desk: DeskUnderTest, kind: str) -> list[dict]:
    with desk.database.read() as connection:
        query = select(outbox.c.payload).where(outbox.c.kind == kind).order_by(outbox.c.id)
        return list(connection.execute(query).scalars())


# Ending.


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bot", ("closed", None, None)),
        ("waiting", ("closed", "ended", None)),
        ("agent", ("closed", "ended", "no_reply")),
    ],
)
async def test_a_visitor_ends_the_chat_whoever_has_it(
    desk: DeskUnderTest, before: str, after: tuple[str, ...]
) -> None:
    id = await _begun(desk)
    if before == "waiting":
        await desk.service.request_person(id, "p1")
    if before == "agent":
        await desk.service.claim(id, SAM, 1)
    first = await desk.service.end(id, "e1")
    again = await desk.service.end(id, "e1")
    assert (first.fresh, again.fresh, again.message) == (True, False, first.message)
    assert first.message.text == desk.business.say("ended")
    assert _stands(desk, id) == after
    moved = [event for event in desk.events if isinstance(event, HandoffMoved)][-1]
    assert (moved.verb, moved.state, moved.agent_id) == ("end", "ended", None)


async def test_what_is_over_or_never_began_cannot_be_ended(desk: DeskUnderTest) -> None:
    empty, id = await desk.conversation(), await _begun(desk)
    await desk.service.end(id, "e1")
    for conversation, cmid in ((empty, "e1"), (id, "e2")):
        with pytest.raises(ProtocolError) as refusal:
            await desk.service.end(conversation, cmid)
        assert refusal.value.code == "closed"


async def test_writing_again_brings_the_bot_back_and_a_new_cause_a_person(desk: DeskUnderTest) -> None:
    id = await _begun(desk)
    await desk.service.claim(id, SAM, 1)
    await desk.service.end(id, "e1")
    await desk.service.receive(id, "m2", "One more thing")
    assert _stands(desk, id)[0] == "bot"
    asked = [event.question for event in desk.events if isinstance(event, MessageAdded) and event.question]
    assert asked[-1].text == "One more thing"
    assert (await desk.service.request_person(id, "p1")).conversation.owner == "waiting"


async def test_what_a_colleague_had_handed_back_stays_handed_back(desk: DeskUnderTest) -> None:
    id = await _begun(desk)
    await desk.service.claim(id, SAM, 1)
    await desk.service.hand_back(id, SAM, 2)
    await desk.service.end(id, "e1")
    assert _stands(desk, id) == ("closed", "handed_back", None)
    reopened = await desk.service.reopen(id, SAM, 4)
    assert (reopened.owner, reopened.agent_id) == ("agent", SAM.id)
    with desk.database.read() as connection:
        states = {
            found.state for found in map(lambda i: handoffs.find(connection, i), handoffs.ids(connection, id))
        }
    assert states == {"handed_back", "accepted"}


async def test_an_agent_opens_again_what_the_visitor_ended(desk: DeskUnderTest) -> None:
    id = await _begun(desk)
    await desk.service.claim(id, SAM, 1)
    await desk.service.end(id, "e1")
    with pytest.raises(IllegalTransition):
        await desk.service.reply(id, SAM, "r1", "Still there?")
    await desk.service.reopen(id, SAM, 3)
    assert _stands(desk, id) == ("agent", "accepted", None)


async def test_the_customer_records_hear_what_was_noted_until_the_end(desk: DeskUnderTest) -> None:
    entered = await desk.entrance.enter(None, None, None)
    id = entered.conversation.id
    with desk.database.write() as connection:
        conversations.identify(connection, id, "c-mara", "Mara Lindqvist")
    await desk.service.receive(id, "m1", "Hello")
    await desk.service.claim(id, SAM, 1)
    await desk.service.note(id, SAM, "n1", "Wants a new kettle")
    await desk.service.end(id, "e1")
    (note,) = _posted(desk, "crm_note")
    assert "ended the chat" in note["text"] and "Wants a new kettle" in note["text"]


# Being called or written to instead of waiting.


async def test_who_waits_leaves_an_address_instead_and_keeps_the_place(desk: DeskUnderTest) -> None:
    id = await _begun(desk)
    await desk.service.request_person(id, "p1")
    first = await desk.service.call_back(id, "c1", MAIL)
    again = await desk.service.call_back(id, "c1", MAIL)
    assert again.message == first.message and not again.fresh
    with desk.database.read() as connection:
        handoff = handoffs.latest(connection, id)
    assert (handoff.state, handoff.availability) == ("queued", "later")
    assert handoff.contact == {"email": "mara@example.com"} and handoff.promised_at > desk.clock.now
    promised = desk.business.texts.own.times.by(handoff.promised_at, desk.clock.now)
    assert "mara@example.com" in first.message.text and promised in first.message.text
    tickets = [ticket["text"] for ticket in _posted(desk, "crm_ticket")]
    assert any("e-mail mara@example.com" in text for text in tickets)
    standing = await desk.service.standing(id)
    assert (standing.availability, standing.place) == ("later", None)


async def test_a_call_at_a_time_at_which_somebody_is_there(desk: DeskUnderTest) -> None:
    id = await _begun(desk)
    await desk.service.request_person(id, "p1")
    at = (desk.clock.now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    told = await desk.service.call_back(id, "c1", Wish(phone="0117 496 0142", at=at))
    assert "+441174960142" in told.message.text and "tomorrow at 10:00" in told.message.text
    with desk.database.read() as connection:
        handoff = handoffs.latest(connection, id)
    assert (handoff.promised_at, handoff.contact) == (at, {"phone": "+441174960142"})


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(email="mara"), "bad_address"),
        (Wish(), "bad_address"),
        (Wish(phone="12"), "bad_address"),
        (Wish(phone="0117 496 0142", at=NIGHT + timedelta(days=1)), "bad_time"),
        (Wish(phone="0117 496 0142", at=NIGHT - timedelta(days=7, hours=12)), "bad_time"),
        (Wish(phone="0117 496 0142", at=NIGHT + timedelta(days=400, hours=-12)), "bad_time"),
    ],
)
async def test_what_cannot_be_promised(desk: DeskUnderTest, wish: Wish, code: str) -> None:
    id = await _begun(desk)
    await desk.service.request_person(id, "p1")
    with pytest.raises(ProtocolError) as refusal:
        await desk.service.call_back(id, "c1", wish)
    assert refusal.value.code == code
    with desk.database.read() as connection:
        assert handoffs.latest(connection, id).contact is None


async def test_nobody_is_there_and_the_bot_has_it(desk: DeskUnderTest) -> None:
    desk.clock.now = NIGHT
    id = await _begun(desk)
    await desk.service.call_back(id, "c1", MAIL)
    with desk.database.read() as connection:
        handoff = handoffs.latest(connection, id)
    assert (handoff.state, handoff.availability, handoff.contact) == (
        "queued",
        "later",
        {"email": MAIL.email},
    )
    assert _stands(desk, id)[0] == "waiting"


async def test_where_somebody_can_answer_now_there_is_no_call_to_wait_for(desk: DeskUnderTest) -> None:
    id = await _begun(desk)
    with desk.presence.online(SAM.id), pytest.raises(ProtocolError) as refusal:
        await desk.service.call_back(id, "c1", MAIL)
    assert refusal.value.code == "not_waiting"
    await desk.service.claim(id, SAM, 1)
    with pytest.raises(ProtocolError) as refusal:
        await desk.service.call_back(id, "c2", MAIL)
    assert refusal.value.code == "not_waiting"


async def test_a_promise_is_kept_to_who_ends_the_chat_after_it(desk: DeskUnderTest) -> None:
    id = await _begun(desk)
    await desk.service.request_person(id, "p1")
    await desk.service.call_back(id, "c1", MAIL)
    told = await desk.service.end(id, "e1")
    assert told.message.text.startswith("Thank you, that is noted.")
    assert _stands(desk, id) == ("waiting", "queued", None)


# Having everything deleted. That no row is left is in test_visitor_side.


async def test_deleting_takes_back_what_has_not_left_and_tells_the_bot(desk: DeskUnderTest) -> None:
    id = await _begun(desk)
    await desk.service.request_person(id, "p1")
    await desk.service.call_back(id, "c1", MAIL)
    with desk.database.write() as connection:  # one delivery has arrived, of which only the key is left
        connection.execute(
            outbox.update().where(outbox.c.kind == "crm_ticket").values(payload={}, done_at=NIGHT)
        )
    await desk.service.erase(id)
    with desk.database.read() as connection:
        left = connection.execute(select(outbox.c.kind, outbox.c.payload)).all()
        written = connection.execute(select(audit.c.act, audit.c.agent_id, audit.c.conversation_id)).all()
    assert left == [("forget", {"conversation": id})]
    assert written == [("conversations.erased", None, id)]


async def test_what_is_deleted_is_in_no_table_but_by_its_id(desk: DeskUnderTest) -> None:
    other = await _begun(desk, "I stay")
    id = await _begun(desk, "A Quokka from Zanzibar")
    await desk.service.open_handoff(id, Cause("x@1"))
    await desk.service.call_back(id, "c1", MAIL)
    await desk.service.erase(id)
    with desk.database.read() as connection:
        rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    assert not [row for row in rows if "Quokka" in row or "mara@example.com" in row]
    assert [row for row in rows if id in row] and any("I stay" in row and other in row for row in rows)


async def test_many_who_delete_at_once_leave_the_database_to_others(
    desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, done, wipe = [], [], desk.database.wipe

    def counted() -> None:
        begun.append(len(done))
        wipe()
        done.append(True)

    monkeypatch.setattr(desk.database, "wipe", counted)
    for id in [await _begun(desk) for _ in range(8)]:
        await desk.service.erase(id)
    last = len(done)
    await desk.service.close()
    assert begun == list(range(len(begun)))  # never two at the same time
    assert len(done) > last  # and one after the last


async def test_nothing_of_it_is_left_in_the_files(desk: DeskUnderTest, tmp_path: Path) -> None:
    other = await _begun(desk)
    id = await _begun(desk, "zanzibarski")
    for number in range(40):
        await desk.service.receive(other, f"o{number}", f"Message number {number}")
        await desk.service.receive(id, f"z{number}", f"quokkaword {number}")

    def found(*words: bytes) -> set[bytes]:
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
        return {word for word in words if word in held}

    assert found(b"zanzibarski", b"quokkaword") == {b"zanzibarski", b"quokkaword"}
    await desk.service.erase(id)
    await desk.service.close()
    assert found(b"zanzibarski", b"quokkaword", b"Message number 7") == {b"Message number 7"}
