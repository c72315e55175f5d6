"""Keeps the summaries on all open consoles fresh: one look at the database for all of them together."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.desk.console import summaries
from bot.desk.console.room import Look, Room
from bot.desk.console.screens import Screen
from bot.desk.sockets import TRY_LATER
from bot.errors import KindhandError

AT_ONCE = 100  # summaries for one console; what is left comes with the next look
GATHER = 0.1  # seconds in which changes are gathered into one look
REVIEW = 60.0  # seconds after which waiting conversations are weighed again
PATIENCE = 0.05  # seconds for the customer records to say who is a VIP
logger = logging.getLogger(__name__)


class Teller:
    """Works while there are consoles."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._needed = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._keeping: asyncio.Task[None] | None = None

    @contextmanager
    def needed(self) -> Iterator[None]:
        """Work until the end of the block, and of every other such block."""
        self._needed += 1
        if not self._tasks:
            self._tasks = [asyncio.ensure_future(loop) for loop in (self._tell_all(), self._weigh_again())]
        try:
            yield
        finally:
            self._needed -= 1
            if not self._needed:
                for task in self._tasks:
                    task.cancel()
                self._tasks = []

    async def _tell_all(self) -> None:
        screens = self._room.screens
        while True:
            await screens.stirred.wait()
            await asyncio.sleep(GATHER)
            screens.stirred.clear()
            try:
                await self._tell()
            except Exception:
                # What they have missed they get by coming back.
                logger.exception("the consoles could not be told what changed")
                for screen in screens:
                    screen.socket.close(TRY_LATER)

    async def _tell(self) -> None:
        news: dict[Screen, set[str]] = {}
        for screen in [screen for screen in self._room.screens if screen.live]:
            await self._keep_reads(screen, but=screen.watched)
            news[screen] = screen.take(AT_ONCE)
        agents = {screen.session.agent.id for screen in news}
        look = await self._room.changed(set().union(*news.values()), agents, patience=PATIENCE)
        for screen, ids in news.items():
            _show(screen, ids, look)
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.ensure_future(self._keep_all())

    async def _keep_all(self) -> None:
        """Keep what was read. The screens show it as read already, so that this may take its time."""
        for screen in self._room.screens:
            await self._keep_reads(screen)

    async def _keep_reads(self, screen: Screen, *, but: str | None = None) -> None:
        for id in [id for id in screen.seen if id != but]:
            seq = screen.seen.pop(id, 0)
            try:
                await self._room.read(screen.session.agent.id, id, seq)
            except KindhandError as problem:
                # Such as a conversation that was erased meanwhile. The next message makes up for it.
                logger.info("not kept as read: %s (%s)", id, type(problem).__name__)

    async def _weigh_again(self) -> None:
        """Have those told again who wait, because waiting makes them more urgent."""
        while True:
            await asyncio.sleep(REVIEW)
            try:
                rows = await self._room.rows(summaries.waiting)
            except Exception:
                logger.exception("who waits could not be read")
                continue
            for screen in self._room.screens:
                screen.stir(*(row.id for row in rows))


def _show(screen: Screen, ids: set[str], look: Look) -> None:
    agent_id = screen.session.agent.id
    for summary in look.of(agent_id):
        if summary["id"] not in ids or not summary["last_message"]:
            continue  # a visitor who only opened the chat is nobody's business yet
        if summary["id"] == screen.watched:
            summary["unread"] = 0
        screen.socket.send({"op": "conversation", "summary": summary})
    counts = look.counts[agent_id]
    if counts != screen.counts:
        screen.counts = counts
        screen.socket.send({"op": "counts", "counts": counts})
