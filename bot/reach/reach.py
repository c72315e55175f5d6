"""All of this room as the desk runs it: what is told, the ways out, and copies for customers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.business import Business
from bot.following import following
from bot.handoff.bus import Bus
from bot.handoff.presence import Presence
from bot.outbox.courier import Deliver
from bot.outbox.outbox import Outbox
from bot.reach.continuations import Continuations
from bot.reach.customers import Transcripts
from bot.reach.post import Channels, Post
from bot.reach.rules import TRANSCRIPT, Rules
from bot.reach.watch import Watch
from bot.reach.wording import Wording
from bot.settings import Settings
from bot.storage.engine import Database


class Reach:
    """Built once for the desk. `deliveries` are for its courier."""

    def __init__(
        self, database: Database, outbox: Outbox, *, settings: Settings, business: Business, rules: Rules
    ) -> None:
        """`business` and `rules` may be of those that follow what is published: see `bot.following`."""

        def wanted() -> bool:
            return bool(settings.smtp_host) and TRANSCRIPT in rules.customers

        self._database, self._outbox, self._business, self._rules = database, outbox, business, rules
        self._wording = following(
            lambda: Wording(settings.console_url, business.name, situation=rules.situation)
        )
        self.deliveries: dict[str, Deliver] = Post(
            Channels.of(settings, business), business, database
        ).deliveries
        self.transcripts = following(lambda: Transcripts(database, outbox, business, on=wanted()))
        self.continuations = following(
            lambda: Continuations(database, outbox, business, chat_url=settings.chat_url, on=wanted())
        )

    @asynccontextmanager
    async def running(self, bus: Bus, presence: Presence) -> AsyncIterator[None]:
        """Look what there is to tell while inside."""
        watch = Watch(
            self._database,
            self._outbox,
            presence,
            rules=self._rules,
            business=self._business,
            wording=self._wording,
        )
        with bus.subscribe(watch.hear):
            async with watch.running():
                yield
