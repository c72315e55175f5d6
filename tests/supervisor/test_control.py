"""Asking the running product: over a real port, from another thread as the commands do."""

import asyncio
import json
import socket
import stat
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.supervisor.control import BUSY, Control, Tell, listening


class Product:
    """What is asked for another version: it says two steps, and waits where it is told to."""

    def __init__(self, folder: Path) -> None:
        self.serving = folder
        self.problem: Exception | None = None
        self.passing = False
        self.go_on, self.begun, self.called_off = asyncio.Event(), asyncio.Event(), False
        self.go_on.set()

    async def switch(self, folder: Path, tell: Tell) -> None:
        tell("Starting the new version")
        self.begun.set()
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.called_off = True
            raise
        if self.problem:
            raise self.problem
        tell("Visitors talk to the new version")
        self.serving = folder


def asked(var: Path, folder: Path) -> list[str]:
    return list(Control(var).switch(folder))


async def test_it_serves_another_version_and_says_each_step(tmp_path: Path) -> None:
    product = Product(tmp_path / "one")
    async with listening(tmp_path, product):
        assert await asyncio.to_thread(Control(tmp_path).serving) == tmp_path / "one"
        steps = await asyncio.to_thread(asked, tmp_path, tmp_path / "two")
        assert steps == ["Starting the new version", "Visitors talk to the new version"]
        assert await asyncio.to_thread(Control(tmp_path).serving) == tmp_path / "two"
    assert not Control(tmp_path).running()


async def test_what_went_wrong_arrives_in_words(tmp_path: Path) -> None:
    product = Product(tmp_path / "one")
    product.problem = StartError("The assistant of the new version said nothing")
    async with listening(tmp_path, product):
        with pytest.raises(StartError, match="said nothing"):
            await asyncio.to_thread(asked, tmp_path, tmp_path / "two")
        assert await asyncio.to_thread(Control(tmp_path).serving) == tmp_path / "one"


async def test_two_at_once_are_one_too_many(tmp_path: Path) -> None:
    product = Product(tmp_path / "one")
    product.go_on.clear()
    async with listening(tmp_path, product):
        first = asyncio.create_task(asyncio.to_thread(asked, tmp_path, tmp_path / "two"))
        await product.begun.wait()
        with pytest.raises(StartError, match=BUSY):
            await asyncio.to_thread(asked, tmp_path, tmp_path / "three")
        product.go_on.set()
        assert len(await first) == 2
    assert product.serving == tmp_path / "two"


async def test_who_stops_listening_calls_it_off(tmp_path: Path) -> None:
    product = Product(tmp_path / "one")
    product.go_on.clear()
    async with listening(tmp_path, product):
        steps = Control(tmp_path).switch(tmp_path / "two")
        assert await asyncio.to_thread(next, steps) == "Starting the new version"
        await asyncio.to_thread(steps.close)
        while not product.called_off:
            await asyncio.sleep(0.01)
        product.go_on.set()
        assert len(await asyncio.to_thread(asked, tmp_path, tmp_path / "three")) == 2


async def test_who_was_too_late_to_call_it_off_hears_so(tmp_path: Path) -> None:
    product = Product(tmp_path / "one")
    async with listening(tmp_path, product):
        product.passing = True
        asking = asyncio.create_task(asyncio.to_thread(Control(tmp_path).settled))
        await asyncio.wait({asking}, timeout=0.5)
        assert not asking.done(), "it is not sure yet"
        product.serving, product.passing = tmp_path / "two", False
        assert await asking == tmp_path / "two"
    assert Control(tmp_path).settled() is None


async def test_what_the_system_refuses_arrives_in_words(tmp_path: Path) -> None:
    product = Product(tmp_path / "one")
    product.problem = OSError(12, "Cannot allocate memory")
    async with listening(tmp_path, product):
        with pytest.raises(StartError, match="could not be started .Cannot allocate memory"):
            await asyncio.to_thread(asked, tmp_path, tmp_path / "two")


def test_without_a_running_product_it_says_how_to_start_it(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="./kindhand up"):
        asked(tmp_path, tmp_path / "two")


async def test_a_note_of_a_product_that_is_gone_counts_for_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    (tmp_path / "control.json").write_text(json.dumps({"port": port, "key": "k"}))
    assert not Control(tmp_path).running()
    with pytest.raises(StartError, match="not running"):
        asked(tmp_path, tmp_path / "two")


@pytest.mark.parametrize(
    "left", ["null", "[]", '{"port": null, "key": ""}', '{"port": 99999, "key": "k"}', "\x00"]
)
def test_a_damaged_note_counts_for_nothing(tmp_path: Path, left: str) -> None:
    (tmp_path / "control.json").write_text(left)
    assert not Control(tmp_path).running() and Control(tmp_path).settled() is None
    with pytest.raises(StartError, match="not running"):
        asked(tmp_path, tmp_path / "two")


async def test_only_who_can_read_the_note_is_answered(tmp_path: Path) -> None:
    product = Product(tmp_path / "one")
    async with listening(tmp_path, product):
        note = tmp_path / "control.json"
        assert stat.S_IMODE(note.stat().st_mode) == 0o600
        port = json.loads(note.read_text())["port"]
        for question in (
            {"do": "switch", "folder": "/tmp"},
            {"key": "wrong", "do": "look"},
            {"key": 7, "do": "look"},
            [],
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(json.dumps(question).encode() + b"\n")
            assert await reader.read() == b""
            writer.close()
        for garbage in (b"GET / HTTP/1.1\r\n\r\n", b"\xff\n", b"x" * 20_000):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(garbage)
            with pytest.raises((ConnectionError, AssertionError)):
                assert await reader.read() != b""
            writer.close()
        assert product.serving == tmp_path / "one" and not product.begun.is_set()
        assert await asyncio.to_thread(Control(tmp_path).running)


async def test_a_product_that_stops_calls_off_what_it_was_asked_for(tmp_path: Path) -> None:
    product = Product(tmp_path / "one")
    product.go_on.clear()
    async with listening(tmp_path, product):
        asking = asyncio.create_task(asyncio.to_thread(asked, tmp_path, tmp_path / "two"))
        await product.begun.wait()
    assert product.called_off
    with pytest.raises(StartError, match="stopped before"):
        await asking
