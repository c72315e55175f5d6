"""The one at the desk who sees to it that nobody is forgotten.

Offers who waits to the right person, moves an offer on that nobody answered, takes back what an absent
agent left, wakes what was put aside. Every act goes through the service, which looks again before it
changes anything: to come twice, or late, does no harm.

Moments in rows are UTC. What passes while this process runs is counted by a clock that nobody sets, so
that a jump of the clock neither drops an offer at once nor keeps it for ever.
"""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from bot.background import background
from bot.business import Business
from bot.handoff.agent_side import TRANSFER
from bot.handoff.beat import Beat
from bot.handoff.events import BriefComposed, Event, HandoffMoved, HandoffOpened, MoodChanged
from bot.handoff.life import ACCEPTED, HELD, IN_LINE, IN_PROGRESS, OFFERED, SNOOZED
from bot.handoff.model import utc_now
from bot.handoff.offers import Offers, Vips
from bot.handoff.service import HandoffService
from bot.storage import workload
from bot.storage.engine import Database
from bot.storage.workload import Open

BEAT = 1.0  # seconds between two rounds, at most
LEARN = 600.0  # seconds between two looks at past waits
# An answer is due. What awaits the customer, or was put aside, goes back when that has an end.
DUE = (ACCEPTED, IN_PROGRESS)
logger = logging.getLogger(__name__)


class Attendant:
    """A task of the desk."""

    def __init__(
        self,
        service: HandoffService,
        database: Database,
        *,
        business: Business,
        vips: Vips,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service, self._database, self._business = service, database, business
        self._clock, self._monotonic = clock, monotonic
        self._offers = Offers(
            service, database, business=business, vips=vips, clock=clock, monotonic=monotonic
        )
        self._beat = Beat(BEAT)
        self._deadlines: dict[tuple[str, str | None, datetime | None], float] = {}
        self._changed: set[str] = set()  # conversations that may weigh more or less than before
        self._learned: float | None = None
        self._here: frozenset[str] = frozenset()

    def hear(self, event: Event) -> None:
        """Note what has changed, and look at once where somebody waits for it."""
        if isinstance(event, (HandoffOpened, HandoffMoved, MoodChanged)):
            self._changed.add(event.conversation_id)
        if isinstance(event, (HandoffOpened, HandoffMoved, BriefComposed)):
            self._beat.stir()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Attend to the desk until the end of the block."""
        with self._service.bus.subscribe(self.hear):
            async with background(self._run()):
                yield

    async def round(self) -> None:
        """Look once at everything that is open, and do what is due."""
        await self._learn()
        await self._weigh()
        self._notice_who_is_here()
        found = await self._database.run(self._open)
        due = [act for one in found if (act := self._due(one))]
        if any([await act() for act in due]):
            found = await self._database.run(self._open)
        offers = {_offer(one) for one in found if one.state == OFFERED}
        self._deadlines = {offer: at for offer, at in self._deadlines.items() if offer in offers}
        await self._offers.make([one for one in found if one.state in IN_LINE])

    async def _run(self) -> None:
        while True:
            try:
                await self.round()
            except Exception:
                # Whatever is wrong with one round, people still wait; the next one is a second away.
                logger.exception("a round at the desk failed")
            await self._beat.rest()

    def _open(self) -> list[Open]:
        with self._database.read() as connection:
            return workload.open_handoffs(connection, (*IN_LINE, *HELD))

    async def _learn(self) -> None:
        now = self._monotonic()
        if self._learned is not None and now - self._learned < LEARN:
            return
        self._learned = now

        def work() -> None:
            with self._database.read() as connection:
                self._service.staff.learn(connection, self._clock())

        await self._database.run(work)

    async def _weigh(self) -> None:
        """Keep the weight of what has changed, so that everybody's load is what it is."""
        changed, self._changed = self._changed, set()
        if not changed:
            return

        def work() -> None:
            with self._database.write() as connection:
                self._service.staff.weigh(connection, changed)

        await self._database.run(work)

    def _notice_who_is_here(self) -> None:
        """Have those who wait hear what it means for them that an agent came or went."""
        here = self._service.presence.agents
        if here != self._here:
            self._here = here
            self._service.tell_places()

    def _due(self, one: Open) -> Callable[[], Awaitable[bool]] | None:
        """Return what is to be done about a hand-over by now, if anything."""
        if one.state == OFFERED and self._has_run_out(one):
            return partial(self._service.expire, one.conversation_id, one.offered_to or "")
        if one.state == SNOOZED and (one.snoozed_until is None or one.snoozed_until <= self._clock()):
            return partial(self._service.wake, one.conversation_id)
        if one.state in DUE and one.agent_id and self._is_absent(one.agent_id):
            return partial(self._service.take_back, one.conversation_id, one.agent_id)
        return None

    def _has_run_out(self, one: Open) -> bool:
        now = self._monotonic()
        if _offer(one) not in self._deadlines:
            until = one.offered_until or self._clock()
            # Made before the clock was set back, an offer would seem to last for hours.
            longest = max(self._business.routing.offer, TRANSFER).total_seconds()
            left = min(max((until - self._clock()).total_seconds(), 0.0), longest)
            self._deadlines[_offer(one)] = now + left
        return now >= self._deadlines[_offer(one)]

    def _is_absent(self, agent_id: str) -> bool:
        return self._service.presence.away(agent_id) > self._business.routing.absent


def _offer(one: Open) -> tuple[str, str | None, datetime | None]:
    return one.id, one.offered_to, one.offered_until
