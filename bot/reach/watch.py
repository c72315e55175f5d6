"""Looks what there is to tell, when something happened and every few seconds; the outbox does the rest."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from bot.background import background
from bot.business import Business
from bot.handoff.beat import Beat
from bot.handoff.events import (
    BriefComposed,
    Event,
    HandoffOpened,
    MoodChanged,
    OwnerChanged,
)
from bot.handoff.model import utc_now
from bot.handoff.presence import Presence
from bot.outbox.outbox import Outbox
from bot.reach import customers, standing
from bot.reach.news import Nobody, Standing, tellings
from bot.reach.restraint import Restraint
from bot.reach.rules import DELIVERY_FAILED, EMAIL, NOBODY_ONLINE, PROMISE, WEBHOOK, Rules
from bot.reach.wording import Wording
from bot.storage.engine import Database

PAUSE = 15.0  # seconds between looks when nothing happens
GATHER = 1.0  # seconds in which what happens is gathered into one look
PROMISES = 3  # letters in an hour to one address, and for one conversation: anybody can type any address
TELLINGS = 10  # of one kind of news about one conversation to one target, in an hour
IS_NEWS = timedelta(hours=1)  # what people could not be told in that time is not told late
HEARD = (HandoffOpened, BriefComposed, MoodChanged, OwnerChanged)
Letter = tuple[str, str, dict[str, Any]]  # kind, key and payload, as the outbox takes them
logger = logging.getLogger(__name__)


class Watch:
    """Have told what the owner wants told. Of that it remembers nothing: see `news`."""

    def __init__(
        self,
        database: Database,
        post: Outbox,
        presence: Presence,
        *,
        rules: Rules,
        business: Business,
        wording: Wording,
        clock: Callable[[], datetime] = utc_now,
        pause: float = PAUSE,
    ) -> None:
        self._database, self._outbox, self._presence, self._rules = database, post, presence, rules
        self._business, self._wording, self._clock = business, wording, clock
        self._began = clock()
        self._promises, self._tellings = Restraint(PROMISES), Restraint(TELLINGS)
        self._beat = Beat(pause)

    @property
    def _events(self) -> frozenset[str]:
        """What the owner wants told, by the rules of now."""
        return frozenset(event for rule in self._rules.tell for event in rule.when)

    def hear(self, event: Event) -> None:
        """Look soon when something happened that may be news."""
        if isinstance(event, HEARD):
            self._beat.stir()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look while inside."""
        async with background(self._keep_looking()):
            yield

    def look(self) -> int:
        """Put in the outbox what there is to tell and was not told yet; return how much. Blocks."""
        now = self._clock()
        with self._database.read() as connection:
            if not self._untold(connection, now):
                return 0
        # Looked at again while nobody else writes: it may have been claimed or erased meanwhile.
        with self._database.write() as connection:
            letters = [letter for letter in self._untold(connection, now) if self._may(letter, now)]
            return sum(self._outbox.add(connection, *letter) for letter in letters)

    def _may(self, letter: Letter, now: datetime) -> bool:
        """Tell whether a letter may go out now; one that may not is looked at again later."""
        kind, key, payload = letter
        conversation, target = payload.get("conversation"), payload.get("to") or payload.get("target")
        what = key.split("@")[0]
        if what.startswith(f"{PROMISE}:"):
            return self._promises.take(now, ("for", conversation), ("to", target.lower()))
        # Machines count for themselves, and what is about nobody cannot be caused by visitors.
        if kind == WEBHOOK or conversation is None:
            return True
        return self._tellings.take(now, (what, conversation, kind, target))

    async def _keep_looking(self) -> None:
        while True:
            try:
                await self._database.run(self.look)
            except Exception:
                # The database may be away for a while; the next look makes up for it.
                logger.exception("could not look what there is to tell")
            await self._beat.rest()
            await asyncio.sleep(GATHER)

    def _untold(self, connection: Connection, now: datetime) -> list[Letter]:
        found = self._letters(self._standing(connection, now), now)
        unknown = standing.unknown_keys(connection, found) if found else set()
        return [letter for key, letter in found.items() if key in unknown]

    def _standing(self, connection: Connection, now: datetime) -> Standing:
        wanted = self._events - {NOBODY_ONLINE, DELIVERY_FAILED} or PROMISE in self._rules.customers
        return Standing(
            open=standing.open_handoffs(connection) if wanted or NOBODY_ONLINE in self._events else (),
            nobody=self._nobody(connection, now),
            given_up=standing.given_up(connection, now) if DELIVERY_FAILED in self._events else (),
        )

    def _nobody(self, connection: Connection, now: datetime) -> Nobody | None:
        if NOBODY_ONLINE not in self._events or self._presence.agents:
            return None
        return standing.nobody(connection, self._business, now, earliest=self._began)

    def _letters(self, there: Standing, now: datetime) -> dict[str, Letter]:
        """Return what there is to send, by its key."""
        here = now.astimezone(self._business.zone)
        found = {
            telling.key: (
                telling.target.channel,
                telling.key,
                self._wording.payload(telling, now, now + IS_NEWS),
            )
            for telling in tellings(there, self._rules, here)
        }
        if PROMISE in self._rules.customers:
            promises = (customers.promise(one, self._business) for one in there.open)
            found |= {one[0]: (EMAIL, *one) for one in promises if one}
        return found
