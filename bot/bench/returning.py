"""A visitor who always comes back: dials, sends again and merges as the widget does, without a screen."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from time import perf_counter
from typing import Any
from uuid import uuid4

from websockets import client
from websockets.exceptions import WebSocketException

from bot.background import background

SHORTEST, LONGEST = 0.5, 30.0  # seconds, as in web/widget/connection.js
STEADY = 10.0  # seconds after which a line counts as good
DIAL = 10.0  # seconds for a line to open
TOO_FAST = 1.5  # seconds until what was too fast is sent again
Frame = dict[str, Any]


def wait_before(attempt: int, dice: random.Random) -> float:
    """Return the seconds before a try: anything between half a second and what doubles up to 30 s."""
    ceiling = min(LONGEST, 2 * SHORTEST * 2**attempt)
    return SHORTEST + dice.random() * (ceiling - SHORTEST)


class Returning:
    """One conversation over as many lines as it takes; `pace` below 1 shortens its waits."""

    def __init__(
        self,
        port: int,
        *,
        token: str | None = None,
        address: str = "127.0.0.1",
        dice: random.Random | None = None,
        pace: float = 1.0,
    ) -> None:
        self._url, self._origin = f"ws://127.0.0.1:{port}/ws/visitor", f"http://localhost:{port}"
        self._from, self._dice, self._pace = address, dice or random.Random(), pace
        self.token, self.conversation = token, ""
        self.live = asyncio.Event()  # while hello was answered and the line is up
        self.messages: dict[int, Frame] = {}  # what is on the screen, by number
        self.heard: list[Frame] = []  # each message frame, whether it was known or not
        self.outbox: dict[str, str] = {}  # said and not yet acknowledged, in order
        self.acknowledged: dict[str, int] = {}
        self.refused: dict[str, str] = {}  # codes of what the desk will not have
        self.waits: list[float] = []  # seconds from sending to acknowledgement
        self.lines = 0
        self._line: client.WebSocketClientProtocol | None = None
        self._in_flight: str | None = None
        self._sent_at = 0.0
        self._news = asyncio.Event()

    @asynccontextmanager
    async def visiting(self) -> AsyncIterator[None]:
        """Stay on the line, and come back to it, until the end of the block."""
        async with background(self._stay()):
            yield

    async def say(self, text: str) -> str:
        """Write something; return its id. It is sent as soon as there is a line, and what was said before."""
        cmid = uuid4().hex
        self.outbox[cmid] = text
        await self._send_next()
        return cmid

    async def until(self, true: Callable[[], object], seconds: float = 60) -> None:
        """Wait until something is true of what was heard.

        Raises:
            TimeoutError: it never was.
        """

        async def wait() -> None:
            while not true():
                self._news.clear()
                await self._news.wait()

        await asyncio.wait_for(wait(), seconds)

    @property
    def seen_up_to(self) -> int:
        """The number up to which nothing is missing."""
        seq = 0
        while seq + 1 in self.messages:
            seq += 1
        return seq

    async def _stay(self) -> None:
        attempt = 0
        while True:
            opened = perf_counter()
            try:
                await self._talk()
            except (OSError, WebSocketException, asyncio.TimeoutError):
                pass  # refused, cut or silent: all the same to who comes back
            finally:
                self.live.clear()
                self._news.set()
            attempt = 0 if perf_counter() - opened > STEADY else attempt
            await asyncio.sleep(self._pace * wait_before(attempt, self._dice))
            attempt += 1

    async def _talk(self) -> None:
        options = {"origin": self._origin, "local_addr": (self._from, 0), "compression": None}
        async with client.connect(self._url, open_timeout=DIAL, max_queue=None, **options) as line:
            self._line, self._in_flight = line, None
            self.lines += 1
            hello = {"token": self.token, "identity": None, "last_seq": self.seen_up_to, "page": None}
            await self._send("hello", **hello)
            async for text in line:
                await self._hear(json.loads(text))
                self._news.set()

    async def _hear(self, frame: Frame) -> None:
        match frame["op"]:
            case "ready":
                self.token, self.conversation = frame["token"], frame["conversation"]
                self.live.set()
                await self._send_next()
            case "message":
                self.heard.append(frame)
                self.messages[frame["seq"]] = frame
            case "ack":
                self._acknowledge(frame)
                await self._send_next()
            case "error" if frame["cmid"] in self.outbox:
                await self._refused(frame["cmid"], frame["code"])

    def _acknowledge(self, frame: Frame) -> None:
        cmid = frame["cmid"]
        self.acknowledged[cmid] = frame["seq"]
        self.outbox.pop(cmid, None)
        if cmid == self._in_flight:
            self.waits.append(perf_counter() - self._sent_at)
            self._in_flight = None

    async def _refused(self, cmid: str, code: str) -> None:
        if code == "too_many":
            await asyncio.sleep(self._pace * TOO_FAST)
        else:
            self.refused[cmid] = code
            del self.outbox[cmid]
        self._in_flight = None
        await self._send_next()

    async def _send_next(self) -> None:
        """Send the oldest that is not acknowledged; one at a time, so that nothing overtakes."""
        if not self.live.is_set() or self._in_flight or not self.outbox:
            return
        self._in_flight, text = next(iter(self.outbox.items()))
        self._sent_at = perf_counter()
        with suppress(WebSocketException):  # the line is gone; it is sent again on the next
            await self._send("say", cmid=self._in_flight, text=text)

    async def _send(self, op: str, **fields: Any) -> None:
        assert self._line is not None
        await self._line.send(json.dumps({"op": op, **fields}))
