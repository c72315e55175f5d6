"""A desk on a real port, with a brain that a test controls, and visitors who talk to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from fastapi import FastAPI
from sqlalchemy import insert
from websockets import client
from websockets.exceptions import ConnectionClosed

from bot.business import Business
from bot.crm.card import CustomerCard
from bot.desk.app import Parts, create_app
from bot.desk.server import OPTIONS
from bot.desk.visitor.limits import Limits
from bot.desk.visitor.turns import Patience
from bot.empathy.reading import Reading
from bot.errors import RecordNotFound
from bot.handoff.model import Agent
from bot.settings import ROOT, Settings
from bot.storage.tables import agents
from bot.supervisor.ports import free_port
from tests.gateway.stub_brain import StubBrain
from tests.serving import SECONDS, served
from tests.storage.rows import agent_row

SAM = Agent("a-sam", "Sam Reyes")
T = TypeVar("T")
WIDE = Limits(
    burst=2000,
    per_second=1000,
    queue=500,
    sockets=100,
    sockets_per_address=500,
    chats_per_address=10_000,
    calls=1000,
    files=1000,
    files_per_address=10_000,
    files_at_once=100,
)


class FakeCrm:
    def card(self, customer_id: str) -> CustomerCard:
        raise RecordNotFound(customer_id)


class FakeDetector:
    def read(self, text: str, *, context: str = "") -> Reading:
        return Reading("neutral", {"neutral": 1.0}, 0.0, "nobody", (), "fake")


def parts(limits: Limits = WIDE, patience: Patience | None = None) -> Parts:
    business = Business.load(ROOT / "data" / "business")
    return Parts(business, FakeCrm(), FakeDetector(), limits, patience or Patience())


class ServedDesk:
    """Where a desk listens, its application, and its brain."""

    def __init__(self, app: FastAPI, settings: Settings, brain: StubBrain, business: Business) -> None:
        self.app, self.settings, self.brain, self.business = app, settings, brain, business
        self.origin = f"http://localhost:{settings.port}"
        self.http = f"http://127.0.0.1:{settings.port}"
        self.loop: asyncio.AbstractEventLoop

    def noting(self, lifespan: Any) -> Any:
        """Note the loop that the desk runs on."""

        @asynccontextmanager
        async def noted(app: FastAPI) -> AsyncIterator[None]:
            self.loop = asyncio.get_running_loop()
            async with lifespan(app):
                yield

        return noted

    def step(self, step: Coroutine[Any, Any, T]) -> T:
        """Take a step on the desk's own loop, as the console does."""
        return asyncio.run_coroutine_threadsafe(step, self.loop).result(SECONDS)

    @asynccontextmanager
    async def socket(self, **options: Any) -> AsyncIterator["Visitor"]:
        """Open a socket without a hello."""
        options = {"origin": self.origin, "max_queue": None, **options}
        line = await client.connect(f"ws://127.0.0.1:{self.settings.port}/ws/visitor", **options)
        try:
            yield Visitor(line)
        finally:
            with suppress(ConnectionClosed):  # the desk may have been killed
                await line.close()

    @asynccontextmanager
    async def visitor(self, **hello: Any) -> AsyncIterator["Visitor"]:
        """Open a socket and say hello."""
        async with self.socket() as visitor:
            await visitor.hello(**hello)
            yield visitor


class Visitor:
    """A widget's side of the socket."""

    def __init__(self, line: client.WebSocketClientProtocol) -> None:
        self.line = line
        self.heard: list[dict[str, Any]] = []
        self.ready: dict[str, Any] = {}

    @property
    def conversation(self) -> str:
        return str(self.ready["conversation"])

    async def hello(self, **fields: Any) -> dict[str, Any]:
        hello = {"token": None, "identity": None, "last_seq": 0, "page": None, **fields}
        await self.send(op="hello", **hello)
        self.ready = await self.until(op="ready")
        return self.ready

    async def send(self, **frame: Any) -> None:
        await self.line.send(json.dumps(frame))

    async def say(self, text: str, cmid: str | None = None) -> str:
        cmid = cmid or uuid4().hex
        await self.send(op="say", cmid=cmid, text=text)
        return cmid

    async def next(self, seconds: float = SECONDS) -> dict[str, Any]:
        frame = json.loads(await asyncio.wait_for(self.line.recv(), seconds))
        self.heard.append(frame)
        return frame

    async def until(self, seconds: float = SECONDS, **fields: Any) -> dict[str, Any]:
        """Wait for a frame with these fields."""
        while True:
            frame = await self.next(seconds)
            if fields.items() <= frame.items():
                return frame

    async def silence(self, seconds: float = 0.3) -> list[dict[str, Any]]:
        """Return what still comes."""
        came = []
        while True:
            try:
                came.append(await self.next(seconds))
            except asyncio.TimeoutError:
                return came

    async def closed(self, seconds: float = SECONDS) -> int:
        """Wait until the desk closes the socket; return the code."""
        await asyncio.wait_for(self.line.wait_closed(), seconds)
        return int(self.line.close_code or 0)

    async def rest(self) -> None:
        """Read what came before the socket was closed."""
        with suppress(ConnectionClosed):
            while True:
                await self.next()

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [frame for frame in self.heard if frame["op"] == "message"]


@contextmanager
def serve_desk(
    folder: Path, built: Parts, *, options: Mapping[str, Any] | None = None, **given: Any
) -> Iterator[ServedDesk]:
    """Serve a desk with a brain; `options` are the server's, where they differ, `given` settings by name."""
    settings = Settings.load({"KINDHAND_VAR": str(folder / "var")})
    settings = replace(settings, port=free_port(), brain_port=free_port(), **given)
    brain = StubBrain()
    app = create_app(settings, parts=built)
    desk = ServedDesk(app, settings, brain, built.business)
    app.router.lifespan_context = desk.noting(app.router.lifespan_context)
    options = {**OPTIONS, **(options or {})}
    with served(brain.app, settings.brain_port), served(app, settings.port, **options):
        with app.state.database.write() as connection:
            connection.execute(insert(agents), [agent_row(SAM.id, name=SAM.name)])
        yield desk
