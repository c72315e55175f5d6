"""Nobody who waits is forgotten: offers are made, move on, come back; whatever the clock does."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.handoff.attendant import Attendant
from bot.handoff.events import HandoffMoved, QueueMoved
from bot.handoff.model import Cause, Handoff
from bot.storage import handoffs
from bot.storage.tables import agents, conversations
from tests.handoff.desk import NIGHT, NOOR, SAM, DeskUnderTest


@dataclass
class FakeVips:
    """Knows VIPs once it was asked about them."""

    all: frozenset[str] = frozenset()
    known: set[str] = field(default_factory=set)

    async def learn(self, customer_ids: Iterable[str | None]) -> None:
        self.known |= self.all.intersection(customer_ids)

    def is_vip(self, customer_id: str | None) -> bool:
        return customer_id in self.known


class Floor:
    """A desk with its attendant, and agents who come and go as a test says."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk, self.vips, self.there = desk, FakeVips(), ExitStack()
        self.attendant = self.new_attendant()

    def new_attendant(self) -> Attendant:
        """Return one who knows nothing yet, as after a start."""
        return Attendant(
            self.desk.service,
            self.desk.database,
            business=self.desk.business,
            vips=self.vips,
            clock=lambda: self.desk.clock.now,
            monotonic=self.desk.ticks,
        )

    def come(self, *ids: str) -> None:
        for id in ids:
            self.there.enter_context(self.desk.presence.online(id))

    def leave(self) -> None:
        self.there.close()

    async def round(self, *, after: float = 0.0) -> None:
        """Let so many seconds pass, then have the attendant look."""
        self.desk.ticks.now += after
        self.desk.clock.now += timedelta(seconds=after)
        await self.attendant.round()

    async def someone_waits(self, **reason: Any) -> str:
        conversation = await self.desk.conversation()
        await self.desk.service.receive(conversation, "m1", "Where is my order, please?")
        reasons = (reason,) if reason else ()
        await self.desk.service.open_handoff(conversation, Cause("c@1", reasons))
        await self.desk.service.close()
        return conversation

    def change_conversation(self, id: str, **values: Any) -> None:
        with self.desk.database.write() as connection:
            connection.execute(update(conversations).where(conversations.c.id == id).values(**values))

    def change_agent(self, id: str, **values: Any) -> None:
        with self.desk.database.write() as connection:
            connection.execute(update(agents).where(agents.c.id == id).values(**values))

    def handoff(self, conversation: str) -> Handoff:
        with self.desk.database.read() as connection:
            found = handoffs.latest(connection, conversation)
        assert found
        return found

    def version(self, conversation: str) -> int:
        with self.desk.database.read() as connection:
            return (
                connection.execute(conversations.select().where(conversations.c.id == conversation))
                .one()
                .version
            )

    async def claimed(self, agent: Any, **reason: Any) -> str:
        conversation = await self.someone_waits(**reason)
        await self.desk.service.claim(conversation, agent, self.version(conversation))
        return conversation


@pytest.fixture
def floor(desk: DeskUnderTest) -> Iterator[Floor]:
    floor = Floor(desk)
    yield floor
    floor.leave()


async def test_who_waits_is_offered_to_somebody_with_the_reason(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    handoff = floor.handoff(conversation)
    assert (handoff.state, handoff.offered_to) == ("offered", SAM.id)
    assert handoff.offered_until - floor.desk.clock.now <= timedelta(seconds=45)
    assert handoff.assignment == "Sam: free (0 of 4)"
    assert handoff.language == "en"


async def test_nobody_there_and_nothing_is_offered(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    await floor.round()
    assert floor.handoff(conversation).state == "queued"
    floor.come(SAM.id)
    await floor.round()
    assert floor.handoff(conversation).state == "offered"


async def test_an_offer_without_answer_goes_to_the_next_and_then_stays(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id, NOOR.id)
    await floor.round()
    first = floor.handoff(conversation).offered_to
    await floor.round(after=44)
    assert floor.handoff(conversation).offered_to == first
    await floor.round(after=1)
    second = floor.handoff(conversation).offered_to
    assert {first, second} == {SAM.id, NOOR.id}
    await floor.round(after=45)
    for _ in range(5):
        await floor.round(after=10)
    handoff = floor.handoff(conversation)
    assert (handoff.state, set(handoff.passed_by)) == ("queued", {SAM.id, NOOR.id})
    assert (handoff.offered_to, handoff.assignment) == (None, None)


async def test_after_a_while_those_who_passed_are_asked_again(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    await floor.round(after=45)
    assert floor.handoff(conversation).state == "queued"
    await floor.round(after=254)
    assert floor.handoff(conversation).state == "queued"
    await floor.round(after=1)
    assert floor.handoff(conversation).offered_to == SAM.id


async def test_somebody_new_is_asked_at_once(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    await floor.desk.service.pass_on(conversation, SAM)
    await floor.round()
    handoff = floor.handoff(conversation)
    assert (handoff.state, handoff.assignment) == ("queued", None)
    floor.come(NOOR.id)
    await floor.round()
    assert floor.handoff(conversation).offered_to == NOOR.id


async def test_one_agent_is_asked_one_thing_at_a_time(floor: Floor) -> None:
    waiting = [await floor.someone_waits() for _ in range(3)]
    floor.come(SAM.id)
    await floor.round()
    await floor.round(after=1)
    assert sorted(floor.handoff(one).state for one in waiting) == ["offered", "queued", "queued"]


async def test_the_most_pressing_comes_first(floor: Floor) -> None:
    calm = await floor.someone_waits(code="repeated_question")
    danger = await floor.someone_waits(code="safety")
    floor.come(SAM.id)
    await floor.round()
    assert [floor.handoff(one).state for one in (calm, danger)] == ["queued", "offered"]


async def test_of_equals_a_vip_comes_first(floor: Floor) -> None:
    floor.vips.all = frozenset({"c-mara"})
    first, vip = await floor.someone_waits(), await floor.someone_waits()
    floor.change_conversation(vip, customer_id="c-mara", customer_name="Mara Lindqvist")
    floor.come(SAM.id)
    await floor.round()
    assert [floor.handoff(one).state for one in (first, vip)] == ["queued", "offered"]


async def test_the_agent_who_spoke_with_the_customer_is_asked_first(floor: Floor) -> None:
    floor.come(SAM.id, NOOR.id)
    for agent in (NOOR, SAM):
        before = await floor.claimed(agent)
        floor.change_conversation(before, customer_id=f"of-{agent.id}", customer_name="Mara Lindqvist")
        await floor.desk.service.resolve(before, agent, floor.version(before))
    waiting = await floor.someone_waits()
    floor.change_conversation(waiting, customer_id=f"of-{NOOR.id}", customer_name="Mara Lindqvist")
    await floor.round()
    assert floor.handoff(waiting).assignment == "Noor: spoke with Mara on 3 Nov, free (0 of 4)"


async def test_what_went_wrong_tells_the_skill(floor: Floor) -> None:
    floor.change_agent(SAM.id, skills=["orders"])
    waiting = await floor.someone_waits()
    floor.change_conversation(waiting, mood={"level": 0.2, "causes": ["late"]})
    floor.come(NOOR.id, SAM.id)
    await floor.round()
    assert floor.handoff(waiting).assignment == "Sam: knows orders, free (0 of 4)"


async def test_a_reason_tells_the_skill(floor: Floor) -> None:
    floor.change_agent(SAM.id, skills=["complaints"])
    waiting = await floor.someone_waits(code="abuse")
    floor.come(NOOR.id, SAM.id)
    await floor.round()
    assert floor.handoff(waiting).offered_to == SAM.id


async def test_what_was_asked_before_tells_the_skill(floor: Floor) -> None:
    floor.change_agent(SAM.id, skills=["coffee"])
    conversation = await floor.desk.conversation()
    cause = Cause("explicit_request@3", topics=("speak_to_human", "grind_options"))
    await floor.desk.service.open_handoff(conversation, cause)
    await floor.desk.service.close()
    floor.come(NOOR.id, SAM.id)
    await floor.round()
    handoff = floor.handoff(conversation)
    assert (handoff.skills, handoff.offered_to) == (("coffee",), SAM.id)


async def test_whoever_speaks_the_language_is_asked(floor: Floor) -> None:
    floor.change_agent(SAM.id, languages=["pt"])
    conversation = await floor.desk.conversation()
    await floor.desk.service.receive(conversation, "m1", "Onde está a minha encomenda? Já paguei tudo.")
    await floor.desk.service.open_handoff(conversation, Cause("c@1"))
    await floor.desk.service.close()
    floor.come(NOOR.id, SAM.id)
    await floor.round()
    handoff = floor.handoff(conversation)
    assert (handoff.language, handoff.assignment) == ("pt", "Sam: speaks pt, free (0 of 4)")


async def test_heavy_conversations_fill_an_agents_hands(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM, code="safety")
    floor.change_conversation(held, mood={"level": 0.9, "causes": []})
    with floor.desk.bus.subscribe(floor.attendant.hear):
        other = await floor.claimed(SAM)
    floor.attendant.hear(HandoffMoved(held, "", "claim", "accepted"))
    await floor.round()
    assert (floor.handoff(held).weight, floor.handoff(other).weight) == (2.5, 1.0)
    waiting = await floor.someone_waits()
    floor.change_conversation(waiting, mood={"level": 0.5, "causes": []})
    floor.attendant.hear(HandoffMoved(waiting, "", "open", "queued"))
    await floor.round()
    assert (floor.handoff(waiting).weight, floor.handoff(waiting).state) == (1.5, "queued")


async def test_who_takes_a_breather_is_left_alone(floor: Floor) -> None:
    floor.change_agent(SAM.id, breather_until=floor.desk.clock.now + timedelta(minutes=5))
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    assert floor.handoff(conversation).state == "queued"
    await floor.round(after=301)
    assert floor.handoff(conversation).state == "offered"


async def test_an_offer_comes_with_its_brief_or_after_a_moment(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    with floor.desk.database.write() as connection:
        handoffs.change(connection, floor.handoff(conversation).id, brief=None)
    floor.come(SAM.id)
    await floor.round()
    assert floor.handoff(conversation).state == "queued"
    await floor.round(after=3)
    assert floor.handoff(conversation).state == "offered"


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(hours=3), timedelta(days=-400)])
async def test_a_jump_of_the_clock_neither_drops_nor_keeps_an_offer(floor: Floor, jump: timedelta) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    await floor.round()
    floor.desk.clock.now += jump
    await floor.round(after=40)
    assert floor.handoff(conversation).state == "offered"
    await floor.round(after=6)
    assert floor.handoff(conversation).state == "queued"


@pytest.mark.parametrize(
    ("down", "still_offered"), [(timedelta(seconds=5), True), (timedelta(minutes=1), False)]
)
async def test_an_offer_outlives_a_restart_for_the_rest_of_its_time(
    floor: Floor, down: timedelta, still_offered: bool
) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    floor.attendant = floor.new_attendant()
    floor.desk.clock.now += down
    await floor.round()
    assert (floor.handoff(conversation).state == "offered") is still_offered


async def test_an_offer_from_the_future_does_not_last_for_ever(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    floor.desk.clock.now -= timedelta(days=1)
    floor.attendant = floor.new_attendant()
    await floor.round()
    await floor.round(after=121)
    assert floor.handoff(conversation).state == "queued"


async def test_what_an_absent_agent_left_goes_back_to_the_queue(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    floor.leave()
    await floor.round(after=180)
    assert floor.handoff(held).state == "accepted"
    floor.come(NOOR.id)
    await floor.round(after=1)
    handoff = floor.handoff(held)
    assert (handoff.state, handoff.offered_to, handoff.released) == ("offered", NOOR.id, 1)


async def test_a_reload_is_no_absence(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    floor.leave()
    await floor.round(after=170)
    floor.come(SAM.id)
    await floor.round(after=170)
    floor.leave()
    await floor.round(after=170)
    assert floor.handoff(held).state == "accepted"


async def test_who_gives_it_back_is_not_the_first_to_be_asked(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    await floor.desk.service.release(held, SAM, floor.version(held))
    await floor.round()
    assert floor.handoff(held).state == "queued"
    floor.come(NOOR.id)
    await floor.round()
    assert floor.handoff(held).offered_to == NOOR.id


async def test_who_transfers_for_a_skill_is_not_asked(floor: Floor) -> None:
    floor.come(SAM.id, NOOR.id)
    floor.change_agent(SAM.id, skills=["money"])
    held = await floor.claimed(SAM)
    await floor.desk.service.transfer(held, SAM, floor.version(held), skill="money")
    await floor.round(after=181)
    assert floor.handoff(held).offered_to == NOOR.id


async def test_after_a_restart_agents_have_time_to_come_back(floor: Floor) -> None:
    held = await floor.claimed(SAM)  # by a console that is not there any more
    await floor.round(after=100)
    assert floor.handoff(held).state == "accepted"
    await floor.round(after=100)
    assert floor.handoff(held).state == "queued"


async def test_what_was_answered_goes_back_only_when_the_customer_writes(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    await floor.desk.service.reply(held, SAM, "r1", "It is on its way.")
    floor.leave()
    await floor.round(after=3600)
    assert floor.handoff(held).state == "awaiting_customer"
    await floor.desk.service.receive(held, "m2", "It still has not come.")
    await floor.round(after=1)
    assert floor.handoff(held).state == "queued"


async def test_what_was_put_aside_wakes_and_goes_back_if_its_agent_is_gone(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM)
    until = floor.desk.clock.now + timedelta(minutes=10)
    await floor.desk.service.snooze(held, SAM, floor.version(held), until)
    await floor.round(after=599)
    assert floor.handoff(held).state == "snoozed"
    await floor.round(after=1)
    assert floor.handoff(held).state == "in_progress"
    floor.leave()
    await floor.round(after=181)
    assert floor.handoff(held).state == "queued"


async def test_two_who_attend_do_nothing_twice(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id, NOOR.id)
    other = floor.new_attendant()
    await asyncio.gather(floor.attendant.round(), other.round())
    floor.desk.ticks.now += 45
    floor.desk.clock.now += timedelta(seconds=45)
    await asyncio.gather(floor.attendant.round(), other.round())
    offers = [e for e in floor.desk.events if isinstance(e, HandoffMoved) and e.verb == "offer"]
    assert len(offers) == 2
    assert {offer.offered_to for offer in offers} == {SAM.id, NOOR.id}
    assert floor.handoff(conversation).state == "offered"


async def test_who_waits_hears_when_somebody_comes(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.change_agent(SAM.id, breather_until=floor.desk.clock.now + timedelta(hours=1))
    with floor.desk.database.write() as connection:
        handoffs.change(connection, floor.handoff(conversation).id, availability="wait")
    floor.desk.events.clear()
    floor.come(NOOR.id)
    await floor.round()
    while not (moved := [event for event in floor.desk.events if isinstance(event, QueueMoved)]):
        await asyncio.sleep(0.01)
    assert [(event.conversation_id, event.availability) for event in moved] == [(conversation, "live")]


async def test_a_round_that_fails_is_not_the_last(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    async def look() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            floor.attendant._beat.stir()
            raise OSError("no database for a moment")

    monkeypatch.setattr(floor.attendant, "round", look)
    async with floor.attendant.running():
        while len(rounds) < 2:
            await asyncio.sleep(0)


async def test_an_event_is_acted_on_at_once(floor: Floor) -> None:
    """Within the task, nobody waits for the next beat when something opens."""
    floor.come(SAM.id)
    async with floor.attendant.running():
        conversation = await floor.someone_waits()
        while floor.handoff(conversation).state != "offered":
            await asyncio.sleep(0.005)


async def test_at_night_it_is_kept_for_the_morning(floor: Floor) -> None:
    floor.desk.clock.now = NIGHT
    conversation = await floor.someone_waits()
    await floor.round()
    handoff = floor.handoff(conversation)
    promised = datetime.fromisoformat("2026-11-04T12:00:00+00:00")
    assert (handoff.state, handoff.availability, handoff.promised_at) == ("queued", "later", promised)
    floor.come(NOOR.id)
    await floor.round(after=9.5 * 3600)
    assert floor.handoff(conversation).offered_to == NOOR.id
