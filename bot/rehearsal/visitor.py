"""A visitor who says what a scene says through the desk's socket, each message after the answer before."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from websockets import client
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from bot.errors import RehearsalError
from bot.handoff.model import WAITING

PATIENCE = 30.0  # seconds for a whole answer; a turn of the brain takes 15 at most
TOO_FAST = 1.0  # seconds until the desk takes one more message


@dataclass(frozen=True)
class Talk:
    """A scene as its visitor saw it: the desk's number of each message, and how it ended, in turns from 1."""

    conversation: str
    seqs: tuple[int, ...]
    handed_over: int | None = None
    unanswered: int | None = None


async def talk(port: int, address: str, texts: tuple[str, ...]) -> Talk:
    """Say these things as an anonymous visitor from `address`, until a person takes over.

    Raises:
        RehearsalError: the desk refused something, or went away.
    """
    # The desk counts chats by address, and believes a proxy on its own machine where they come from.
    headers = {"X-Forwarded-For": address}
    where, origin = f"ws://127.0.0.1:{port}/ws/visitor", f"http://localhost:{port}"
    try:
        async with client.connect(where, origin=origin, extra_headers=headers, max_queue=None) as line:
            return await _Visitor(line).talk(texts)
    except (OSError, ConnectionClosed, InvalidHandshake, asyncio.TimeoutError) as problem:
        raise RehearsalError(
            f"The desk did not stay with the visitor ({type(problem).__name__})"
        ) from problem


class _Visitor:
    def __init__(self, line: client.WebSocketClientProtocol) -> None:
        self._line = line
        self._answered = self._handed_over = False

    async def talk(self, texts: tuple[str, ...]) -> Talk:
        await self._send(op="hello", token=None, identity=None, last_seq=0, page=None)
        conversation = (await asyncio.wait_for(self._until("ready"), PATIENCE))["conversation"]
        seqs: list[int] = []
        for turn, text in enumerate(texts, start=1):
            self._answered = False
            seqs.append(await self._say(text))
            try:
                await asyncio.wait_for(self._whole_answer(), PATIENCE)
            except asyncio.TimeoutError:
                self._answered = False
            if self._handed_over:
                return Talk(conversation, tuple(seqs), handed_over=turn)
            if not self._answered:
                return Talk(conversation, tuple(seqs), unanswered=turn)
        return Talk(conversation, tuple(seqs))

    async def _say(self, text: str) -> int:
        """Send a message, again if that was too fast, and return the desk's number of it."""
        cmid = uuid4().hex
        while True:
            await self._send(op="say", cmid=cmid, text=text)
            frame = await asyncio.wait_for(self._until("ack", "error"), PATIENCE)
            if frame["op"] == "ack":
                return int(frame["seq"])
            if frame["code"] != "too_many":
                raise RehearsalError(f"The desk refused “{text[:40]}”: {frame['code']}")
            await asyncio.sleep(TOO_FAST)

    async def _whole_answer(self) -> None:
        """Listen until the bot puts the pen down: all that it says, and a hand-over, come before that."""
        while True:
            frame = await self._until("typing")
            if frame["speaker"] == "bot" and not frame["on"]:
                return

    async def _until(self, *ops: str) -> dict[str, Any]:
        while True:
            frame = json.loads(await self._line.recv())
            self._answered |= frame["op"] == "message" and frame["speaker"] == "bot"
            self._handed_over |= frame["op"] == "owner" and frame["kind"] == WAITING
            if frame["op"] in ops:
                return dict(frame)

    async def _send(self, **frame: Any) -> None:
        await self._line.send(json.dumps(frame))
