"""The two ends of a conversation with a person, as the widget and the console hold them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx
from websockets import client

LIMIT = 30.0  # seconds after which a message counts as lost
PER_ADDRESS = 15  # visitors' sockets; the desk lets in 20
Frame = dict[str, Any]


class _End:
    """A socket that notes when something arrives that is waited for."""

    def __init__(self) -> None:
        self._awaited: dict[tuple[str, str], asyncio.Future[float]] = {}
        self._line: client.WebSocketClientProtocol

    @asynccontextmanager
    async def _opened(self, address: str, hello: Frame, **options: Any) -> AsyncIterator[Frame]:
        """Open, say hello, and listen until the end of the block; gives the first answer."""
        options |= {"max_queue": None, "max_size": None, "compression": None, "open_timeout": LIMIT}
        self._line = await client.connect(address, **options)
        await self._send(**hello)
        first = json.loads(await self._line.recv())
        if first["op"] == "error":
            raise RuntimeError(f"the desk refused a hello: {first['code']}")
        listening = asyncio.ensure_future(self._listen())
        try:
            yield first
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
            await self._line.close()

    def _awaits(self, what: str, text: str) -> "asyncio.Future[float]":
        """Return when something with this text arrives, by `perf_counter`."""
        arrives = self._awaited[what, text] = asyncio.get_running_loop().create_future()
        return asyncio.ensure_future(asyncio.wait_for(arrives, LIMIT))

    def _arrived(self, what: str, text: str) -> None:
        arrives = self._awaited.pop((what, text), None)
        if arrives and not arrives.done():
            arrives.set_result(perf_counter())

    async def _send(self, **frame: Any) -> None:
        await self._line.send(json.dumps(frame))

    async def _listen(self) -> None:
        async for text in self._line:
            self._hear(json.loads(text))

    def _hear(self, frame: Frame) -> None:
        raise NotImplementedError


class VisitorEnd(_End):
    """A visitor who comes back to a conversation. `number` spreads visitors over network addresses."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__()
        self._address, self._origin = f"ws://127.0.0.1:{port}/ws/visitor", f"http://localhost:{port}"
        self._from, self._seq = f"127.0.1.{1 + number // PER_ADDRESS}", 0

    @asynccontextmanager
    async def entered(self, token: str) -> AsyncIterator[None]:
        """Come in with a token, having seen everything."""
        hello = {"op": "hello", "token": token, "identity": None, "last_seq": 0, "page": None}
        options = {"origin": self._origin, "local_addr": (self._from, 0)}
        async with self._opened(self._address, hello, **options):
            yield

    def hears(self, text: str) -> "asyncio.Future[float]":
        return self._awaits("message", text)

    async def say(self, text: str) -> None:
        await self._send(op="say", cmid=uuid4().hex, text=text)

    async def read(self) -> None:
        """Tell that all that came was seen."""
        await self._send(op="seen", seq=self._seq)

    def _hear(self, frame: Frame) -> None:
        if frame["op"] == "message":
            self._seq = frame["seq"]
            self._arrived("message", frame["text"])


class AgentEnd(_End):
    """An agent's console: its calls and its socket."""

    def __init__(self, port: int, email: str, password: str) -> None:
        super().__init__()
        self._origin = f"http://127.0.0.1:{port}"
        self._known = {"email": email, "password": password}
        self._http = httpx.AsyncClient(
            base_url=f"{self._origin}/api/console/",
            headers={"Origin": self._origin},
            timeout=LIMIT,
            verify=False,
        )

    @asynccontextmanager
    async def signed_in(self) -> AsyncIterator[None]:
        """Sign in and open the console."""
        async with self._http:
            self._http.headers["X-CSRF-Token"] = (await self._post("login", self._known))["csrf"]
            hello = {"op": "hello", "ticket": (await self._post("ticket", {}))["ticket"]}
            address = f"{self._origin.replace('http', 'ws', 1)}/ws/console"
            async with self._opened(address, hello, origin=self._origin):
                yield

    async def watch(self, id: str) -> None:
        """Open a conversation on the screen."""
        shown = self._awaits("pong", "")
        await self._send(op="watch", conversation=id)
        await self._send(op="ping")
        await shown

    def hears(self, text: str) -> "asyncio.Future[float]":
        """Return when the message arrives in the open conversation."""
        return self._awaits("message", text)

    def lists(self, text: str) -> "asyncio.Future[float]":
        """Return when the message stands in the list of conversations."""
        return self._awaits("conversation", text)

    async def reply(self, id: str, text: str) -> None:
        await self._post(f"conversations/{id}/reply", {"cmid": uuid4().hex, "text": text})

    async def get(self, path: str, asked: dict[str, str]) -> dict[str, Any]:
        return (await self._http.get(path, params=asked)).raise_for_status().json()

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return (await self._http.post(path, json=body)).raise_for_status().json()

    def _hear(self, frame: Frame) -> None:
        match frame["op"]:
            case "pong":
                self._arrived("pong", "")
            case "message":
                self._arrived("message", frame["message"]["text"])
            case "conversation":
                self._arrived("conversation", (frame["summary"]["last_message"] or {}).get("text", ""))
