"""A desk in a process of its own that dies at a given step of its work, as if the power had failed."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import event
from starlette.websockets import WebSocket

from bot.business import Business
from bot.desk.app import create_app
from bot.desk.server import OPTIONS
from bot.desk.visitor import wire
from bot.handoff.ledger import Ledger
from bot.handoff.service import HandoffService
from bot.settings import ROOT, Settings
from bot.storage import messages
from bot.storage.engine import Database
from bot.supervisor.ports import free_port
from tests.desk.console.desk import add_agents
from tests.gateway.served import ServedDesk, parts
from tests.gateway.stub_brain import StubBrain
from tests.serving import served, until

# From a frame that came in to one that went out, for visitors, the bot and agents alike.
POINTS = (
    "receive",
    "insert",
    "commit",
    "committed",
    "acknowledge",
    "acknowledged",
    "push",
    "pushed",
    "answer",
    "reply",
)
DEAD = 9
STARTED_WITHIN = 120.0  # seconds; the first one imports everything
_processes = get_context("forkserver")  # a fresh process without importing everything again


class MortalDesk(ServedDesk):
    """Starts as often as it takes, each time with a step at which it dies."""

    def __init__(self, settings: Settings, brain: StubBrain) -> None:
        super().__init__(None, settings, brain, Business.load(ROOT / "data" / "business"))  # type: ignore[arg-type]
        self._process: Any = None

    def start(self, point: str | None = None, count: int = 1) -> None:
        """Start; it dies when it comes to a point of `POINTS` for the `count`th time, perhaps at once."""
        listening = _processes.Event()
        arguments = (self.settings, point, count, listening)
        self._process = _processes.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        until(lambda: self.is_dead or listening.is_set(), STARTED_WITHIN)

    @property
    def is_dead(self) -> bool:
        return not self._process.is_alive()

    def bury(self) -> int:
        """Wait for its death; return the exit code."""
        self._process.join(60)
        return int(self._process.exitcode)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join(60)


@contextmanager
def mortal_desk(folder: Path) -> Iterator[MortalDesk]:
    """Have a database, people and a brain for a desk that is not yet started."""
    _processes.set_forkserver_preload(["tests.gateway.warm"])
    settings = Settings.load({"KINDHAND_VAR": str(folder / "var")})
    settings = replace(settings, port=free_port(), brain_port=free_port())
    database = Database(settings.database_url)
    database.migrate()
    add_agents(database)
    database.close()
    brain = StubBrain()
    desk = MortalDesk(settings, brain)
    with served(brain.app, settings.brain_port):
        try:
            yield desk
        finally:
            desk.stop()


def _serve(settings: Settings, point: str | None, count: int, listening: Any) -> None:
    app = create_app(settings, parts=parts())
    if point:
        _arm(app.state.database, point, count)
    quiet = {"log_level": "critical", **OPTIONS}
    server = uvicorn.Server(uvicorn.Config(app, port=settings.port, **quiet))
    startup = server.startup

    async def started(sockets: Any = None) -> None:
        await startup(sockets)
        listening.set()

    server.startup = started  # type: ignore[method-assign]
    server.run()


def _arm(database: Database, point: str, count: int) -> None:
    """Put the end of the process into the step that a point names."""
    left, lock = iter(range(count - 1, -1, -1)), threading.Lock()

    def die(*_: Any) -> None:
        with lock:
            if next(left) == 0:
                os._exit(DEAD)

    {
        "receive": lambda: _before(HandoffService, "receive", die),
        "insert": lambda: _before(messages, "add", die),
        "commit": lambda: _before_commit(database, die),
        "committed": lambda: _after(Ledger, "_transaction", die, where=_saved_messages),
        "acknowledge": lambda: _before(wire, "ack", die),
        "acknowledged": lambda: _after_sending("ack", die),
        "push": lambda: _before(wire, "message", die),
        "pushed": lambda: _after_sending("message", die),
        "answer": lambda: _before(HandoffService, "answer", die),
        "reply": lambda: _before(HandoffService, "reply", die),
    }[point]()


def _before(owner: Any, name: str, act: Callable[[], None]) -> None:
    work = getattr(owner, name)

    @wraps(work)
    def step(*given: Any, **named: Any) -> Any:
        act()
        return work(*given, **named)

    setattr(owner, name, step)


def _after(owner: Any, name: str, act: Callable[[], None], *, where: Callable[[Any], bool]) -> None:
    work = getattr(owner, name)

    @wraps(work)
    def step(*given: Any, **named: Any) -> Any:
        result = work(*given, **named)
        if where(result):
            act()
        return result

    setattr(owner, name, step)


def _saved_messages(result: Any) -> bool:
    return bool(result[1]._said)


def _before_commit(database: Database, act: Callable[[], None]) -> None:
    """Act when all is written and nothing of it is kept yet, where a message is among it."""
    written = threading.local()
    add = messages.add

    def noted(*given: Any) -> None:
        add(*given)
        written.some = True

    def committing(_: Any) -> None:
        if getattr(written, "some", False):
            written.some = False
            act()

    messages.add = noted
    event.listen(database.engine, "commit", committing)


def _after_sending(op: str, act: Callable[[], None]) -> None:
    send = WebSocket.send_text

    async def sent(self: WebSocket, text: str) -> None:
        await send(self, text)
        if text.startswith(f'{{"op":"{op}"'):
            act()

    WebSocket.send_text = sent  # type: ignore[method-assign]
