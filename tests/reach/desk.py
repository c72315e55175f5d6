"""A desk whose news go out to real servers on this machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert, select, update

from bot.handoff.model import Cause
from bot.outbox.courier import Courier
from bot.outbox.outbox import Outbox
from bot.reach.chat import Chats
from bot.reach.letter import Sender
from bot.reach.mail import MailServer
from bot.reach.post import Channels, Post
from bot.reach.rules import CHANNELS, Rule, Rules, Target
from bot.reach.watch import Watch
from bot.reach.webhook import Webhooks
from bot.reach.wording import Wording
from bot.storage.engine import Database
from bot.storage.tables import agent_sessions, handoffs, outbox
from tests.handoff.desk import DeskUnderTest

SECRET = "whsec_a2V0dGxlLW9uLXRoZS1zdG92ZS1rZXR0bGUtb24tdGhlLXN0b3Zl"
MORNING = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)  # a Tuesday, open from 8:00 to 20:00
CONSOLE = "https://chat.example/console"


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class ReachingDesk(DeskUnderTest):
    """The service, and all that tells what it does outside."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.now = Clock()
        self.clock.now = MORNING
        self.outbox = Outbox(self.database, clock=self.now)
        self.wording = Wording(CONSOLE, self.business.name, situation=True)

    def watch(self, *rules: Rule, customers: frozenset[str] = frozenset(), **options: Any) -> Watch:
        """Return a watch as after a start."""
        known = {
            "rules": Rules(rules, customers=customers),
            "business": self.business,
            "wording": self.wording,
        }
        return Watch(self.database, self.outbox, self.presence, clock=self.now, **known, **options)

    def post(
        self,
        mail: MailServer | None = None,
        *,
        chats: Mapping[str, str] | None = None,
        webhooks: Mapping[str, str] | None = None,
    ) -> Post:
        sender = Sender(self.business.name, self.business.email, self.business.email)
        channels = Channels(mail, sender, Chats(dict(chats or {})), Webhooks(webhooks or {}, SECRET))
        return Post(channels, self.business, self.database, clock=self.now)

    async def deliver(self, post: Post, rounds: int = 1) -> None:
        """Deliver what is due, then let an hour pass, so that what failed is due again."""
        courier = Courier(self.outbox, post.deliveries)
        for _ in range(rounds):
            await courier.look()
            await courier.settled()
            self.now.pass_by(minutes=30)

    @property
    def rows(self) -> list[SimpleNamespace]:
        """What the outbox has for people and machines outside, done or not."""
        with self.database.read() as connection:
            query = select(outbox).where(outbox.c.kind.in_(CHANNELS)).order_by(outbox.c.id)
            found = connection.execute(query)
            return [SimpleNamespace(**row._mapping) for row in found]

    async def waiting(self, text: str = "Where is my order?", reason: str = "explicit_request") -> str:
        """Begin a conversation in which a person is asked for; its brief is composed."""
        id = await self.conversation()
        await self.service.receive(id, "m1", text)
        known = {"code": reason, "label": reason, "score": 1.0, "threshold": 0.5, "evidence": []}
        await self.service.open_handoff(id, Cause(f"{reason}@1", (known,)))
        await self.service.close()
        return id

    def promised(self, at: datetime) -> None:
        """Have all been told that an answer comes later."""
        with self.database.write() as connection:
            connection.execute(update(handoffs).values(availability="later", promised_at=at))

    def seen_agents(self, at: datetime) -> None:
        """Have somebody had the console open last at that moment."""
        row = {"token_hash": f"h{at:%H%M%S}", "agent_id": "a-sam", "csrf": "c", "id": f"s{at:%H%M%S}"}
        row |= {"created_at": at, "expires_at": at + timedelta(days=9), "seen_at": at}
        with self.database.write() as connection:
            connection.execute(insert(agent_sessions), [row])


def rule(*when: str, to: Target, minutes: float = 5) -> Rule:
    return Rule(frozenset(when), (to,), timedelta(minutes=minutes))
