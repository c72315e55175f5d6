"""What the console's routes share: who looks at what, and how conversations are described to them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy.engine import Connection, Row

from bot.desk.access import Access
from bot.desk.audit import Audit
from bot.desk.console import summaries
from bot.desk.console.cards import Cards
from bot.desk.console.screens import Screens
from bot.desk.console.summaries import Summary
from bot.desk.console.tickets import Tickets
from bot.errors import NotFound
from bot.handoff.model import CLOSED
from bot.handoff.service import HandoffService
from bot.storage.engine import Database

SNAPSHOT = 500  # open conversations that a console is told at once


@dataclass(frozen=True)
class Look:
    """Conversations as they stood at one moment, for the agents who looked."""

    summaries: list[Summary]
    unread: dict[tuple[str, str], int]
    counts: dict[str, dict[str, int]]

    def of(self, agent_id: str) -> list[Summary]:
        """Return the summaries as one of the agents sees them."""
        return [one | {"unread": self.unread.get((agent_id, one["id"]), 0)} for one in self.summaries]


class Room:
    """The agents' room: one for the whole desk."""

    def __init__(self, database: Database, service: HandoffService, access: Access, cards: Cards) -> None:
        self.database, self.service, self.access, self.cards = database, service, access, cards
        self.tickets, self.screens, self.audit = Tickets(), Screens(), Audit(database)

    async def rows(self, find: Callable[[Connection], list[Row]]) -> list[Row]:
        """Read rows of conversations, as `summaries.ROWS` has them."""

        def work() -> list[Row]:
            with self.database.read() as connection:
                return find(connection)

        return await self.database.run(work)

    async def look(self, rows: Sequence[Row], agent_ids: Collection[str], *, patience: float = 0.3) -> Look:
        """Describe conversations to agents; who is a VIP is waited for so many seconds and no longer."""
        await self.cards.learn((row.customer_id for row in rows if row.owner != CLOSED), patience)

        def work() -> Look:
            with self.database.read() as connection:
                now, ids = datetime.now(timezone.utc), [row.id for row in rows]
                found = summaries.summaries(connection, rows, vip=self.cards.is_vip, now=now)
                unread = summaries.unread(connection, ids, agent_ids)
                return Look(found, unread, summaries.counts(connection, agent_ids))

        return await self.database.run(work)

    async def snapshot(self, agent_id: str) -> Look:
        """Describe the open conversations to an agent."""
        return await self.look(
            await self.rows(lambda connection: summaries.open_ones(connection, SNAPSHOT)), [agent_id]
        )

    async def changed(
        self, ids: Collection[str], agent_ids: Collection[str], *, patience: float = 0.3
    ) -> Look:
        """Describe these conversations to agents."""
        rows = await self.rows(lambda connection: summaries.found(connection, ids))
        return await self.look(rows, agent_ids, patience=patience)

    async def summary(self, conversation_id: str, agent_id: str) -> Summary:
        """Describe one conversation to an agent.

        Raises:
            NotFound: there is none; it may have been erased a moment ago.
        """
        found = (await self.changed([conversation_id], [agent_id])).of(agent_id)
        if not found:
            raise NotFound("There is no such conversation.")
        return found[0]

    async def read(self, agent_id: str, conversation_id: str, seq: int) -> None:
        """Note what the agent has seen, and let the agent's screens know."""
        if await self.service.agent_read(conversation_id, agent_id, seq):
            self.screens.stir(agent_id, conversation_id)
