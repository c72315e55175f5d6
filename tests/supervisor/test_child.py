"""One process: what it says, how it ends, and what it is started as the next time."""

import asyncio
import logging
import sys

import psutil
import pytest

from bot.errors import StartError
from bot.supervisor.child import Child
from bot.supervisor.services import Service

SLEEPS = "import time; time.sleep(60)"


def process(code: str, name: str = "brain") -> Service:
    return Service(name, (sys.executable, "-c", code), "http://127.0.0.1:9/", {}, 9)


@pytest.fixture
def log() -> logging.Logger:
    return logging.Logger("processes")


async def test_its_most_telling_words_say_why_it_ended(log: logging.Logger) -> None:
    words = "print('Loading'); print('ValueError: another version'); print('Goodbye')"
    child = Child(process(words), log)
    await child.spawn()
    with pytest.raises(StartError, match="“brain” ended at its start. It said: ValueError: another version"):
        await child.until_well()
    silent = Child(process("pass"), log)
    await silent.spawn()
    with pytest.raises(StartError, match="It said nothing"):
        await silent.until_well()


async def test_it_ends_even_when_it_does_not_heed(
    log: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.supervisor.child.STOP_LIMIT", 0.2)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True);"
    child = Child(process(deaf + SLEEPS), log)
    heard: list[str] = []
    monkeypatch.setattr(child, "note", heard.append)
    await child.spawn()
    while "deaf" not in heard:
        await asyncio.sleep(0.01)
    await child.end()
    assert child.pid and not psutil.pid_exists(child.pid)
    await child.end()  # once more changes nothing


async def test_another_service_counts_from_the_next_start_on(log: logging.Logger) -> None:
    child = Child(process(SLEEPS), log)
    await child.spawn()
    before = child.pid
    child.service = process(SLEEPS + "#another")
    assert child.pid == before
    await child.end()
    await child.spawn()
    assert child.pid and psutil.Process(child.pid).cmdline()[-1].endswith("#another")
    await child.end()
