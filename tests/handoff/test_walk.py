"""Anybody does anything at any time, and what must hold holds after each step, on both databases."""

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.errors import HandoffError, NotFound, ProtocolError
from bot.handoff import life
from bot.handoff.events import HandoffMoved, MessageAdded, OwnerChanged
from bot.handoff.model import Cause
from bot.storage import conversations, handoffs, messages
from bot.storage.engine import Database
from tests.handoff.desk import NOOR, SAM, DeskUnderTest

STEPS = 120
AGENTS = (SAM, NOOR)


class Walk:
    """One conversation, and somebody who does whatever comes to mind."""

    def __init__(self, desk: DeskUnderTest, id: str, seed: int) -> None:
        self.desk, self.id, self.dice, self.count = desk, id, random.Random(seed), 0

    async def step(self) -> None:
        """Do something, perhaps twice, perhaps under an old version; refusals are part of it."""
        self.count += 1
        self.desk.clock.now += self.dice.choice(
            [timedelta(seconds=9), timedelta(seconds=9), -timedelta(hours=1)]
        )
        act = self.dice.choice(self._acts())
        for _ in range(self.dice.choice([1, 1, 2])):
            try:
                await act()
            except (HandoffError, ProtocolError) as refusal:
                assert not isinstance(refusal, NotFound)

    def _acts(self) -> list[Callable[[], Awaitable[object]]]:
        service, id, mark = self.desk.service, self.id, f"{self.count}"
        agent = self.dice.choice(AGENTS)
        with self.desk.database.read() as connection:
            version = conversations.find(connection, id).version - self.dice.choice([0, 0, 0, 1])
        soon = self.desk.clock.now + timedelta(minutes=5)
        return [
            lambda: service.receive(id, f"m{mark}", "Hello"),
            lambda: service.open_handoff(id, Cause(f"x@{self.count // 9}")),
            lambda: service.request_person(id, f"p{mark}"),
            lambda: service.leave_queue(id, f"l{mark}"),
            lambda: service.offer(id, agent.id, until=soon, assignment="free"),
            lambda: service.expire(id, agent.id),
            lambda: service.pass_on(id, agent),
            lambda: service.claim(id, agent, version),
            lambda: service.claim(id, agent, version),
            lambda: service.reply(id, agent, f"r{mark}", "Hi"),
            lambda: service.snooze(id, agent, version, soon),
            lambda: service.wake(id),
            lambda: service.release(id, agent, version),
            lambda: service.take_back(id, agent.id),
            lambda: service.transfer(id, agent, version, to=NOOR.id, note="Please"),
            lambda: service.transfer(id, agent, version, skill="orders"),
            lambda: service.hand_back(id, agent, version),
            lambda: service.resolve(id, agent, version, "solved"),
            lambda: service.reopen(id, agent, version),
        ]

    def check(self) -> None:
        """Hold what is stored against what was told, and both against the table of steps."""
        with self.desk.database.read() as connection:
            now = conversations.find(connection, self.id)
            handoff = handoffs.latest(connection, self.id)
            said = messages.after(connection, self.id)
        told = [event for event in self.desk.events if event.conversation_id == self.id]
        owners = [event for event in told if isinstance(event, OwnerChanged)]
        moves = [event for event in told if isinstance(event, HandoffMoved)]
        assert [event.version for event in owners] == list(range(2, now.version + 1))
        assert [message.seq for message in said] == list(range(1, now.last_seq + 1))
        heard = [event.message for event in told if isinstance(event, MessageAdded)]
        assert [(one.seq, one.text) for one in heard] == [(one.seq, one.text) for one in said]
        if owners:
            assert (owners[-1].kind, owners[-1].agent_id) == (now.owner, now.agent_id)
        if handoff is None:
            assert now.owner == "bot" and not moves
            return
        assert handoff.state == moves[-1].state
        if handoff.ended_at is None:
            assert now.owner == life.OWNERS[handoff.state] and handoff.state not in life.OVER
        else:
            assert handoff.state in life.OVER and now.owner in ("bot", life.OWNERS[handoff.state])
        assert (handoff.offered_to is not None) == (handoff.state == life.OFFERED)
        assert (handoff.snoozed_until is not None) == (handoff.state == life.SNOOZED)
        assert now.owner != "agent" or handoff.claimed_by == now.agent_id
        assert (now.waiting_since is not None) == (now.owner == "waiting")


@pytest.mark.parametrize("seed", range(3))
async def test_a_walk(desk: DeskUnderTest, seed: int) -> None:
    await _walk(desk, seed)


@pytest.mark.parametrize("seed", [7])
async def test_a_walk_on_postgresql(migrated_postgres_url: str, seed: int) -> None:
    desk = DeskUnderTest(Database(migrated_postgres_url))
    await _walk(desk, seed)
    await desk.service.close()
    desk.database.close()


async def _walk(desk: DeskUnderTest, seed: int) -> None:
    walk = Walk(desk, await desk.conversation(), seed)
    for _ in range(STEPS):
        await walk.step()
        walk.check()
    states = {event.state for event in desk.events if isinstance(event, HandoffMoved)}
    assert len(states) >= 6, "the walk saw too little"
