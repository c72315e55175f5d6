"""The mood of each conversation, read after every message of the visitor and beside all else."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from bot.errors import NotFound
from bot.handoff.briefing import Briefing
from bot.handoff.bus import Bus
from bot.handoff.events import Event, MessageAdded, MoodChanged
from bot.handoff.model import VISITOR

ASIDE = 0.3  # seconds until the bot has most likely answered; reading must not make that slower
logger = logging.getLogger(__name__)


class Moods:
    """Keep moods up to date, one conversation at a time."""

    def __init__(self, briefing: Briefing, bus: Bus, *, aside: float = ASIDE) -> None:
        self._briefing, self._bus, self._aside = briefing, bus, aside
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mood")
        self._waiting: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def hear(self, event: Event) -> None:
        """Read the mood again when a visitor has said something."""
        if self._closed or not isinstance(event, MessageAdded) or event.message.speaker != VISITOR:
            return
        if event.conversation_id not in self._waiting:
            self._waiting.add(event.conversation_id)
            task = asyncio.get_running_loop().create_task(
                self._read(event.conversation_id, self._aside if event.question else 0)
            )
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop reading; the next message makes up for what is missing."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._thread.shutdown()

    async def _read(self, conversation_id: str, aside: float) -> None:
        await asyncio.sleep(aside)
        self._waiting.discard(conversation_id)
        loop = asyncio.get_running_loop()
        try:
            news = await loop.run_in_executor(self._thread, self._briefing.mood, conversation_id)
        except NotFound:
            return  # erased meanwhile
        except Exception:
            # A mood that cannot be read must not touch the conversation.
            logger.exception("no mood for %s", conversation_id)
            return
        if news:
            self._bus.publish(MoodChanged(conversation_id, *news))
