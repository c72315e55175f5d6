"""From one version to another over real processes: small servers in place of desk, assistant and actions."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from bot.errors import StartError
from bot.settings import Settings
from bot.supervisor import child, smoke
from bot.supervisor import switch as module
from bot.supervisor.ports import free_ports
from bot.supervisor.services import Service
from bot.supervisor.supervisor import Supervisor
from bot.supervisor.switch import Switch

# All three in one: it does what the file of its version tells it to, and notes what it is asked.
SERVER = """
import http.server, json, os, sys, time
name, port, folder = sys.argv[1:4]
notes = os.environ["NOTES"]
def plan():
    path = os.path.join(os.environ["KINDHAND_LIVE"], "plan.json")
    return json.load(open(path)) if os.path.exists(path) else {}
def note(what):
    with open(notes, "a") as file:
        file.write(json.dumps({"who": name, "port": int(port), "pid": os.getpid(), **what}) + chr(10))
assistant = {"brain": "http://127.0.0.1:" + os.environ["KINDHAND_BRAIN_PORT"], "folder": folder, "leaving": 0}
if plan().get(name) == "ends at its start":
    sys.exit("ValueError: the port is haunted")
class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, what, status=200):
        self.send_response(status); self.end_headers(); self.wfile.write(json.dumps(what).encode())
    def do_GET(self):
        if self.path == "/internal/assistant":
            return self.answer(assistant)
        self.answer({"status": "ok", "pid": os.getpid()})
    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        note({"path": self.path, "told": told})
        if self.path == "/internal/assistant":
            how = json.load(open(notes + ".desk")) if os.path.exists(notes + ".desk") else ""
            if how == "refuses":
                return self.answer({"error": {"code": "owner_file", "text": "hours.yml:3: odd"}}, 422)
            if how == "dies once":
                os.remove(notes + ".desk"); os._exit(7)
            assistant.update(told)
            if how == "hangs up":
                os.remove(notes + ".desk")
                return self.wfile.close()
            return self.answer({})
        if self.path.endswith("/turn") and plan().get(name) == "says nothing":
            return self.answer({"error": "unavailable"}, 503)
        while self.path.endswith("/turn") and plan().get(name) == "thinks":
            time.sleep(0.02)
        self.answer({"messages": [{"text": "Yes."}], "heard": {"intent": "decaf"}})
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()
"""


@dataclass
class Product:
    """A supervisor with its three processes, and what may be asked of it."""

    folder: Path
    settings: Settings
    supervisor: Supervisor
    switch: Switch
    told: list[str]
    steps: list[str] = field(default_factory=list)

    def version(self, name: str, **plan: str) -> Path:
        """Make a version whose processes behave as planned."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        (folder / "plan.json").write_text(json.dumps(plan))
        return folder

    def desk_does(self, what: str) -> None:
        (self.folder / "notes.desk").write_text(json.dumps(what))

    async def to(self, version: Path) -> None:
        await asyncio.wait_for(self.switch.switch(version, self.steps.append), 30)

    @property
    def notes(self) -> list[dict[str, Any]]:
        path = self.folder / "notes"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def running(self) -> list[str]:
        """The processes that are there, whoever knows of them."""
        mine = psutil.Process().children()
        return sorted(process.cmdline()[3] for process in mine if "-c" in process.cmdline())

    async def assistant(self) -> dict[str, Any]:
        """What the desk says of whom it asks; waits for one that is being started again."""
        async with httpx.AsyncClient(trust_env=False) as client:
            for _ in range(300):
                try:
                    return (await client.get(f"{self.settings.desk_url}/internal/assistant")).json()
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)
        raise AssertionError("the desk does not come back")


def servers(settings: Settings, notes: Path) -> tuple[Service, ...]:
    def server(name: str, port: int) -> Service:
        argv = (sys.executable, "-c", SERVER, name, str(port), str(settings.served))
        environment = {**os.environ, **settings.environment(), "NOTES": str(notes)}
        return Service(name, argv, f"http://127.0.0.1:{port}/", environment, port)

    return (
        server("actions", settings.actions_port),
        server("brain", settings.brain_port),
        server("desk", settings.port),
    )


@asynccontextmanager
async def running(tmp_path: Path) -> AsyncIterator[Product]:
    first = tmp_path / "first"
    first.mkdir()
    port, brain, actions = free_ports(3)
    settings = Settings.load(
        {
            "KINDHAND_VAR": str(tmp_path / "var"),
            "KINDHAND_LIVE": str(first),
            "KINDHAND_PORT": str(port),
            "KINDHAND_BRAIN_PORT": str(brain),
            "KINDHAND_ACTIONS_PORT": str(actions),
        }
    )
    told: list[str] = []
    supervisor = Supervisor(servers(settings, tmp_path / "notes"), tmp_path / "log.txt", told.append)
    task = asyncio.create_task(supervisor.run())
    assert await supervisor.until_ready(task)
    product = Product(tmp_path, settings, supervisor, Switch(supervisor, settings), told)
    try:
        yield product
    finally:
        supervisor.stop()
        await task
        assert product.running == []


@pytest.fixture(autouse=True)
def small_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small servers without a model, asked one question, and watched closely."""
    monkeypatch.setattr(
        module, "services", lambda settings, model, **_: servers(settings, tmp_path / "notes")
    )
    monkeypatch.setattr(module, "_model", lambda settings: Path("model"))
    monkeypatch.setattr(smoke, "questions", lambda folder: [smoke.Question("decaf?", "decaf")])
    monkeypatch.setattr(child, "WATCH_EVERY", 0.1)


async def test_the_new_pair_is_tried_out_then_asked_and_the_old_one_ends(tmp_path: Path) -> None:
    async with running(tmp_path) as product:
        second = product.version("second")
        await product.to(second)
        assert product.running == ["actions", "brain", "desk"]
        assert product.switch.serving == second
        present = await product.assistant()
        assert present["folder"] == str(second) and present["brain"] != product.settings.brain_url
        port = int(present["brain"].rpartition(":")[2])
        asked = [(note["who"], note["path"]) for note in product.notes]
        trial = ("brain", "/webhooks/desk/forget"), ("brain", "/webhooks/desk/turn")
        assert asked == [*trial, trial[0], ("desk", "/internal/assistant")]
        assert {note["port"] for note in product.notes if note["who"] == "brain"} == {port}
        assert [step.split()[0] for step in product.steps] == ["Starting", "Trying", "Passing", "Ending"]
        third = product.version("third")
        await product.to(third)
        assert (await product.assistant())["folder"] == str(third)
        assert product.running == ["actions", "brain", "desk"]


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        ({"brain": "ends at its start"}, "“brain” ended at its start.*the port is haunted"),
        ({"actions": "ends at its start"}, "“actions” ended at its start"),
        ({"brain": "says nothing"}, "gives no answer when it is tried out.*unavailable"),
    ],
)
async def test_a_new_pair_that_is_no_good_leaves_everything_as_it_was(
    tmp_path: Path, plan: dict[str, str], why: str
) -> None:
    async with running(tmp_path) as product:
        before = await product.assistant()
        with pytest.raises(StartError, match=why):
            await product.to(product.version("second", **plan))
        assert await product.assistant() == before
        assert product.running == ["actions", "brain", "desk"]
        assert product.switch.serving == tmp_path / "first"
        await product.to(product.version("third"))
        assert product.switch.serving == tmp_path / "third"


async def test_files_that_the_desk_refuses_leave_everything_as_it_was(tmp_path: Path) -> None:
    async with running(tmp_path) as product:
        before = await product.assistant()
        product.desk_does("refuses")
        with pytest.raises(StartError, match=r"hours\.yml:3: odd"):
            await product.to(product.version("second"))
        assert await product.assistant() == before
        assert product.running == ["actions", "brain", "desk"] and not product.told


async def test_a_desk_that_dies_while_it_is_told_is_told_again(tmp_path: Path) -> None:
    async with running(tmp_path) as product:
        product.desk_does("dies once")
        second = product.version("second")
        await product.to(second)
        assert (await product.assistant())["folder"] == str(second)


async def test_a_desk_whose_answer_was_lost_is_told_again(tmp_path: Path) -> None:
    async with running(tmp_path) as product:
        product.desk_does("hangs up")
        second = product.version("second")
        await product.to(second)
        assert (await product.assistant())["folder"] == str(second)
        assert product.running == ["actions", "brain", "desk"]


async def test_a_desk_that_does_not_answer_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DESK_PATIENCE", 1.0)
    monkeypatch.setattr(module, "DESK_SECONDS", 0.3)
    monkeypatch.setattr(child, "STOP_LIMIT", 0.3)
    monkeypatch.setattr(child, "HEALTH_LIMIT", 60.0)  # its own watcher must not end it meanwhile
    async with running(tmp_path) as product:
        desk = next(one for one in product.supervisor.children if one.name == "desk")
        psutil.Process(desk.pid).suspend()
        with pytest.raises(StartError, match="The desk does not answer"):
            await product.to(product.version("second"))
        assert (await product.assistant())["brain"] == product.settings.brain_url
        assert product.running == ["actions", "brain", "desk"]


async def test_what_dies_after_a_switch_comes_back_as_it_was_then(tmp_path: Path) -> None:
    async with running(tmp_path) as product:
        second = product.version("second")
        await product.to(second)
        present = await product.assistant()
        for name in ("desk", "brain"):
            one = next(one for one in product.supervisor.children if one.name == name)
            before = one.pid
            psutil.Process(before).kill()
            while one.pid == before:
                await asyncio.sleep(0.05)
            assert await product.assistant() == present
        async with httpx.AsyncClient(trust_env=False) as client:
            for _ in range(100):
                try:
                    assert (await client.get(present["brain"])).status_code == 200
                    break
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)
        assert product.running == ["actions", "brain", "desk"]


async def test_called_off_while_it_is_tried_out_leaves_no_process(tmp_path: Path) -> None:
    async with running(tmp_path) as product:
        task = asyncio.create_task(product.to(product.version("second", brain="thinks")))
        while not any(note["path"].endswith("/turn") for note in product.notes):
            await asyncio.sleep(0.05)
        assert len(product.running) == 5
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert product.running == ["actions", "brain", "desk"]
        assert (await product.assistant())["brain"] == product.settings.brain_url


async def test_called_off_while_visitors_are_passed_on_goes_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "HEALTH_LIMIT", 60.0)  # the desk's watcher must not end it meanwhile
    async with running(tmp_path) as product:
        desk = next(one for one in product.supervisor.children if one.name == "desk")
        psutil.Process(desk.pid).suspend()
        second = product.version("second")
        task = asyncio.create_task(product.to(second))
        while not product.switch.passing:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.sleep(0.1)
        assert product.switch.passing and product.switch.serving == tmp_path / "first"
        psutil.Process(desk.pid).resume()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert product.switch.serving == second and not product.switch.passing
        assert (await product.assistant())["folder"] == str(second)


async def test_a_product_that_is_stopped_meanwhile_leaves_no_process(tmp_path: Path) -> None:
    async with running(tmp_path) as product:
        task = asyncio.create_task(product.to(product.version("second", brain="thinks")))
        while not any(note["path"].endswith("/turn") for note in product.notes):
            await asyncio.sleep(0.05)
        product.supervisor.stop()
        with pytest.raises(StartError):
            await task


def test_a_version_needs_files_and_a_sound_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    environment = {"KINDHAND_VAR": str(tmp_path), "KINDHAND_MODELS": str(tmp_path / "models")}
    nothing = Settings.load({**environment, "KINDHAND_LIVE": str(tmp_path / "nothing")})
    with pytest.raises(StartError, match="There is no version in"):
        module._model(nothing)
    with pytest.raises(StartError, match="Nothing was trained"):
        module._model(Settings.load(environment))
