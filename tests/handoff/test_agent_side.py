"""What an agent does with a conversation, done twice or by two at once, and who hears of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.errors import IllegalTransition, NotFound, ProtocolError, StaleVersion
from bot.handoff.events import BriefComposed, Event, HandoffMoved, NoteAdded, OwnerChanged, QueueMoved
from bot.handoff.model import Agent, Cause, Conversation, Handoff
from bot.storage import conversations, handoffs, messages, notes
from bot.storage.tables import agents
from tests.handoff.desk import NOOR, OPEN, SAM, DeskUnderTest

LATER = OPEN + timedelta(hours=2)


@dataclass(frozen=True)
class Owner(Agent):
    """An agent to whom the business belongs."""

    @property
    def is_owner(self) -> bool:
        return True


def _now(desk: DeskUnderTest, id: str) -> tuple[Conversation, Handoff]:
    with desk.database.read() as connection:
        return conversations.find(connection, id), handoffs.latest(connection, id)


def _texts(desk: DeskUnderTest, id: str) -> list[str]:
    with desk.database.read() as connection:
        return [message.text for message in messages.after(connection, id)]


async def _held(desk: DeskUnderTest) -> str:
    """Begin a conversation that Sam has, at version 3."""
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    await desk.service.claim(id, SAM, 2)
    return id


async def test_taking_over_from_the_bot_is_a_hand_over_too(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.claim(id, SAM, 1)
    conversation, handoff = _now(desk, id)
    assert conversation.owned_by(SAM.id) and conversation.version == 2
    assert (handoff.state, handoff.claimed_by, handoff.cause) == ("accepted", SAM.id, "taken_over@1")
    moved = [event for event in desk.events if isinstance(event, HandoffMoved)]
    assert [(event.verb, event.agent_id) for event in moved] == [("take_over", SAM.id)]


async def test_the_course_of_a_conversation(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    states = []
    for step in (
        lambda: desk.service.reply(id, SAM, "r1", "Hello"),
        lambda: desk.service.receive(id, "m1", "Hello Sam"),
        lambda: desk.service.snooze(id, SAM, 3, LATER),
        lambda: desk.service.wake(id),
        lambda: desk.service.snooze(id, SAM, 3, LATER),
        lambda: desk.service.receive(id, "m2", "Any news?"),
        lambda: desk.service.reply(id, SAM, "r2", "Yes"),
        lambda: desk.service.resolve(id, SAM, 3, "solved"),
        lambda: desk.service.reopen(id, NOOR, 4),
    ):
        await step()
        states.append(_now(desk, id)[1].state)
    assert states == [
        *("awaiting_customer", "in_progress", "snoozed", "in_progress", "snoozed", "in_progress"),
        *("awaiting_customer", "resolved", "accepted"),
    ]
    conversation, handoff = _now(desk, id)
    assert conversation.owned_by(NOOR.id) and conversation.version == 5
    assert (handoff.claimed_by, handoff.ended_at, handoff.outcome) == (NOOR.id, None, None)
    owners = [event.kind for event in desk.events if isinstance(event, OwnerChanged)]
    assert owners == ["waiting", "agent", "closed", "agent"]


def _told(desk: DeskUnderTest) -> list[Event]:
    """Return what was told, without what comes by itself a moment after a change."""
    return [event for event in desk.events if not isinstance(event, (BriefComposed, QueueMoved))]


Verb = Callable[[DeskUnderTest, str], Awaitable[object]]
VERBS: dict[str, Verb] = {
    "claim": lambda desk, id: desk.service.claim(id, SAM, 2),
    "release": lambda desk, id: desk.service.release(id, SAM, 3),
    "transfer": lambda desk, id: desk.service.transfer(id, SAM, 3, to=NOOR.id, note="Knows kettles"),
    "transfer to a skill": lambda desk, id: desk.service.transfer(id, SAM, 3, skill="orders"),
    "hand back": lambda desk, id: desk.service.hand_back(id, SAM, 3, "Sent a new bag"),
    "resolve": lambda desk, id: desk.service.resolve(id, SAM, 3, "solved"),
    "snooze": lambda desk, id: desk.service.snooze(id, SAM, 3, LATER),
    "reply": lambda desk, id: desk.service.reply(id, SAM, "r1", "Hello"),
    "note": lambda desk, id: desk.service.note(id, SAM, "n1", "Call her first"),
}


@pytest.mark.parametrize("verb", VERBS)
async def test_the_same_call_again_does_nothing_twice(desk: DeskUnderTest, verb: str) -> None:
    """An answer that was lost on its way makes a console ask again."""
    id = await _held(desk)
    first = await VERBS[verb](desk, id)
    stood, said, told = _now(desk, id), _texts(desk, id), _told(desk)
    again = await asyncio.gather(*(VERBS[verb](desk, id) for _ in range(3)))
    assert all(answer == first for answer in again)
    assert _now(desk, id) == stood and _texts(desk, id) == said and _told(desk) == told


async def test_opening_again_twice_is_opening_once(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    await desk.service.resolve(id, SAM, 3)
    first, again = [await desk.service.reopen(id, SAM, 4) for _ in range(2)]
    assert first == again and first.version == 5
    with pytest.raises(StaleVersion):
        await desk.service.reopen(id, NOOR, 4)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("claim", "reply", "note")])
async def test_under_an_old_version_nothing_happens(desk: DeskUnderTest, verb: str) -> None:
    id = await _held(desk)
    await desk.service.hand_back(id, SAM, 3)
    await desk.service.claim(id, SAM, 4)  # the same agent has it again, two steps later
    stood = _now(desk, id)
    with pytest.raises(StaleVersion) as refusal:
        await VERBS[verb](desk, id)
    assert refusal.value.current == 5 and _now(desk, id) == stood


async def test_a_colleagues_conversation_is_not_moved(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    stood = _now(desk, id)
    for step in (
        lambda: desk.service.release(id, NOOR, 3),
        lambda: desk.service.transfer(id, NOOR, 3, skill="orders"),
        lambda: desk.service.snooze(id, NOOR, 3, LATER),
        lambda: desk.service.hand_back(id, NOOR, 3),
        lambda: desk.service.resolve(id, NOOR, 3),
        lambda: desk.service.reply(id, NOOR, "r1", "Hi"),
        lambda: desk.service.pass_on(id, NOOR),
        lambda: desk.service.reopen(id, NOOR, 3),
        lambda: desk.service.claim(id, NOOR, 3),
    ):
        with pytest.raises(IllegalTransition):
            await step()
    assert _now(desk, id) == stood


async def test_the_owner_of_the_business_may_move_what_others_have(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    boss = Owner(NOOR.id, NOOR.name)
    await desk.service.release(id, boss, 3)
    conversation, handoff = _now(desk, id)
    assert (conversation.owner, handoff.passed_by, handoff.released) == ("waiting", (SAM.id,), 1)
    assert _texts(desk, id)[-1] == desk.business.say("agent_released", agent="Sam Reyes")


@pytest.mark.parametrize("round", range(5))
async def test_claim_offer_and_withdrawal_race_and_one_wins(desk: DeskUnderTest, round: int) -> None:
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    steps = [
        desk.service.claim(id, SAM, 2),
        desk.service.claim(id, NOOR, 2),
        desk.service.leave_queue(id, "l1"),
        desk.service.offer(id, NOOR.id, until=LATER, assignment="Noor: free"),
    ]
    steps = steps[round % 4 :] + steps[: round % 4]
    results = await asyncio.gather(*steps, return_exceptions=True)
    won = [one for one in results if not isinstance(one, (Exception, bool))]
    assert len(won) == 1
    conversation, handoff = _now(desk, id)
    assert conversation.version == 3 and conversation.owner in ("agent", "bot")
    assert handoff.state in ("accepted", "withdrawn") and handoff.offered_to is None


async def test_passing_on_an_offer(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    await desk.service.offer(id, SAM.id, until=LATER, assignment="Sam: free")
    with pytest.raises(IllegalTransition):
        await desk.service.pass_on(id, NOOR)
    for _ in range(2):
        await desk.service.pass_on(id, SAM)
    conversation, handoff = _now(desk, id)
    assert (handoff.state, handoff.passed_by, handoff.offered_to) == ("queued", (SAM.id,), None)
    assert (conversation.owner, conversation.version) == ("waiting", 2)
    verbs = [event.verb for event in desk.events if isinstance(event, HandoffMoved)]
    assert verbs == ["open", "offer", "pass"]


async def test_an_offer_to_one_is_open_to_all(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    await desk.service.offer(id, SAM.id, until=LATER, assignment="Sam: free")
    await desk.service.claim(id, NOOR, 2)
    assert _now(desk, id)[1].claimed_by == NOOR.id


async def test_a_transfer_is_offered_to_the_colleague_with_a_note(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    await desk.service.transfer(id, SAM, 3, to=NOOR.id, note="Wants a refund, 4242 4242 4242 4242")
    conversation, handoff = _now(desk, id)
    assert (conversation.owner, handoff.state, handoff.offered_to) == ("waiting", "offered", NOOR.id)
    assert handoff.assignment == "From Sam Reyes" and handoff.offered_until > desk.clock.now
    (note,) = [event for event in desk.events if isinstance(event, NoteAdded)]
    assert (note.author, note.note.text) == (SAM.name, "Wants a refund, •••• 4242")
    assert _texts(desk, id)[-1] == desk.business.say("transferred")
    offer = [event for event in desk.events if isinstance(event, HandoffMoved)][-1]
    assert (offer.verb, offer.offered_to, offer.agent_id) == ("transfer", NOOR.id, SAM.id)
    await desk.service.claim(id, NOOR, 4)
    assert _now(desk, id)[1].claimed_at < handoff.offered_until


async def test_a_transfer_for_a_skill_waits_for_whoever_has_it(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    await desk.service.transfer(id, SAM, 3, skill="orders")
    conversation, handoff = _now(desk, id)
    assert (handoff.state, handoff.skills, handoff.offered_to) == ("queued", ("orders",), None)
    assert conversation.waiting_since is not None


@pytest.mark.parametrize(
    ("where", "refusal"),
    [
        ({}, ProtocolError),
        ({"to": NOOR.id, "skill": "orders"}, ProtocolError),
        ({"to": SAM.id}, ProtocolError),
        ({"to": "nobody"}, NotFound),
    ],
)
async def test_a_transfer_to_nobody(desk: DeskUnderTest, where: dict, refusal: type[Exception]) -> None:
    id = await _held(desk)
    with pytest.raises(refusal):
        await desk.service.transfer(id, SAM, 3, **where)
    assert _now(desk, id)[0].owned_by(SAM.id)


async def test_no_transfer_to_somebody_who_has_left(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    with desk.database.write() as connection:
        connection.execute(update(agents).where(agents.c.id == NOOR.id).values(disabled=True))
    with pytest.raises(NotFound):
        await desk.service.transfer(id, SAM, 3, to=NOOR.id)


@pytest.mark.parametrize("away", [timedelta(), -timedelta(hours=1), timedelta(days=367)])
async def test_a_snooze_ends_within_a_year(desk: DeskUnderTest, away: timedelta) -> None:
    id = await _held(desk)
    with pytest.raises(ProtocolError):
        await desk.service.snooze(id, SAM, 3, desk.clock.now + away)
    assert _now(desk, id)[1].state == "accepted"


async def test_a_visitor_who_writes_wakes_it_and_the_agent_keeps_it(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    await desk.service.snooze(id, SAM, 3, LATER)
    await desk.service.receive(id, "m1", "Hello?")
    conversation, handoff = _now(desk, id)
    assert (handoff.state, handoff.snoozed_until) == ("in_progress", None) and conversation.owned_by(SAM.id)
    assert not await desk.service.wake(id)


async def test_a_reply_that_was_stored_is_found_when_the_conversation_is_gone(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    said = await desk.service.reply(id, SAM, "r1", "Hello")
    await desk.service.hand_back(id, SAM, 3)
    assert await desk.service.reply(id, SAM, "r1", "Hello") == said
    with pytest.raises(IllegalTransition):
        await desk.service.reply(id, SAM, "r2", "One more thing")
    assert _texts(desk, id).count("Hello") == 1


async def test_an_outcome_is_one_of_ours(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    with pytest.raises(ProtocolError):
        await desk.service.resolve(id, SAM, 3, "finished")
    await desk.service.resolve(id, SAM, 3, "not_ours")
    assert _now(desk, id)[1].outcome == "not_ours"


async def test_somebody_who_waits_can_be_resolved_by_anyone(desk: DeskUnderTest) -> None:
    id = await desk.conversation()
    await desk.service.open_handoff(id, Cause("x@1"))
    await desk.service.resolve(id, NOOR, 2, "spam")
    conversation, handoff = _now(desk, id)
    assert (conversation.owner, conversation.agent_id, handoff.state) == ("closed", NOOR.id, "resolved")


async def test_a_second_hand_over_is_the_newest_even_if_the_clock_went_back(desk: DeskUnderTest) -> None:
    id = await _held(desk)
    await desk.service.hand_back(id, SAM, 3)
    desk.clock.now -= timedelta(hours=5)
    await desk.service.open_handoff(id, Cause("x@9"))
    assert _now(desk, id)[1].cause == "x@9"
    await desk.service.claim(id, NOOR, 5)
    await desk.service.hand_back(id, NOOR, 6, "Second")
    assert _now(desk, id)[1].note == "Second"
    with desk.database.read() as connection:
        assert notes.of(connection, id) == []
