"""What the console's routes share: who looks at what, and how conversations are described to them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import Any

from sqlalchemy.engine import Connection, Row

from bot.desk.access import Access
from bot.desk.audit import Audit
from bot.desk.console import summaries
from bot.desk.console.cards import Cards
from bot.desk.console.reads import mark_read
from bot.desk.console.screens import Screens
from bot.desk.console.tickets import Tickets
from bot.handoff.service import HandoffService
from bot.storage.engine import Database

Described = tuple[list[dict[str, Any]], dict[str, int]]


class Room:
    """The agents' room: one for the whole desk."""

    def __init__(self, database: Database, service: HandoffService, access: Access, cards: Cards) -> None:
        self.database, self.service, self.access, self.cards = database, service, access, cards
        self.tickets, self.screens, self.audit = Tickets(), Screens(), Audit(database)

    async def listed(self, view: str, agent_id: str) -> Described:
        """Return the summaries of a view and the counts of all views."""
        found, counts = await self._described(
            lambda connection: summaries.listed(connection, view, agent_id), agent_id
        )
        return summaries.worst_first(found) if view in ("queue", "mine") else found, counts

    async def changed(self, ids: Sequence[str], agent_id: str) -> Described:
        """Return the summaries of these conversations and the counts of all views."""
        return await self._described(lambda connection: summaries.found(connection, ids), agent_id)

    async def summary(self, conversation_id: str, agent_id: str) -> dict[str, Any]:
        (summary, *_), _ = await self.changed([conversation_id], agent_id)
        return summary

    async def read(self, agent_id: str, conversation_id: str, seq: int) -> None:
        """Note what the agent has seen, and let the agent's screens know."""

        def work() -> bool:
            with self.database.write() as connection:
                return mark_read(connection, agent_id, conversation_id, seq)

        if await self.database.run(work):
            self.screens.stir(agent_id, conversation_id)

    async def _described(self, find: Callable[[Connection], list[Row]], agent_id: str) -> Described:
        def rows() -> list[Row]:
            with self.database.read() as connection:
                return find(connection)

        def describe(found: list[Row]) -> Described:
            now = datetime.now(timezone.utc)
            with self.database.read() as connection:
                described = summaries.summaries(connection, found, agent_id, vip=self.cards.is_vip, now=now)
                return described, summaries.counts(connection, agent_id)

        found = await self.database.run(rows)
        await self.cards.learn(row.customer_id for row in found)
        return await self.database.run(describe, found)
