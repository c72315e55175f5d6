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

    def __init__(self, port: int) -> None:
        self._address, self._origin = f"ws://127.0.0.1:{port}/ws/visitor", f"http://localhost:{port}"

    async def __aenter__(self) -> "SocketVisitor":
        self._socket = await client.connect(self._address, origin=self._origin, max_queue=None)
        await self._send(op="hello", token=None, identity=None, last_seq=0, page=None)
        await self._until(lambda frame: frame["op"] == "ready")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def say(self, text: str, limit: float = 30) -> float:
        """Send one message and return the seconds until the first bubble that answers it."""
        cmid, started = uuid4().hex, time.perf_counter()
        await self._send(op="say", cmid=cmid, text=text)
        await asyncio.wait_for(self._until(_is_answer), limit)
        return time.perf_counter() - started

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
