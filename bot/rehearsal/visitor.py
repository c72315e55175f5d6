"""A visitor who says things through the desk's socket, each message after the answer before."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from websockets import client
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from bot.errors import RehearsalError
from bot.handoff.model import VISITOR, WAITING

PATIENCE = 30.0  # seconds for a whole answer; a turn of the brain takes 15 at most
TOO_FAST = 1.0  # seconds until the desk takes one more message
GONE = (OSError, ConnectionClosed, InvalidHandshake, asyncio.TimeoutError)


@dataclass(frozen=True)
class Talk:
    """A scene as its visitor saw it: the desk's number of each message, and how it ended, in turns from 1."""

    conversation: str
    seqs: tuple[int, ...]
    handed_over: int | None = None
    unanswered: int | None = None


@dataclass(frozen=True)
class Said:
    """One message of the visitor: the desk's number of it, and what came back, as the desk's frames."""

    seq: int
    answers: tuple[Mapping[str, Any], ...] = ()  # `message` frames, not the visitor's own
    answered: bool = False  # by the bot
    handed_over: bool = False


async def talk(port: int, address: str, texts: tuple[str, ...]) -> Talk:
    """Say these things as an anonymous visitor from `address`, until a person takes over.

    Raises:
        RehearsalError: the desk refused something, or went away.
    """
    seqs: list[int] = []
    async with visiting(port, address) as visitor:
        for turn, text in enumerate(texts, start=1):
            said = await visitor.say(text)
            seqs.append(said.seq)
            if said.handed_over:
                return Talk(visitor.conversation, tuple(seqs), handed_over=turn)
            if not said.answered:
                return Talk(visitor.conversation, tuple(seqs), unanswered=turn)
        return Talk(visitor.conversation, tuple(seqs))


@asynccontextmanager
async def visiting(port: int, address: str, identity: str | None = None) -> "AsyncIterator[Visitor]":
    """Come in as a visitor from `address`, with a customer's signed token or as nobody in particular.

    Raises:
        RehearsalError: the desk refused something, or went away; also within the block.
    """
    # The desk counts chats by address, and believes a proxy on its own machine where they come from.
    headers = {"X-Forwarded-For": address}
    where, origin = f"ws://127.0.0.1:{port}/ws/visitor", f"http://localhost:{port}"
    with _staying():
        async with client.connect(where, origin=origin, extra_headers=headers, max_queue=None) as line:
            visitor = Visitor(line)
            await visitor.come_in(identity)
            yield visitor


@contextmanager
def _staying() -> Iterator[None]:
    try:
        yield
    except GONE as problem:
        raise RehearsalError(
            f"The desk did not stay with the visitor ({type(problem).__name__})"
        ) from problem


class Visitor:
    """Somebody at the desk's socket; `ready` is what the desk said when they came in."""

    def __init__(self, line: client.WebSocketClientProtocol) -> None:
        self._line = line
        self._answers: list[Mapping[str, Any]] = []
        self._answered = self._handed_over = False
        self.ready: Mapping[str, Any] = {}

    @property
    def conversation(self) -> str:
        return str(self.ready["conversation"])

    async def come_in(self, identity: str | None) -> None:
        await self._send(op="hello", token=None, identity=identity, last_seq=0, page=None)
        self.ready = await asyncio.wait_for(self._until("ready"), PATIENCE)

    async def say(self, text: str) -> Said:
        """Say something and wait for the whole answer."""
        return await self._heard(op="say", text=text)

    async def choose(self, seq: int, button: str) -> Said:
        """Press a button of the message with that number and wait for the whole answer."""
        return await self._heard(op="choose", seq=seq, button=button)

    async def introduce(self, answers: Mapping[str, str]) -> None:
        """Answer what is asked before the first message, and agree to what is to be agreed to."""
        await self._send(op="prechat", cmid=uuid4().hex, answers=dict(answers), consent=True)
        frame = await asyncio.wait_for(self._until("prechat", "error"), PATIENCE)
        if frame["op"] == "error":
            raise RehearsalError(f"What is asked before the chat could not be answered: {frame['code']}")

    async def _heard(self, **frame: Any) -> Said:
        self._answers, self._answered = [], False
        with _staying():
            seq = await self._taken(frame)
            try:
                await asyncio.wait_for(self._whole_answer(), PATIENCE)
            except asyncio.TimeoutError:
                self._answered = False
        return Said(seq, tuple(self._answers), self._answered, self._handed_over)

    async def _taken(self, frame: Mapping[str, Any]) -> int:
        """Send a message, again if that was too fast, and return the desk's number of it."""
        cmid = uuid4().hex
        while True:
            await self._send(**frame, cmid=cmid)
            told = await asyncio.wait_for(self._until("ack", "error"), PATIENCE)
            if told["op"] == "ack":
                return int(told["seq"])
            if told["code"] != "too_many":
                what = str(frame.get("text", "a button"))
                raise RehearsalError(f"The desk refused “{what[:40]}”: {told['code']}")
            await asyncio.sleep(TOO_FAST)

    async def _whole_answer(self) -> None:
        """Listen until the bot puts the pen down: all that it says, and a hand-over, come before that."""
        while True:
            frame = await self._until("typing")
            if frame["speaker"] == "bot" and not frame["on"]:
                return

    async def _until(self, *ops: str) -> dict[str, Any]:
        while True:
            frame = dict(json.loads(await self._line.recv()))
            if frame["op"] == "message" and frame["speaker"] != VISITOR:
                self._answers.append(frame)
                self._answered |= frame["speaker"] == "bot"
            self._handed_over |= frame["op"] == "owner" and frame["kind"] == WAITING
            if frame["op"] in ops:
                return frame

    async def _send(self, **frame: Any) -> None:
        await self._line.send(json.dumps(frame))
