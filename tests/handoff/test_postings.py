"""What the customer records hear of a hand-over: notes and wishes to be called, once each."""

from typing import Any

from bot.handoff.entrance import Identity
from bot.handoff.model import Cause
from bot.outbox.outbox import Delivery, Outbox
from tests.handoff.desk import NIGHT, SAM, DeskUnderTest

ANGRY = Cause("anger@2", ({"code": "anger", "label": "Angry"},))
EVERYTHING = {"crm_note": 9, "crm_ticket": 9}


async def _conversation(desk: DeskUnderTest, customer: str | None = "c-mara") -> str:
    identity = Identity(customer, "Mara") if customer else None
    return (await desk.entrance.enter(None, identity, None)).conversation.id


def _posted(desk: DeskUnderTest) -> list[Delivery]:
    return Outbox(desk.database, clock=desk.clock).lease(EVERYTHING)


def _payload(desk: DeskUnderTest) -> dict[str, Any]:
    (delivery,) = _posted(desk)
    return delivery.payload


async def test_what_was_agreed_is_noted_with_the_customer(desk: DeskUnderTest) -> None:
    id = await _conversation(desk)
    await desk.service.claim(id, SAM, 1)
    await desk.service.hand_back(id, SAM, 2, "A new pot is sent today")
    await desk.service.hand_back(id, SAM, 2, "A new pot is sent today")  # the answer was lost
    assert _payload(desk) == {
        "conversation": id,
        "customer": "c-mara",
        "author": "Sam Reyes",
        "text": "A new pot is sent today",
    }


async def test_without_a_note_or_a_customer_nothing_is_noted(desk: DeskUnderTest) -> None:
    for customer, note in (("c-mara", ""), (None, "A new pot is sent today")):
        id = await _conversation(desk, customer)
        await desk.service.claim(id, SAM, 1)
        await desk.service.hand_back(id, SAM, 2, note)
    assert _posted(desk) == []


async def test_a_resolved_conversation_leaves_the_notes_of_its_agents(desk: DeskUnderTest) -> None:
    id = await _conversation(desk)
    await desk.service.claim(id, SAM, 1)
    await desk.service.note(id, SAM, "n1", "Wants the blue one")
    await desk.service.resolve(id, SAM, 2, "solved")
    assert _payload(desk)["text"] == "Solved. Sam Reyes: Wants the blue one"


async def test_where_nobody_noted_anything_or_it_is_spam_nothing_is_said(desk: DeskUnderTest) -> None:
    for outcome, note in (("solved", None), ("spam", "Sells shoes")):
        id = await _conversation(desk, f"c-{outcome}")
        await desk.service.claim(id, SAM, 1)
        if note:
            await desk.service.note(id, SAM, "n1", note)
        await desk.service.resolve(id, SAM, 2, outcome)
    assert _posted(desk) == []


async def test_a_customer_who_asks_at_night_gets_a_ticket(desk: DeskUnderTest) -> None:
    desk.clock.now = NIGHT
    id = await _conversation(desk)
    for _ in range(2):
        await desk.service.open_handoff(id, ANGRY)
    ticket = _payload(desk)
    assert (ticket["customer"], ticket["kind"], ticket["conversation"]) == ("c-mara", "callback", id)
    assert "nobody could answer. Why: Angry." in ticket["text"] and "Promised by 2026-11-04" in ticket["text"]


async def test_a_stranger_gets_one_who_says_how_to_be_reached(desk: DeskUnderTest) -> None:
    desk.clock.now = NIGHT
    id = await _conversation(desk, None)
    await desk.service.open_handoff(id, ANGRY)
    await desk.service.receive(id, "m1", "Nobody there?")
    assert _posted(desk) == []
    await desk.service.receive(id, "m2", "Write to ann@example.com then")
    await desk.service.receive(id, "m3", "As I said, ann@example.com")
    ticket = _payload(desk)
    assert ticket["customer"] is None and "Reach them by e-mail ann@example.com." in ticket["text"]


async def test_somebody_is_there_by_day_so_there_is_no_ticket(desk: DeskUnderTest) -> None:
    id = await _conversation(desk)
    with desk.presence.online(SAM.id):
        await desk.service.open_handoff(id, ANGRY)
    assert _posted(desk) == []


async def test_what_has_not_left_goes_with_a_visitor_who_is_erased(desk: DeskUnderTest) -> None:
    desk.clock.now = NIGHT
    id = await _conversation(desk)
    await desk.service.open_handoff(id, ANGRY)
    await desk.service.erase(id)
    assert _posted(desk) == []
