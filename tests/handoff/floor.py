"""A desk with its attendant, and people who come and go as a test says."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from bot.handoff.attendant import Attendant
from bot.handoff.model import Cause, Handoff
from bot.storage import handoffs
from bot.storage.tables import agents, conversations
from tests.handoff.desk import DeskUnderTest


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
