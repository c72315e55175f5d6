"""The desk is killed in the middle of everything; what was acknowledged is there, once."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.business import Business
from bot.settings import ROOT, Settings
from bot.supervisor.ports import free_port
from tests.gateway.served import ServedDesk
from tests.gateway.stub_brain import StubBrain
from tests.serving import served, until

pytestmark = pytest.mark.slow
SECONDS = 60.0


class KillableDesk(ServedDesk):
    """A desk in a process of its own."""

    def __init__(self, settings: Settings, brain: StubBrain) -> None:
        business = Business.load(ROOT / "data" / "business")
        super().__init__(None, settings, brain, business)  # type: ignore[arg-type]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, **self.settings.environment()}
        self.process = subprocess.Popen([sys.executable, "-m", "bot.desk"], cwd=ROOT, env=environment)
        until(self.is_up, SECONDS)

    def is_up(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.http}/health").status_code == 200
        return False

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(SECONDS)


@contextmanager
def killable(folder: Path) -> Iterator[KillableDesk]:
    settings = Settings.load({"KINDHAND_VAR": str(folder / "var")})
    settings = replace(settings, port=free_port(), brain_port=free_port())
    with ExitStack() as held:
        brain = StubBrain()
        held.enter_context(served(brain.app, settings.brain_port))
        desk = KillableDesk(settings, brain)
        held.callback(desk.kill)
        desk.start()
        yield desk


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KillableDesk]:
    with killable(tmp_path_factory.mktemp("mortal")) as desk:
        yield desk


async def test_what_was_acknowledged_is_answered_after_a_kill(mortal: KillableDesk) -> None:
    """Killed while the bot thinks: the question is asked again and answered once."""
    mortal.brain.reset()
    mortal.brain.delay = 30
    async with mortal.visitor() as visitor:
        for n in range(3):
            await visitor.say(f"text {n}", f"m{n}")
        await visitor.until(op="ack", cmid="m2")
        mortal.kill()
    mortal.brain.reset()
    await asyncio.to_thread(mortal.start)
    async with mortal.visitor(token=visitor.ready["token"]) as again:
        assert again.conversation == visitor.conversation
        await again.until(SECONDS, op="message", text="You said: text 2")
        assert [message["text"] for message in again.messages] == [
            *(f"text {n}" for n in range(3)),
            *(f"You said: text {n}" for n in range(3)),
        ]


async def test_a_message_without_acknowledgement_is_sent_again_and_stored_once(mortal: KillableDesk) -> None:
    mortal.brain.reset()
    async with mortal.visitor() as visitor:
        await visitor.say("hello", "m1")
        mortal.kill()  # the acknowledgement may or may not have left
    await asyncio.to_thread(mortal.start)
    async with mortal.visitor(token=visitor.ready["token"]) as again:
        await again.say("hello", "m1")
        assert (await again.until(op="ack"))["seq"] == 1
        await again.until(op="message", speaker="bot")
        await again.silence()
        assert [message["seq"] for message in again.messages] == [1, 2]


async def test_waiting_for_a_person_outlives_a_kill(mortal: KillableDesk) -> None:
    async with mortal.visitor() as visitor:
        await visitor.send(op="person", cmid="p1")
        await visitor.until(op="owner", kind="waiting")
        mortal.kill()
    await asyncio.to_thread(mortal.start)
    async with mortal.visitor(token=visitor.ready["token"]) as again:
        assert again.ready["owner"] == {"kind": "waiting", "name": None, "version": 2}
