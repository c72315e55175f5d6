"""From one version of the owner's files to another while visitors talk: nobody waits, and nobody is cut off.

The new assistant starts beside the old one. Once it is well and has answered, the desk asks it from then on;
the old one answers what it was asked before, and ends. Until the desk has changed over, whatever goes wrong
leaves everything as it was.
"""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from bot.errors import StartError
from bot.secret import HEADER
from bot.settings import Settings
from bot.supervisor import smoke, training
from bot.supervisor.child import Child
from bot.supervisor.control import Tell
from bot.supervisor.ports import free_ports
from bot.supervisor.services import services
from bot.supervisor.supervisor import STOPPING, Supervisor

DESK = "desk"
DESK_SECONDS = 10.0  # for one call; the desk reads files meanwhile
DESK_PATIENCE = 30.0  # seconds in which a desk that is being started again comes back
DRAIN = 20.0  # seconds; no question takes longer
PASSED_ON = "A new version is published; visitors talk to it now."


class Switch:
    """What a running product serves, and how it comes to serve something else."""

    def __init__(self, supervisor: Supervisor, settings: Settings) -> None:
        """`settings` are those that the supervisor's processes run with."""
        self._supervisor, self._settings = supervisor, settings
        self.passing = False  # visitors on, right now: that is not called off any more

    @property
    def serving(self) -> Path:
        """The folder of files that visitors are served from."""
        return self._settings.served

    async def switch(self, folder: Path, tell: Tell) -> None:
        """Serve the files in that folder, for which there is a trained model; `tell` the steps in words.

        May be called off, until the desk is told.

        Raises:
            StartError: the new version could not take over; the one before it goes on.
            ModelError: its model is damaged; likewise.
        """
        brain, actions = free_ports(2)
        settings = replace(self._settings, live=str(folder), brain_port=brain, actions_port=actions)
        model = await asyncio.to_thread(_model, settings)
        asked = await asyncio.to_thread(smoke.questions, folder)
        tell("Starting the new version beside the one that answers now")
        started = await self._supervisor.add(services(settings, model, gently=True)[:-1])
        try:
            tell("Trying it out with a short conversation")
            await smoke.try_out(settings.brain_url, settings.secret, asked)
            tell("Passing visitors on to it")
            self.passing = True
            await _whole(self._pass_on(settings, model, started))
        except BaseException:
            await self._supervisor.remove(started)
            raise
        finally:
            self.passing = False
        tell("Ending the one before, once it has answered what it was asked")
        await _whole(self._end_others(started))

    async def _pass_on(self, settings: Settings, model: Path, pair: Sequence[Child]) -> None:
        """Have the desk ask the new assistant; from then on that one is kept running."""
        try:
            await self._tell_desk(settings)
        except StartError:
            await self._take_back()
            raise
        self._settings = settings
        # Whatever has to be started again begins with the new version, and without being gentle.
        for child, service in zip((*pair, self._desk), services(settings, model), strict=True):
            child.service = service
        self._supervisor.watch(pair)
        self._supervisor.tell(PASSED_ON)

    async def _tell_desk(self, settings: Settings) -> None:
        end = time.monotonic() + DESK_PATIENCE
        while True:
            try:
                response = await self._ask_desk("POST", settings)
            except httpx.HTTPError as problem:
                if self._supervisor.stopping:
                    raise StartError(STOPPING) from None
                if time.monotonic() > end:
                    raise StartError(f"The desk does not answer ({type(problem).__name__})") from None
                await asyncio.sleep(0.5)
                continue
            if response.status_code != httpx.codes.OK:
                raise StartError(f"The desk did not take the new version: {_reason(response)}")
            return

    async def _take_back(self) -> None:
        """Make sure that the desk asks the old assistant: it may have heard us, and its answer was lost."""
        if self._supervisor.stopping:
            return
        try:
            response = await self._ask_desk("GET", self._settings)
            if response.json()["brain"] != self._settings.brain_url:
                (await self._ask_desk("POST", self._settings)).raise_for_status()
        except (httpx.HTTPError, ValueError, KeyError):
            await self._desk.end()  # it is started again, and begins with the old one

    async def _end_others(self, pair: Sequence[Child]) -> None:
        end = time.monotonic() + DRAIN
        while time.monotonic() < end and not self._supervisor.stopping and await self._is_busy():
            await asyncio.sleep(0.2)
        others = [child for child in self._supervisor.children if child not in (*pair, self._desk)]
        await self._supervisor.remove(others)

    async def _is_busy(self) -> bool:
        """Tell whether the old assistant still answers somebody; a desk that is away asks nobody."""
        try:
            return bool((await self._ask_desk("GET", self._settings)).json()["leaving"])
        except (httpx.HTTPError, ValueError, KeyError):
            return False

    async def _ask_desk(self, method: str, settings: Settings) -> httpx.Response:
        told = {"brain": settings.brain_url, "folder": str(settings.served)} if method == "POST" else None
        options = {"headers": {HEADER: settings.secret}, "timeout": DESK_SECONDS, "trust_env": False}
        async with httpx.AsyncClient(**options) as client:
            return await client.request(method, f"{settings.desk_url}/internal/assistant", json=told)

    @property
    def _desk(self) -> Child:
        return next(child for child in self._supervisor.children if child.name == DESK)


def _model(settings: Settings) -> Path:
    if not (settings.served / "domain.yml").is_file():
        raise StartError(f"There is no version in {settings.served}")
    if not training.is_trained(settings):
        raise StartError("Nothing was trained for that version. Publish it with ./kindhand publish")
    return training.verified(training.model_path(settings))


def _reason(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"]["text"])
    except (ValueError, KeyError, TypeError):
        return f"it said {response.status_code}"


async def _whole(work: Coroutine[Any, Any, None]) -> None:
    """Do it to its end, even when called off meanwhile: half of it must not be done."""
    task = asyncio.ensure_future(work)
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            continue
    task.result()
