"""What our own commands ask of the running product: to serve another version, and which one it serves.

The supervisor listens on a port of this machine only. The port and a key made at each start are noted in
`var/control.json`, which nobody but its owner can read. One line of JSON asks; lines of JSON answer.
"""

import asyncio
import hmac
import json
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, cast

from bot.errors import KindhandError, StartError

NOTE = "control.json"
ASK_WITHIN = 5.0  # seconds until the whole question is there
LONGEST = 8192  # bytes of a question
SILENCE = 300.0  # seconds without a word after which the supervisor counts as gone; a start takes 120 at most
SETTLE = 60.0  # seconds; a desk that does not answer is given up before
BUSY = "Another version is being put in place right now. Wait for that to end, then try again"
UNHEARD = (OSError, ValueError, KeyError, TypeError)  # nobody there, or somebody else by now
Tell = Callable[[str], None]


class Control:
    """The asking side; all of it blocks. Nothing is sent before it is asked for something."""

    def __init__(self, var: Path) -> None:
        self._note = var / NOTE

    def running(self) -> bool:
        """Tell whether the product is running on this machine."""
        return self.serving() is not None

    def serving(self) -> Path | None:
        """Return the folder of files that visitors are served from; None if the product is not running."""
        try:
            with self._asking({"do": "look"}, seconds=ASK_WITHIN) as answers:
                return next((Path(answer["serving"]) for answer in answers if "serving" in answer), None)
        except UNHEARD:
            return None

    def settled(self) -> Path | None:
        """Return what visitors are served from once that is sure: not before a switch has passed them on.

        For who called one off: it may have been too late for that.
        """
        with suppress(*UNHEARD):
            until = time.monotonic() + SETTLE
            while time.monotonic() < until:
                with self._asking({"do": "look"}, seconds=ASK_WITHIN) as answers:
                    answer = next(answers, {})
                if not answer.get("passing"):
                    break
                time.sleep(0.1)
        return self.serving()

    def switch(self, folder: Path) -> Iterator[str]:
        """Have visitors served from `folder`; yield what is being done, in words, until it is done.

        Whoever stops listening before visitors are passed on calls it off.

        Raises:
            StartError: the product is not running, or the version could not take over; the one before it
                goes on serving then.
        """
        try:
            with self._asking({"do": "switch", "folder": str(folder.resolve())}, seconds=SILENCE) as answers:
                for answer in answers:
                    if "step" in answer:
                        yield answer["step"]
                    elif "problem" in answer:
                        raise StartError(answer["problem"])
                    elif "done" in answer:
                        return
        except UNHEARD as problem:
            if isinstance(problem, socket.timeout):
                raise StartError(
                    "Kindhand gives no sign of life. Stop it and start it again: ./kindhand up"
                ) from None
            if not self.running():
                raise StartError("Kindhand is not running here. Start it with ./kindhand up") from None
            raise StartError(f"Kindhand could not be asked: {type(problem).__name__}") from None
        raise StartError("Kindhand was stopped before the new version was in place")

    def _asking(self, question: dict[str, Any], *, seconds: float) -> "_Answers":
        note = json.loads(self._note.read_text(encoding="utf-8"))
        line = socket.create_connection(("127.0.0.1", int(note["port"])), timeout=seconds)
        try:
            line.sendall(_line({"key": note["key"], **question}))
        except OSError:
            line.close()
            raise
        return _Answers(line)


class _Answers:
    """The lines that come back on a connection, which ends with the block."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def __enter__(self) -> Iterator[dict[str, Any]]:
        return self._read()

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def _read(self) -> Iterator[dict[str, Any]]:
        with self._line.makefile("rb") as lines:
            for line in lines:
                yield dict(json.loads(line))


class Served(Protocol):
    """Whoever can be asked for another version."""

    @property
    def serving(self) -> Path:
        """The folder that visitors are served from."""

    @property
    def passing(self) -> bool:
        """Whether visitors are being passed on right now: it cannot be called off any more."""

    def switch(self, folder: Path, tell: Tell) -> Awaitable[None]:
        """Serve another one, and `tell` the steps. Raises our own errors; may be cancelled."""


@asynccontextmanager
async def listening(var: Path, served: Served) -> AsyncIterator[None]:
    """Answer the questions of this machine's owner while the block runs."""
    key, busy = secrets.token_urlsafe(32), asyncio.Lock()
    answering: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())
        answering.add(task)
        try:
            await _answer(reader, writer, key, served, busy)
        except (OSError, ValueError, asyncio.TimeoutError):
            pass  # not one of ours, or gone
        finally:
            answering.discard(task)
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, limit=LONGEST)
    note = var / NOTE
    _write_private(note, json.dumps({"port": server.sockets[0].getsockname()[1], "key": key}))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)
        server.close()
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)


async def _answer(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    key: str,
    served: Served,
    busy: asyncio.Lock,
) -> None:
    question = json.loads(await asyncio.wait_for(reader.readline(), ASK_WITHIN))
    if not isinstance(question, dict) or not _is(key, question.get("key")):
        return

    def say(**what: Any) -> None:
        writer.write(_line(what))

    if question.get("do") == "look":
        say(serving=str(served.serving), passing=served.passing)
    elif question.get("do") == "switch" and busy.locked():
        say(problem=BUSY)
    elif question.get("do") == "switch":
        async with busy:
            switching = asyncio.ensure_future(
                served.switch(Path(str(question.get("folder"))), lambda step: say(step=step))
            )
            try:
                await _while_heard(switching, reader)
                say(done=True)
            except KindhandError as problem:
                say(problem=str(problem))
            except OSError as problem:
                say(problem=f"The new version could not be started ({problem.strerror or problem})")
    await writer.drain()


async def _while_heard(work: "asyncio.Future[None]", reader: asyncio.StreamReader) -> None:
    """Wait for the work; call it off when whoever asked for it is gone."""
    gone = asyncio.ensure_future(reader.read(1))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()
        await asyncio.wait({work})
        if not work.cancelled():
            work.result()
    finally:
        gone.cancel()
        work.cancel()


def _is(key: str, given: object) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode("utf-8", "replace"), key.encode())


def _line(what: dict[str, Any]) -> bytes:
    return json.dumps(what).encode() + b"\n"


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, all at once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
