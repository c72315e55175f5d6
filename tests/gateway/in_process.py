"""A desk without a network: visitors' tabs talk to the application itself, and the bot waits for a test."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import anyio

from bot.desk.app import create_app
from bot.desk.visitor.turns import Patience
from bot.handoff.events import Event, MessageAdded
from bot.handoff.model import Answer, Question, Reply
from bot.settings import Settings
from bot.storage import conversations, messages
from tests.gateway.served import parts

SECONDS = 10.0
Frame = dict[str, Any]
Said = tuple[int, str, str]  # number, speaker, text


class ManualBrain:
    """Is asked, and answers when it is told to."""

    def __init__(self) -> None:
        self._asked: list[tuple[Question, asyncio.Future[list[Reply]]]] = []

    async def ask(self, question: Question) -> Answer:
        answer = asyncio.get_running_loop().create_future()
        self._asked.append((question, answer))
        return Answer(tuple(await answer))

    async def close(self) -> None:
        pass

    def open(self, conversation: str) -> list[tuple[Question, "asyncio.Future[list[Reply]]"]]:
        """Return what it was asked in a conversation and has not answered."""
        return [one for one in self._asked if one[0].conversation_id == conversation and not one[1].done()]


class DeskInProcess:
    """The whole application over a database that outlives it."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self._parts = settings, parts(patience=Patience(notice=1e6))
        self._held = AsyncExitStack()

    async def start(self) -> None:
        self.app = create_app(self.settings, parts=self._parts)
        self.service, self.turns = self.app.state.service, self.app.state.gateway.turns
        self.brain = self.turns._brain = ManualBrain()
        await self._held.enter_async_context(self.app.router.lifespan_context(self.app))

    async def stop(self) -> None:
        await self._held.aclose()

    def stored(self, conversation: str) -> tuple[Any, list[Said]]:
        """Return a conversation as the database has it, or None, and what was said in it."""
        with self.app.state.database.read() as connection:
            said = messages.after(connection, conversation)
            return (
                conversations.find(connection, conversation),
                [(message.seq, message.speaker, message.text) for message in said],
            )

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true."""
        with anyio.fail_after(SECONDS):
            while not true():
                await asyncio.sleep(0.001)


class Console:
    """What an agent sees of one conversation while it is open."""

    def __init__(self, desk: DeskInProcess, conversation: str) -> None:
        self._desk, self._conversation, self._held = desk, conversation, AsyncExitStack()
        self.screen: dict[int, Said] = {}
        self.open()

    def open(self) -> None:
        """Begin to watch, also after the desk was started again."""
        self._held = AsyncExitStack()
        self._held.enter_context(self._desk.service.bus.subscribe(self._hear, self._conversation))
        self.screen.update({one[0]: one for one in self._desk.stored(self._conversation)[1]})

    def _hear(self, event: Event) -> None:
        if isinstance(event, MessageAdded):
            said = event.message
            assert said.seq not in self.screen, "told twice"
            self.screen[said.seq] = (said.seq, said.speaker, said.text)


class Tab:
    """One tab of the visitor's browser: its line, its screen, and what is not yet acknowledged."""

    def __init__(self, desk: DeskInProcess) -> None:
        self.desk = desk
        self.screen: dict[int, Said] = {}
        self.outbox: dict[str, str] = {}
        self.acknowledged: dict[str, int] = {}
        self.owner: dict[str, Any] = {}
        self.ready: dict[str, Any] = {}
        self.code: int | None = None  # why the desk closed the line
        self._heard: list[Frame] = []
        self._missed: list[Frame] | None = None  # what was sent to a line that is dead already
        self._serving: asyncio.Future[None] | None = None

    @property
    def live(self) -> bool:
        return self._serving is not None and self.code is None

    async def connect(self, token: str | None, *, reloaded: bool = False) -> bool:
        """Open a line, say hello and send what is not acknowledged; tell whether the desk let us in."""
        if reloaded:
            self.screen.clear()
        self._incoming: asyncio.Queue[Frame] = asyncio.Queue()
        self._incoming.put_nowait({"type": "websocket.connect"})
        self._missed, self.code, self._heard = None, None, []
        self._serving = asyncio.ensure_future(self.desk.app(self._scope(), self._incoming.get, self._take))
        self._send(op="hello", token=token, identity=None, last_seq=self._newest, page=None)
        await self._until("ready")
        if not self.live:
            return False
        for cmid, text in list(self.outbox.items()):
            await self.say(cmid, text)
        return True

    async def drop(self) -> None:
        """Lose the line."""
        if self._serving:
            self._incoming.put_nowait({"type": "websocket.disconnect", "code": 1006})
            await asyncio.wait_for(self._serving, SECONDS)
            self._serving = None

    async def say(self, cmid: str, text: str) -> None:
        """Say something and wait for its acknowledgement."""
        self.outbox[cmid] = text
        known = self.acknowledged.get(cmid)
        answer = await self.ask("say", cmid, text=text)
        assert answer["op"] == "ack" and known in (None, answer["seq"])
        self.acknowledged[cmid] = answer["seq"]
        del self.outbox[cmid]

    async def say_in_vain(self, cmid: str, text: str, *, arrives: bool) -> None:
        """Say something and lose the line, before it has arrived or before its acknowledgement has."""
        self.outbox[cmid] = text
        if arrives:
            missed = self._missed = []
            self._send(op="say", cmid=cmid, text=text)
            await self.desk.until(lambda: any(one["op"] == "ack" for one in missed))
        await self.drop()

    async def ask(self, op: str, cmid: str, **fields: Any) -> Frame:
        """Ask for something; return the acknowledgement or the error."""
        self._heard.clear()
        self._send(op=op, cmid=cmid, **fields)
        return await self._until("ack", "error", "erased")

    async def settle(self) -> None:
        """Wait until all that is on its way is here."""
        self._heard.clear()
        self._send(op="ping")
        await self._until("pong")

    @property
    def _newest(self) -> int:
        """The number up to which nothing is missing."""
        seq = 0
        while seq + 1 in self.screen:
            seq += 1
        return seq

    def _scope(self) -> dict[str, Any]:
        host = f"localhost:{self.desk.settings.port}"
        return {
            "type": "websocket",
            "path": "/ws/visitor",
            "headers": [(b"origin", f"http://{host}".encode()), (b"host", host.encode())],
            "client": ("127.0.0.1", 1),
            "query_string": b"",
            "subprotocols": [],
        }

    def _send(self, **frame: Any) -> None:
        self._incoming.put_nowait({"type": "websocket.receive", "text": json.dumps(frame)})

    async def _until(self, *ops: str) -> Frame:
        """Wait for one of these, or for the end of the line."""

        def come() -> Iterator[Frame]:
            return (frame for frame in self._heard if frame["op"] in ops)

        await self.desk.until(lambda: self.code is not None or any(come()))
        return next(come(), {})

    async def _take(self, sent: Frame) -> None:
        """Take what the desk sends."""
        if sent["type"] == "websocket.close":
            self.code = sent["code"]
        elif sent["type"] == "websocket.send":
            frame = json.loads(sent["text"])
            if self._missed is None:
                self._hear(frame)
            else:
                self._missed.append(frame)

    def _hear(self, frame: Frame) -> None:
        self._heard.append(frame)
        match frame["op"]:
            case "ready":
                self.ready, self.owner = frame, frame["owner"]
            case "owner":
                self.owner = frame
            case "message":
                assert frame["seq"] not in self.screen, "shown twice"
                self.screen[frame["seq"]] = (frame["seq"], frame["speaker"], frame["text"])
