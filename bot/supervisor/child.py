"""One process of ours: started, held to its health, ended."""

import asyncio
import logging
import signal
import sys
import time
from collections import deque

import httpx

from bot.errors import StartError
from bot.supervisor.services import Service

START_LIMIT = 120.0  # seconds until the first healthy answer; Rasa needs about 10
WATCH_EVERY = 2.0
HEALTH_LIMIT = 5.0  # seconds for one health check
PATIENCE = 5  # health checks missed in a row before a process counts as hung
STOP_LIMIT = 8.0
REMEMBERED = 200  # lines of what it printed, to tell why it ended


class Child:
    """A process for a service. Another service may be set; it counts from the next start on."""

    def __init__(self, service: Service, log: logging.Logger) -> None:
        self.service, self._log = service, log
        self._process: asyncio.subprocess.Process | None = None
        self._said: deque[str] = deque(maxlen=REMEMBERED)
        self._listening: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return self.service.name

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def spawn(self) -> None:
        """Start the process."""
        self._said.clear()
        self._process = await asyncio.create_subprocess_exec(
            *self.service.argv,
            env=self.service.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=1 << 20,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self._listening = asyncio.create_task(self._keep_log(self._process))
        self.note(f"started as process {self._process.pid}")

    async def until_well(self, limit: float | None = None) -> None:
        """Wait for the first sign of health after `spawn`; `limit` in seconds, where it is not the usual one.

        Raises:
            StartError: there is none in time, or the process ended.
        """
        started, limit = time.monotonic(), limit or START_LIMIT
        while time.monotonic() - started < limit:
            if self._ended is not None and self._listening:
                await asyncio.wait({self._listening}, timeout=1)  # its last words may still be on their way
                raise StartError(f"The process “{self.name}” ended at its start. {self._why}")
            if await self._is_well():
                return
            await asyncio.sleep(0.2)
        silence = f"gave no sign of health in {limit:.0f} s"
        raise StartError(f"The process “{self.name}” {silence}. {self._why}")

    async def until_trouble(self) -> str:
        """Wait until it has ended or hangs; return which, in words."""
        assert self._process
        started, missed, ever_well = time.monotonic(), 0, False
        while self._ended is None:
            if await self._is_well():
                missed, ever_well = 0, True
            else:
                missed += 1
            if missed >= PATIENCE and (ever_well or time.monotonic() - started > START_LIMIT):
                return "does not answer any more"
            await _wait_for_end(self._process, WATCH_EVERY)
        return f"stopped (exit {self._ended})"

    async def end(self) -> None:
        """End it, in good order if it heeds that."""
        if self._process is None or self._ended is not None:
            return
        self._process.terminate()
        await _wait_for_end(self._process, STOP_LIMIT)
        if self._ended is None:
            self._process.kill()
            await self._process.wait()

    def note(self, line: str) -> None:
        """Write a line about it into the log."""
        self._log.info("%-8s| %s", self.name, line)

    @property
    def _ended(self) -> int | None:
        return self._process.returncode if self._process else None

    async def _keep_log(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:
                continue  # a line longer than the limit is dropped, not the process
            if not line:
                return
            text = line.decode(errors="replace").rstrip()
            self._said.append(text)
            self.note(text)

    @property
    def _why(self) -> str:
        """Its most telling words."""
        telling = [line for line in self._said if "Error" in line] or list(self._said)[-1:]
        files = [handler.baseFilename for handler in self._log.handlers]
        where = f"the rest is in {files[0]}" if files else "there is no log"
        return f"It said: {telling[-1].strip()[:300]} ({where})" if telling else f"It said nothing; {where}."

    async def _is_well(self) -> bool:
        # Plain HTTP on loopback: reading the machine's certificates each time would cost more than all else.
        async with httpx.AsyncClient(timeout=HEALTH_LIMIT, trust_env=False, verify=False) as client:
            try:
                return (await client.get(self.service.health)).status_code == 200
            except httpx.HTTPError:
                return False


async def _wait_for_end(process: asyncio.subprocess.Process, seconds: float) -> None:
    try:
        await asyncio.wait_for(process.wait(), seconds)
    except asyncio.TimeoutError:
        return


def _die_with_parent() -> None:
    """End with the supervisor; and ignore the terminal's Ctrl-C, because it stops its children in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """Ask Linux to end this new process when the thread that started it is gone, however it went."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
