"""Where a file is opened: in a process of its own, one at a time, for so long and no longer."""

import asyncio
import json
import logging
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.attachments.refusals import CODES, AttachmentRefused

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30.0  # for one file
LONGEST_LINE = 20  # files that wait for their turn
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """What a file turned out to be; sides in pixels, of pictures only."""

    kind: str
    width: int | None = None
    height: int | None = None


class Workbench:
    """Open files. `command` gets the file and the folder for what is kept of it."""

    def __init__(self, *, seconds: float = SECONDS, command: tuple[str, ...] = ()) -> None:
        self._seconds = seconds
        self._command = command or (sys.executable, "-m", "bot.attachments")
        self._turn = asyncio.Semaphore(1)
        self._line = 0

    async def open(self, file: Path, folder: Path) -> Opened:
        """Open a file, and have what is kept of it written into a folder.

        Raises:
            AttachmentRefused: it is nothing that we take, or its reader failed or took too long.
        """
        if self._line >= LONGEST_LINE:
            raise AttachmentRefused("failed", "too many wait")
        self._line += 1
        try:
            async with self._turn:
                return self._read(await self._run(file, folder))
        finally:
            self._line -= 1

    async def _run(self, file: Path, folder: Path) -> bytes:
        process = await asyncio.create_subprocess_exec(
            *(*self._command, str(file), str(folder)),
            cwd=ROOT,
            env={"LC_ALL": "C.UTF-8"},  # it needs none of our settings, and no secret
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            said, _ = await asyncio.wait_for(process.communicate(), self._seconds)
        except asyncio.TimeoutError:
            raise AttachmentRefused("broken", "it took too long") from None
        finally:
            # Also when whoever sent it has gone away meanwhile.
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        return said

    def _read(self, said: bytes) -> Opened:
        try:
            answer = json.loads(said)
        except ValueError:
            logger.warning("a file made its reader fail")
            raise AttachmentRefused("broken", "its reader failed") from None
        if "refused" in answer:
            code = answer["refused"] if answer["refused"] in CODES else "broken"
            raise AttachmentRefused(code, str(answer.get("problem", "")))
        return Opened(answer["kind"], answer["width"], answer["height"])
