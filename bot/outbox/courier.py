"""Carries out what lies in the outbox, as long as the desk runs."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from bot.background import background
from bot.errors import Undeliverable
from bot.outbox.outbox import Delivery, Outbox

Deliver = Callable[[Mapping[str, Any], str], None]  # payload, key; blocks, and ends by itself
AT_ONCE = 2  # deliveries of one kind: a slow receiver holds up its own kind only
PAUSE = 1.0  # seconds between two looks
logger = logging.getLogger(__name__)


class Courier:
    """Deliver what is due, each kind in its own way, at least once.

    A delivery that raises `Undeliverable` is given up at once; after any other error it is tried again,
    later each time. The log names number and kind, never what is in it.
    """

    def __init__(self, outbox: Outbox, deliveries: Mapping[str, Deliver], *, pause: float = PAUSE) -> None:
        self._outbox, self._deliveries, self._pause = outbox, dict(deliveries), pause
        self._busy: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(AT_ONCE * len(self._deliveries) + 1, thread_name_prefix="courier")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver while inside; on leaving, let what is under way come to its end."""
        try:
            async with background(self._look()):
                yield
        finally:
            await self.settled()
            self._threads.shutdown(wait=False)

    async def look(self) -> int:
        """Begin to deliver what is due now; return how many that are."""
        places = {kind: AT_ONCE - self._busy[kind] for kind in self._deliveries}
        leased = await self._thread(self._outbox.lease, places)
        for delivery in leased:
            self._busy[delivery.kind] += 1
            task = asyncio.create_task(self._carry(delivery))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return len(leased)

    async def settled(self) -> None:
        """Wait for what is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _look(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                # The database may be away for a while; what lies in the outbox stays there.
                logger.exception("the outbox could not be read")
            await asyncio.sleep(self._pause)

    async def _carry(self, delivery: Delivery) -> None:
        try:
            await self._thread(self._deliver, delivery)
        except Exception:
            logger.exception("what became of delivery %s could not be noted", delivery.id)
        finally:
            self._busy[delivery.kind] -= 1

    def _deliver(self, delivery: Delivery) -> None:
        try:
            self._deliveries[delivery.kind](delivery.payload, delivery.key)
        except Exception as problem:
            given_up = self._outbox.put_back(delivery, problem, for_good=isinstance(problem, Undeliverable))
            then = "given up" if given_up else "tried again later"
            what = (delivery.id, delivery.kind, type(problem).__name__, then)
            logger.warning("delivery %s (%s) failed with %s; %s", *what)
        else:
            self._outbox.done(delivery)

    async def _thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
