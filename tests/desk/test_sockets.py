"""A socket whose other side is slow, gone or told to leave."""

import asyncio
import json
from collections import deque
from typing import Any

import pytest
from starlette.websockets import WebSocketState

from bot.desk import sockets
from bot.desk.sockets import Socket
from tests.serving import SECONDS


class FakeWebSocket:
    """Says what it was given, then waits; `blocked` keeps what is sent from leaving."""

    def __init__(self, *said: str | bytes, blocked: bool = False) -> None:
        self.client_state = self.application_state = WebSocketState.CONNECTED
        self._said, self._blocked = deque(said), blocked
        self.sent: list[dict[str, Any]] = []
        self.code: int | None = None

    async def receive(self) -> dict[str, Any]:
        if not self._said:
            await asyncio.sleep(60)
        text = self._said.popleft()
        if text == "bye":
            return {"type": "websocket.disconnect", "code": 1000}
        return {"type": "websocket.receive", "text" if isinstance(text, str) else "bytes": text}

    async def send_text(self, text: str) -> None:
        if self._blocked:
            await asyncio.sleep(60)
        self.sent.append(json.loads(text))

    async def close(self, code: int) -> None:
        self.code = code
        self.application_state = WebSocketState.DISCONNECTED


async def _echo(socket: Socket) -> None:
    async for text in socket.texts():
        socket.send({"said": text})


async def test_it_ends_when_the_other_side_leaves() -> None:
    line = FakeWebSocket("one", b"two", "bye")
    socket = Socket(line)  # type: ignore[arg-type]
    await asyncio.wait_for(socket.serve(_echo(socket)), SECONDS)


async def test_what_was_sent_before_a_goodbye_still_leaves() -> None:
    line = FakeWebSocket()
    socket = Socket(line)  # type: ignore[arg-type]

    async def refuse() -> None:
        socket.send({"op": "error"})
        socket.close(1008)

    await asyncio.wait_for(socket.serve(refuse()), SECONDS)
    assert (line.sent, line.code) == ([{"op": "error"}], 1008)


async def test_a_full_queue_lets_the_receiver_go() -> None:
    line = FakeWebSocket(blocked=True)
    socket = Socket(line, room=3)  # type: ignore[arg-type]

    async def talkative() -> None:
        while True:
            socket.send({"op": "message"})
            await asyncio.sleep(0)

    await asyncio.wait_for(socket.serve(talkative()), SECONDS)
    assert line.code == sockets.TRY_LATER


async def test_a_frame_that_does_not_leave_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "PATIENCE", 0.05)
    line = FakeWebSocket(blocked=True)
    socket = Socket(line)  # type: ignore[arg-type]
    socket.send({"op": "message"})
    await asyncio.wait_for(socket.serve(asyncio.sleep(60)), SECONDS)


async def test_an_error_of_ours_is_not_swallowed() -> None:
    async def broken() -> None:
        raise KeyError("ours")

    socket = Socket(FakeWebSocket())  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        await asyncio.wait_for(socket.serve(broken()), SECONDS)


async def test_silence_at_first_ends_it() -> None:
    line = FakeWebSocket()
    socket = Socket(line)  # type: ignore[arg-type]

    async def listen() -> None:
        async for _ in socket.texts(first_within=0.05):
            raise AssertionError("nothing was said")

    await asyncio.wait_for(socket.serve(listen()), SECONDS)
    assert line.code == sockets.VIOLATION
