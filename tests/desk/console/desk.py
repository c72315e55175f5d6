"""The console's side of the desk behind a real server, with agents, visitors and a CRM to set up."""

import asyncio
import json
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn
import websockets
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import insert, update

from bot.attachments.keeper import Keeper
from bot.crm.card import Customer, CustomerCard
from bot.desk.console import routes
from bot.errors import CrmUnavailable
from bot.handoff.bus import Bus
from bot.handoff.entrance import Entrance, Identity
from bot.handoff.model import Cause, utc_now
from bot.handoff.presence import Presence
from bot.handoff.service import HandoffService
from bot.storage.engine import Database
from bot.storage.tables import agents, conversations
from tests.demo_business import demo_business
from tests.handoff.desk import FakeBriefs
from tests.serving import SECONDS
from tests.storage.rows import agent_row

SECRET = "the-desks-own-secret-of-32-signs"
PASSWORD = "kettle-on-the-stove"
SAM, NOOR = "sam@copperkettle.example", "noor@copperkettle.example"
T = TypeVar("T")


@dataclass
class FakeCrm:
    """Knows everybody by the name of their id; can be slow, down, or mix people up."""

    seconds: float = 0.0
    down: bool = False
    answers_for: str | None = None
    vips: set[str] = field(default_factory=set)
    asked: int = 0
    numbers: dict[str, str] = field(default_factory=dict)  # whose an order or an e-mail address is

    def find(self, *, email: str = "", order_number: str = "") -> str | None:
        time.sleep(self.seconds)
        if self.down:
            raise CrmUnavailable("down")
        return self.numbers.get(email or order_number)

    def card(self, customer_id: str) -> CustomerCard:
        self.asked += 1
        time.sleep(self.seconds)
        if self.down:
            raise CrmUnavailable("down")
        known = {"email": "x@example.com", "phone": "+44 1632 960001", "lifetime_value": Decimal("9.90")}
        id = self.answers_for or customer_id
        return CustomerCard(Customer(id, id.title(), since=date(2024, 1, 2), vip=id in self.vips, **known))


class Server:
    """A real server on a port that the system picks; it serves one desk after the other."""

    app: FastAPI

    def __init__(self) -> None:
        quiet = {"log_level": "error", "lifespan": "off", "interface": "asgi3"}
        self._server = uvicorn.Server(uvicorn.Config(self._serve, port=0, ws_max_size=65_536, **quiet))

    @contextmanager
    def running(self) -> Iterator["Server"]:
        thread = threading.Thread(target=asyncio.run, args=(self._run(),), daemon=True)
        thread.start()
        while not self._server.started:
            time.sleep(0.005)
        self.host = f"127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"
        yield self
        self._server.should_exit = True
        thread.join(5)

    async def _run(self) -> None:
        self.loop = asyncio.get_running_loop()
        await self._server.serve()

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


class ConsoleUnderTest:
    """A desk that serves the console only, on a database of its own."""

    long_ago = utc_now() - timedelta(hours=1)

    def __init__(self, server: Server, database: Database) -> None:
        self.database, self._server = database, server
        self.host, self.address = server.host, f"http://{server.host}"
        self.crm, self.bus, self.presence = FakeCrm(), Bus(), Presence()
        self.service = HandoffService(
            self.database,
            business=demo_business(),
            briefs=FakeBriefs(self.database),
            bus=self.bus,
            presence=self.presence,
        )
        self.entrance = Entrance(self.database, self.bus)
        files = Path(database.engine.url.database or "").parent / "attachments"
        self.keeper = Keeper(files, database, self.service, largest=lambda: 100_000)
        self.app = FastAPI()
        together = {"database": self.database, "service": self.service, "crm": self.crm, "secret": SECRET}
        together["keeper"] = self.keeper
        routes(self.app, business=demo_business(), **together)
        server.app = self.app

    def do(self, step: Coroutine[Any, Any, T]) -> T:
        """Run a step of the desk where the desk runs."""
        return asyncio.run_coroutine_threadsafe(step, self._server.loop).result(SECONDS)

    def visitor(self, *said: str, customer: str | None = None, reason: str | None = None) -> str:
        """Begin a conversation in which somebody says something, and perhaps a person is asked for."""
        identity = Identity(customer, customer.title()) if customer else None
        id = self.do(self.entrance.enter(None, identity, None)).conversation.id
        for number, text in enumerate(said):
            self.say(id, text, cmid=f"v{number}")
        if reason:
            known = {"code": reason, "label": reason.title(), "score": 1.0, "threshold": 0.5, "evidence": []}
            self.do(self.service.open_handoff(id, Cause(f"{reason}@1", (known,))))
        return id

    def say(self, id: str, text: str, *, cmid: str = "more") -> None:
        self.do(self.service.receive(id, cmid, text))

    def change(self, table: Any, *where: Any, **values: Any) -> None:
        """Change rows behind the desk's back."""
        with self.database.write() as connection:
            connection.execute(update(table).where(*where).values(**values))

    def waits(self, id: str, minutes: float) -> None:
        since = utc_now() - timedelta(minutes=minutes)
        self.change(conversations, conversations.c.id == id, waiting_since=since)

    def client(self, email: str | None = None, **headers: str) -> httpx.Client:
        """Return a browser on the console's page, signed in if an e-mail is given."""
        client = httpx.Client(
            verify=False,  # there is no TLS here, and preparing it takes longer than a test
            base_url=f"{self.address}/api/console/",
            headers={"Origin": self.address, **headers},
            timeout=SECONDS,
        )
        if email:
            known = client.post("login", json={"email": email, "password": PASSWORD})
            client.headers["X-CSRF-Token"] = known.json()["csrf"]
        return client

    def socket(self, origin: str | None = "own") -> websockets.connect:
        """Return a socket, to be opened with `async with`."""
        given = self.address if origin == "own" else origin
        return websockets.connect(f"ws://{self.host}/ws/console", origin=given, open_timeout=SECONDS)


def add_agents(database: Database) -> None:
    people = (("a-sam", SAM, "Sam Reyes"), ("a-noor", NOOR, "Noor Haddad"))
    known = {"password_hash": PasswordHasher(time_cost=1, memory_cost=4096).hash(PASSWORD)}
    rows = [agent_row(id, email=email, name=name, **known) for id, email, name in people]
    with database.write() as connection:
        connection.execute(insert(agents), rows)


class Screen:
    """The console's end of a socket."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket

    async def send(self, op: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"op": op, **fields}))

    async def frame(self, op: str, **fields: Any) -> dict[str, Any]:
        """Return the next frame of that kind with those fields; pass over others."""
        while True:
            frame = json.loads(await asyncio.wait_for(self.socket.recv(), SECONDS))
            if frame["op"] == op and all(frame.get(name) == value for name, value in fields.items()):
                return frame
