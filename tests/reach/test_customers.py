from dataclasses import replace

import pytest

from bot.errors import NotFound, ProtocolError
from bot.reach.customers import LONGEST, Transcripts, said, transcript
from bot.reach.rules import PROMISE
from bot.storage import conversations, messages
from tests.reach.desk import ReachingDesk


@pytest.fixture
def transcripts(desk: ReachingDesk) -> Transcripts:
    return Transcripts(desk.database, desk.outbox, desk.business, on=True, clock=desk.now)


async def test_asking_twice_sends_once_until_more_is_said(
    desk: ReachingDesk, transcripts: Transcripts
) -> None:
    id = await desk.waiting()
    for address in ("mara@shop.example", "mara@shop.example", "tom@shop.example"):
        assert address in await transcripts.send(id, address)
    assert len(desk.rows) == 2
    await desk.service.receive(id, "m9", "One thing more")
    await transcripts.send(id, "mara@shop.example")
    assert len(desk.rows) == 3


async def test_what_was_said_is_not_copied_into_the_outbox(
    desk: ReachingDesk, transcripts: Transcripts
) -> None:
    id = await desk.waiting("A secret between us")
    await transcripts.send(id, "mara@shop.example")
    assert "secret" not in str(desk.rows[0].payload)


async def test_an_empty_conversation_has_no_copy(desk: ReachingDesk, transcripts: Transcripts) -> None:
    with pytest.raises(ProtocolError, match="nothing to send") as refusal:
        await transcripts.send(await desk.conversation(), "mara@shop.example")
    assert refusal.value.code == "empty" and desk.rows == []


async def test_a_conversation_that_is_not_there_has_none(transcripts: Transcripts) -> None:
    with pytest.raises(NotFound):
        await transcripts.send("made-up", "mara@shop.example")


async def test_of_a_very_long_conversation_the_newest_part_is_sent(desk: ReachingDesk) -> None:
    id = await desk.waiting()
    with desk.database.read() as connection:
        found = conversations.find(connection, id)
    long = replace(found, last_seq=LONGEST + 7)
    said = transcript(long, "mara@shop.example", desk.business)["said"]
    assert said == {"after": 7, "upto": LONGEST + 7}


@pytest.mark.parametrize("address", ["mara", "", "a@b", "a@shop.example\nBcc: b@shop.example"])
def test_what_is_no_address_is_refused_kindly(transcripts: Transcripts, address: str) -> None:
    with pytest.raises(ProtocolError, match="does not look like") as refusal:
        transcripts.check(address)
    assert refusal.value.code == "bad_address"


def test_where_no_copies_are_sent_it_is_said(desk: ReachingDesk) -> None:
    off = Transcripts(desk.database, desk.outbox, desk.business, on=False)
    with pytest.raises(ProtocolError, match="sorry") as refusal:
        off.check("mara@shop.example")
    assert refusal.value.code == "not_available"


async def test_a_promise_is_confirmed_to_every_address_once(desk: ReachingDesk) -> None:
    id, watch = await desk.waiting(), desk.watch(customers=frozenset({PROMISE}))
    for cmid, address in (("m2", "mara@shop.example"), ("m3", "mara@shop.example"), ("m4", "m@home.example")):
        await desk.service.receive(id, cmid, address)
        watch.look()
    assert [row.payload["to"] for row in desk.rows] == ["mara@shop.example", "m@home.example"]


async def test_a_copy_and_its_confirmation_are_in_the_visitors_language(
    desk: ReachingDesk, transcripts: Transcripts
) -> None:
    id = await desk.waiting()
    with desk.database.write() as connection:
        conversations.speak(connection, id, "de-AT", None)
    confirmed = await transcripts.send(id, "mara@shop.example", language="de")
    assert confirmed == desk.business.say("transcript_sent", language="de", address="mara@shop.example")
    letter = desk.rows[0].payload
    assert (letter["language"], letter["subject"]) == ("de", "Ihre Unterhaltung mit Copper Kettle Coffee")
    with desk.database.read() as connection:
        found = conversations.find(connection, id)
        message = messages.find(connection, id, 1)
    assert found and message
    copied = said(replace(message, speaker="bot", name="Pip"), found, desk.business)
    assert copied.name == "Pip (Bot)" and copied.when.startswith("am ") and copied.when.endswith(" Uhr")
