"""Start the processes, watch their health, restart what dies, stop them in order."""

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bot.errors import StartError
from bot.supervisor.child import START_LIMIT, Child
from bot.supervisor.services import Service

SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
BESIDE_LIMIT = 240.0  # seconds to the first healthy answer of what starts gently, on a busy machine
STOPPING = "Kindhand is being stopped"


class Supervisor:
    """Runs `services` until `stop` is called; `tell` gets one line for people on every change."""

    def __init__(self, services: Sequence[Service], log: Path, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self._log = _log_to(log)
        self.children = [Child(service, self._log) for service in services]  # ended in the opposite order
        self._watchers: dict[Child, asyncio.Task[None]] = {}
        self._ready, self._stopping = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        """Start everything, then keep it running until stopped.

        Raises:
            StartError: a process ended, or gave no sign of health, before it was ever ready.
        """
        _on_signal(self.stop)
        try:
            if await self._start(self.children):
                self._ready.set()
                self.watch(self.children)
            await self._stopping.wait()
        finally:
            self._stopping.set()
            await self._stop_all()

    async def until_ready(self, running: "asyncio.Task[None]") -> bool:
        """Wait until all processes are well; false when `running`, the task of `run`, was stopped before.

        Raises:
            StartError: as `run` does.
        """
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait({ready, running}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if running.done():
            running.result()
        return self._ready.is_set()

    def stop(self) -> None:
        """End `run` in good order."""
        self._stopping.set()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    async def add(self, services: Sequence[Service]) -> list[Child]:
        """Start more processes beside those that run, and wait until they are well. They are not watched yet.

        Raises:
            StartError: one of them is not; then none of them is left, nor when this is called off.
        """
        children = [Child(service, self._log) for service in services]
        self.children[:0] = children
        try:
            if not await self._start(children, BESIDE_LIMIT):
                raise StartError(STOPPING)
        except BaseException:
            await self.remove(children)
            raise
        return children

    async def remove(self, children: Sequence[Child]) -> None:
        """End processes for good, the last one first."""
        self._unwatch(children)
        for child in reversed(children):
            await child.end()
        self.children = [child for child in self.children if child not in children]

    def watch(self, children: Sequence[Child]) -> None:
        """Start again from now on what ends."""
        for child in children:
            self._watchers[child] = asyncio.create_task(self._watch(child))

    def _unwatch(self, children: Sequence[Child]) -> None:
        for child in children:
            if watcher := self._watchers.pop(child, None):
                watcher.cancel()

    async def _start(self, children: Sequence[Child], limit: float | None = None) -> bool:
        """Start processes; false where we are stopped meanwhile."""
        # All at once: Rasa's imports take longest and nothing has to wait for them.
        for child in children:
            await child.spawn()
        pending = {asyncio.create_task(child.until_well(limit)) for child in children}
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            while pending and not stopped.done():
                done, rest = await asyncio.wait({*pending, stopped}, return_when=asyncio.FIRST_COMPLETED)
                pending = rest - {stopped}
                for task in done - {stopped}:
                    task.result()
        finally:
            for task in (*pending, stopped):
                task.cancel()
        return not self.stopping

    async def _watch(self, child: Child) -> None:
        pause = SHORTEST_PAUSE
        while True:
            started = time.monotonic()
            trouble = await child.until_trouble()
            self.tell(f"The process “{child.name}” {trouble}; starting it again.")
            child.note(trouble)
            await child.end()
            pause = SHORTEST_PAUSE if time.monotonic() - started > START_LIMIT else pause
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await child.spawn()

    async def _stop_all(self) -> None:
        # The desk first, so that no visitor is told of trouble that is only our leaving.
        await self.remove(list(self.children))
        for handler in self._log.handlers:
            handler.close()


def _on_signal(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt instead
            return


def _log_to(path: Path) -> logging.Logger:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=5_000_000, backupCount=3, encoding="utf-8", errors="replace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.Logger("processes", logging.INFO)
    log.addHandler(handler)
    return log
