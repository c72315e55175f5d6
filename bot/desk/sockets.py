"""One WebSocket with two loops: a reader of ours, and a writer that lets slow receivers go."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import anyio
from starlette.websockets import WebSocket, WebSocketState

# Why a socket is closed; the last is ours, for a token that does not hold.
GOING_AWAY, VIOLATION, TRY_LATER, NOT_AUTHENTICATED = 1001, 1008, 1013, 4401

ROOM = 256  # frames that may wait for a slow receiver
PATIENCE = 10.0  # seconds for one frame to leave
GOODBYE = 3.0  # seconds for the last one
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Goodbye:
    code: int


class Socket:
    """A socket that was accepted. Whatever breaks or slows it ends it; a reconnect repairs that."""

    def __init__(self, websocket: WebSocket, *, room: int = ROOM) -> None:
        self._websocket = websocket
        self._outgoing: asyncio.Queue[dict[str, Any] | _Goodbye] = asyncio.Queue(room)
        self._let_go = asyncio.Event()
        self._leaving = False

    def send(self, frame: dict[str, Any]) -> None:
        """Send without waiting; without room for it, the receiver is let go."""
        try:
            self._outgoing.put_nowait(frame)
        except asyncio.QueueFull:
            self._let_go.set()

    async def send_when_possible(self, frame: dict[str, Any]) -> None:
        """Send one of many, as fast as the receiver takes them."""
        await self._outgoing.put(frame)

    def close(self, code: int) -> None:
        """End it after what is waiting has been sent."""
        self._leaving = True
        try:
            self._outgoing.put_nowait(_Goodbye(code))
        except asyncio.QueueFull:
            self._let_go.set()

    async def refuse(self, frame: dict[str, Any], code: int) -> None:
        """Say why, and close; for a socket that is not served at all."""
        with suppress(Exception), anyio.move_on_after(PATIENCE):
            await self._websocket.send_text(_written(frame))
        await self._leave(code)

    async def texts(self, *, first_within: float | None = None) -> AsyncIterator[str | None]:
        """Yield what comes in until the other side leaves, or says nothing at first for too long.

        None stands for a binary frame.
        """
        limit = first_within
        while True:
            try:
                with anyio.fail_after(limit):
                    message = await self._websocket.receive()
            except TimeoutError:
                self.close(VIOLATION)
                return
            limit = None
            if message["type"] == "websocket.disconnect":
                return
            yield message.get("text")

    async def serve(self, reading: Awaitable[None]) -> None:
        """Run the reader and the writer; when one ends, both end."""
        reader = asyncio.ensure_future(reading)
        writer = asyncio.ensure_future(self._write())
        slow = asyncio.ensure_future(self._let_go.wait())
        draining = asyncio.ensure_future(self._drain(reader))
        loops = (reader, writer, slow)
        try:
            await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
            if self._leaving:
                await asyncio.wait((writer, slow), timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for loop in loops:
                loop.cancel()
            results = await asyncio.gather(*loops, return_exceptions=True)
            await self._leave(TRY_LATER if self._let_go.is_set() else GOING_AWAY)
            draining.cancel()
        for problem in results:
            if isinstance(problem, Exception) and not _is_gone(problem):
                raise problem

    async def _drain(self, reader: "asyncio.Future[None]") -> None:
        """Read on when nobody listens any more: a goodbye waits behind what was sent before it."""
        await asyncio.wait((reader,))
        with suppress(Exception):
            while (await self._websocket.receive())["type"] != "websocket.disconnect":
                pass

    async def _write(self) -> None:
        while True:
            frame = await self._outgoing.get()
            if isinstance(frame, _Goodbye):
                return await self._leave(frame.code)
            with anyio.fail_after(PATIENCE):
                await self._websocket.send_text(_written(frame))

    async def _leave(self, code: int) -> None:
        open_still = WebSocketState.DISCONNECTED not in (
            self._websocket.client_state,
            self._websocket.application_state,
        )
        if open_still:
            with suppress(Exception), anyio.move_on_after(GOODBYE):  # the line may be dead already
                await self._websocket.close(code)


def _written(frame: dict[str, Any]) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def _is_gone(problem: Exception) -> bool:
    """Tell a line that broke from an error of ours."""
    if isinstance(problem, OSError):  # a time-out is one, too
        return True
    # Starlette and uvicorn say a broken line in several ways, none of them public in all versions.
    return type(problem).__name__ in ("WebSocketDisconnect", "ClientDisconnected") or (
        isinstance(problem, RuntimeError) and "websocket" in str(problem).lower()
    )
