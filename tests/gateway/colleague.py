"""An agent's side of one conversation, through desks that die: calls again what got no answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
from websockets import client
from websockets.exceptions import WebSocketException

from bot.background import background
from tests.desk.console.desk import PASSWORD, SAM

AGAIN = 0.05  # seconds until a call that failed is made again
Message = dict[str, Any]


class Colleague:
    """Sam at the console, with one conversation open."""

    def __init__(self, http: str) -> None:
        self._origin = http
        self._http = httpx.AsyncClient(
            base_url=f"{http}/api/console/", headers={"Origin": http}, verify=False, timeout=30
        )
        self.conversation = ""
        self.messages: dict[int, Message] = {}  # what is on the screen, by number
        self.heard: list[Message] = []  # each message frame, whether it was known or not
        self.replied: dict[str, int] = {}  # numbers of the replies that were acknowledged, by their ids

    @asynccontextmanager
    async def watching(self, conversation: str) -> AsyncIterator[None]:
        """Sign in, take the conversation over and keep it open until the end of the block."""
        self.conversation = conversation
        async with self._http:
            self._http.headers["X-CSRF-Token"] = (await self._post("login", email=SAM, password=PASSWORD))[
                "csrf"
            ]
            version = (await self.whole())["summary"]["version"]
            await self._post(f"conversations/{conversation}/claim", version=version)
            async with background(self._watch()):
                yield

    async def reply(self, text: str) -> None:
        """Answer the visitor, and go on asking the desk until it says that it has it."""
        cmid = uuid4().hex
        told = await self._post(f"conversations/{self.conversation}/reply", cmid=cmid, text=text)
        self.replied[cmid] = told["message"]["seq"]

    async def whole(self) -> dict[str, Any]:
        """Return the conversation as the console shows it when it is opened."""
        return await self._answered("GET", f"conversations/{self.conversation}", None)

    async def _watch(self) -> None:
        while True:
            try:
                await self._talk()
            except (OSError, WebSocketException, asyncio.TimeoutError):
                await asyncio.sleep(AGAIN)

    async def _talk(self) -> None:
        ticket = (await self._post("ticket"))["ticket"]
        address = f"{self._origin.replace('http', 'ws', 1)}/ws/console"
        async with client.connect(address, origin=self._origin, max_queue=None, max_size=None) as line:
            await line.send(json.dumps({"op": "hello", "ticket": ticket}))
            await line.send(json.dumps({"op": "watch", "conversation": self.conversation}))
            await self._fetch()
            async for text in line:
                frame = json.loads(text)
                if frame["op"] == "message":
                    self.heard.append(frame["message"])
                    self.messages[frame["message"]["seq"]] = frame["message"]
                elif frame["op"] == "watching" and not self._is_whole(frame["last_seq"]):
                    await self._fetch()

    async def _fetch(self) -> None:
        for message in (await self.whole())["messages"]:
            self.messages[message["seq"]] = message

    def _is_whole(self, last: int) -> bool:
        return all(seq in self.messages for seq in range(1, last + 1))

    async def _post(self, path: str, **fields: Any) -> dict[str, Any]:
        return await self._answered("POST", path, fields)

    async def _answered(self, method: str, path: str, fields: dict[str, Any] | None) -> dict[str, Any]:
        """Ask until there is an answer."""
        while True:
            try:
                answer = await self._http.request(method, path, json=fields)
            except httpx.TransportError:
                await asyncio.sleep(AGAIN)
                continue
            assert answer.status_code == 200, answer.text
            return dict(answer.json())
