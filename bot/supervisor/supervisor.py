"""Start the processes, watch their health, restart what dies, stop them in order."""

import asyncio
import logging
import signal
import sys
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

import httpx

from bot.errors import StartError
from bot.supervisor.services import Service

logger = logging.getLogger(__name__)

START_LIMIT = 120.0  # seconds until the first healthy answer; Rasa needs about 10
WATCH_EVERY = 2.0
HEALTH_LIMIT = 5.0  # seconds for one health check
PATIENCE = 5  # health checks missed in a row before a process counts as hung
STOP_LIMIT = 8.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


class Supervisor:
    """Runs `services` until `stop` is called; `tell` gets one line for people on every change."""

    def __init__(self, services: tuple[Service, ...], log: Path, tell: Callable[[str], None]) -> None:
        self.services, self.log, self.tell = services, log, tell
        self.processes: dict[str, asyncio.subprocess.Process] = {}
        self._ready, self._stopping = asyncio.Event(), asyncio.Event()
        self._log = _log_to(log)

    async def run(self) -> None:
        """Start everything, then keep it running until stopped.

        Raises:
            StartError: a process ended, or gave no sign of health, before it was ever ready.
        """
        _on_signal(self.stop)
        watchers: list[asyncio.Task[None]] = []
        try:
            await self._start_all()
            if not self._stopping.is_set():
                self._ready.set()
                watchers = [asyncio.create_task(self._watch(service)) for service in self.services]
            await self._stopping.wait()
        finally:
            for watcher in watchers:
                watcher.cancel()
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

    async def _start_all(self) -> None:
        # All at once: Rasa's imports take longest and nothing has to wait for them.
        starts = [asyncio.create_task(self._start_first(service)) for service in self.services]
        stopped = asyncio.create_task(self._stopping.wait())
        pending = set(starts)
        while pending and not stopped.done():
            done, rest = await asyncio.wait({*pending, stopped}, return_when=asyncio.FIRST_COMPLETED)
            pending = rest - {stopped}
            for task in done - {stopped}:
                task.result()
        for task in (*pending, stopped):
            task.cancel()

    async def _start_first(self, service: Service) -> None:
        started = time.monotonic()
        await self._spawn(service)
        while time.monotonic() - started < START_LIMIT:
            process = self.processes[service.name]
            if process.returncode is not None:
                raise StartError(f"The process “{service.name}” ended at its start. {self._why(service)}")
            if await _is_well(service):
                return
            await asyncio.sleep(0.2)
        silence = f"gave no sign of health in {START_LIMIT:.0f} s"
        raise StartError(f"The process “{service.name}” {silence}. {self._why(service)}")

    async def _spawn(self, service: Service) -> None:
        process = await asyncio.create_subprocess_exec(
            *service.argv,
            env=service.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=1 << 20,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self.processes[service.name] = process
        asyncio.create_task(self._keep_log(service, process))
        self._log.info("%-8s| started as process %d", service.name, process.pid)

    async def _keep_log(self, service: Service, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:
                continue  # a line longer than the limit is dropped, not the process
            if not line:
                return
            self._log.info("%-8s| %s", service.name, line.decode(errors="replace").rstrip())

    async def _watch(self, service: Service) -> None:
        pause = SHORTEST_PAUSE
        while True:
            started = time.monotonic()
            trouble = await self._until_trouble(service)
            self.tell(f"The process “{service.name}” {trouble}; starting it again.")
            self._log.info("%-8s| %s", service.name, trouble)
            await _end(self.processes[service.name])
            pause = SHORTEST_PAUSE if time.monotonic() - started > START_LIMIT else pause
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await self._spawn(service)

    async def _until_trouble(self, service: Service) -> str:
        process, started, missed, ever_well = self.processes[service.name], time.monotonic(), 0, False
        while process.returncode is None:
            if await _is_well(service):
                missed, ever_well = 0, True
            else:
                missed += 1
            if missed >= PATIENCE and (ever_well or time.monotonic() - started > START_LIMIT):
                return "does not answer any more"
            await _wait_for_end(process, WATCH_EVERY)
        return f"stopped (exit {process.returncode})"

    async def _stop_all(self) -> None:
        # The desk first, so that no visitor is told of trouble that is only our leaving.
        for service in reversed(self.services):
            if process := self.processes.get(service.name):
                await _end(process)
        for handler in self._log.handlers:
            handler.close()

    def _why(self, service: Service) -> str:
        mark = f"{service.name:<8}| "
        lines = [
            line.partition(mark)[2]
            for line in self.log.read_text(errors="replace").splitlines()
            if mark in line
        ]
        telling = [line for line in lines if "Error" in line] or lines[-1:]
        return (
            f"It said: {telling[-1].strip()[:300]} (the rest is in {self.log})"
            if telling
            else f"See {self.log}."
        )


async def _is_well(service: Service) -> bool:
    # Plain HTTP on loopback: reading the machine's certificates each time would cost more than all else.
    async with httpx.AsyncClient(timeout=HEALTH_LIMIT, trust_env=False, verify=False) as client:
        try:
            return (await client.get(service.health)).status_code == 200
        except httpx.HTTPError:
            return False


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    await _wait_for_end(process, STOP_LIMIT)
    if process.returncode is None:
        process.kill()
        await process.wait()


async def _wait_for_end(process: asyncio.subprocess.Process, seconds: float) -> None:
    try:
        await asyncio.wait_for(process.wait(), seconds)
    except asyncio.TimeoutError:
        return


def _on_signal(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt instead
            return


def _die_with_parent() -> None:
    """Ask Linux to end this child when the supervisor is gone, however it went; and ignore the
    terminal's Ctrl-C, because the supervisor stops its children in order."""
    import ctypes

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _log_to(path: Path) -> logging.Logger:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=5_000_000, backupCount=3, encoding="utf-8", errors="replace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.Logger("processes", logging.INFO)
    log.addHandler(handler)
    return log
