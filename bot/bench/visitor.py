"""Visitors for the benchmark: one through the widget's socket, one through Rasa's REST channel."""

import asyncio
import json
import time
from typing import Any
from uuid import uuid4

import httpx
from websockets import client


class SocketVisitor:
    """Talks to the desk as the widget does."""

    def __init__(self, port: int, *, address: str = "127.0.0.1") -> None:
        """`address` is where the visitor comes from, on this machine."""
        self._address, self._origin = f"ws://127.0.0.1:{port}/ws/visitor", f"http://localhost:{port}"
        self._options = {"origin": self._origin, "local_addr": (address, 0), "max_queue": None}

    async def __aenter__(self) -> "SocketVisitor":
        self._socket = await client.connect(self._address, **self._options)
        await self._send(op="hello", token=None, identity=None, last_seq=0, page=None)
        await self._until(lambda frame: frame["op"] == "ready")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def say(self, text: str, limit: float = 30) -> float:
        """Send one message and return the seconds until the first bubble that answers it."""
        started = time.perf_counter()
        await self.ask(text, limit)
        return time.perf_counter() - started

    async def ask(self, text: str, limit: float = 30) -> dict[str, Any]:
        """Send one message and return the first bubble that answers it, not one before it."""
        return await asyncio.wait_for(self._asked(text), limit)

    async def _asked(self, text: str) -> dict[str, Any]:
        cmid = uuid4().hex
        await self._send(op="say", cmid=cmid, text=text)
        said = await self._until(lambda frame: frame["op"] == "ack" and frame["cmid"] == cmid)
        return await self._until(lambda frame: _is_answer(frame) and frame["seq"] > said["seq"])

    async def _send(self, **frame: Any) -> None:
        await self._socket.send(json.dumps(frame))

    async def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            frame = json.loads(await self._socket.recv())
            if frame["op"] == "error":
                raise RuntimeError(f"the desk refused a frame: {frame['code']}")
            if wanted(frame):
                return dict(frame)


class RestVisitor:
    """Talks to plain Rasa's REST channel."""

    def __init__(self, port: int) -> None:
        self._address, self._sender = f"http://127.0.0.1:{port}/webhooks/rest/webhook", uuid4().hex

    async def __aenter__(self) -> "RestVisitor":
        self._client = httpx.AsyncClient(timeout=30, trust_env=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def say(self, text: str, limit: float = 30) -> float:
        """Send one message and return the seconds until Rasa's answer is there."""
        started = time.perf_counter()
        reply = await self._client.post(
            self._address, json={"sender": self._sender, "message": text}, timeout=limit
        )
        if not reply.json():
            raise RuntimeError("plain Rasa gave no answer")
        return time.perf_counter() - started


def _is_answer(frame: dict[str, Any]) -> bool:
    return frame["op"] == "message" and frame["speaker"] in ("bot", "system")
