"""A hand-over service on a database of its own, with a business whose hours a test can set."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from sqlalchemy import insert

from bot.business import Business
from bot.handoff.bus import Bus
from bot.handoff.entrance import Entrance
from bot.handoff.events import Event
from bot.handoff.model import Agent, Handoff
from bot.handoff.presence import Presence
from bot.handoff.service import HandoffService
from bot.storage import handoffs
from bot.storage.engine import Database
from bot.storage.tables import agents
from tests.demo_business import demo_business
from tests.storage.rows import agent_row

SAM, NOOR = Agent("a-sam", "Sam Reyes"), Agent("a-noor", "Noor Haddad")
OPEN = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)  # a Tuesday morning
NIGHT = datetime(2026, 11, 3, 23, tzinfo=timezone.utc)


@dataclass
class FakeClock:
    now: datetime = OPEN

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass
class FakeTicks:
    """Seconds that pass when a test says so, whatever the clock shows."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class FakeBriefs:
    """Composes a brief of one sentence."""

    database: Database
    composed: list[str] = field(default_factory=list)

    async def compose(self, handoff: Handoff) -> bool:
        with self.database.write() as connection:
            handoffs.change(connection, handoff.id, brief={"situation": f"About {handoff.cause}"})
        self.composed.append(handoff.cause)
        return True


class DeskUnderTest:
    """The service with all its parts, and every event that it told."""

    def __init__(self, database: Database, business: Business | None = None) -> None:
        self.database = database
        with self.database.write() as connection:
            people = [agent_row(SAM.id), agent_row(NOOR.id, name=NOOR.name)]
            connection.execute(insert(agents), people)
        self.business = business or demo_business()
        self.bus, self.clock, self.ticks = Bus(), FakeClock(), FakeTicks()
        self.presence = Presence(self.ticks)
        self.briefs = FakeBriefs(self.database)
        self.events: list[Event] = []
        self._hearing = self.bus.subscribe(self.events.append)
        self._hearing.__enter__()
        self.entrance = Entrance(self.database, self.bus, self.clock)
        self.service = HandoffService(
            self.database,
            business=self.business,
            briefs=self.briefs,
            bus=self.bus,
            presence=self.presence,
            clock=self.clock,
        )

    async def conversation(self) -> str:
        return (await self.entrance.enter(None, None, None)).conversation.id
