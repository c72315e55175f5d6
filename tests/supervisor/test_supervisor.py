"""The supervisor over real processes: small web servers that live, die and hang on request."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from bot.errors import StartError
from bot.supervisor import child as module
from bot.supervisor.ports import free_port
from bot.supervisor.services import Service
from bot.supervisor.supervisor import Supervisor

SERVER = """
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/die":
            os._exit(3)
        self.send_response(200); self.end_headers(); self.wfile.write(str(os.getpid()).encode())
    def log_message(self, *_): pass
print("ready to serve", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def server(name: str, code: str = SERVER) -> Service:
    port = free_port()
    argv = (sys.executable, "-c", code, str(port))
    return Service(name, argv, f"http://127.0.0.1:{port}/", dict(os.environ), port)


@asynccontextmanager
async def running(tmp_path: Path, *services: Service) -> AsyncIterator[tuple[Supervisor, list[str]]]:
    told: list[str] = []
    supervisor = Supervisor(services, tmp_path / "log.txt", told.append)
    task = asyncio.create_task(supervisor.run())
    assert await supervisor.until_ready(task)
    try:
        yield supervisor, told
    finally:
        supervisor.stop()
        await task


async def pid_of(service: Service) -> int:
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(100):
            try:
                return int((await client.get(service.health)).text)
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
    raise AssertionError("it does not answer")


async def test_it_is_ready_when_all_answer_and_stops_all(tmp_path: Path) -> None:
    first, second = server("actions"), server("desk")
    async with running(tmp_path, first, second):
        pids = [await pid_of(first), await pid_of(second)]
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert "desk    | ready to serve" in (tmp_path / "log.txt").read_text()


async def test_what_dies_is_started_again_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WATCH_EVERY", 0.1)
    service = server("brain")
    async with running(tmp_path, service) as (_, told):
        before = await pid_of(service)
        psutil.Process(before).kill()
        while not told:
            await asyncio.sleep(0.05)
        assert await pid_of(service) != before
    assert told == ["The process “brain” stopped (exit -9); starting it again."]


async def test_what_hangs_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WATCH_EVERY", 0.05)
    monkeypatch.setattr(module, "HEALTH_LIMIT", 0.2)
    monkeypatch.setattr(module, "STOP_LIMIT", 0.2)
    service = server("brain")
    async with running(tmp_path, service) as (_, told):
        before = await pid_of(service)
        psutil.Process(before).suspend()
        while not told:
            await asyncio.sleep(0.05)
        assert await pid_of(service) != before
    assert "does not answer" in told[0]


async def test_one_that_ends_at_its_start_says_its_last_words(tmp_path: Path) -> None:
    broken = server("brain", "raise SystemExit('ValueError: the model is from another version')")
    supervisor = Supervisor((server("desk"), broken), tmp_path / "log.txt", lambda _: None)
    with pytest.raises(StartError, match="the model is from another version"):
        await supervisor.run()


async def test_stopping_before_it_is_ready_is_no_error(tmp_path: Path) -> None:
    slow = server("brain", "import time; time.sleep(60)")
    supervisor = Supervisor((slow,), tmp_path / "log.txt", lambda _: None)
    task = asyncio.create_task(supervisor.run())
    await asyncio.sleep(0.3)
    supervisor.stop()
    assert not await supervisor.until_ready(task)
