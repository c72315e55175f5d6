"""Play scenes against a copy of the product that runs beside the owner's and leaves nothing behind."""

import asyncio
import ipaddress
import tempfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from bot.errors import RehearsalError
from bot.rehearsal.record import record
from bot.rehearsal.scene import Scene
from bot.rehearsal.score import Played, Score
from bot.rehearsal.visitor import Talk, talk
from bot.settings import Settings
from bot.supervisor.product import Product
from bot.supervisor.steps import Steps
from bot.supervisor.up import prepare

AT_ONCE = 6  # conversations; the desk asks the brain four things at a time, and answers stay quick
START_SECONDS = 180.0  # it trains itself when the data changed once more since the model was made
VISITORS = ipaddress.IPv4Address("198.18.0.1")  # of the addresses set aside for measuring
NOWHERE = 9  # a port of this machine that nobody listens on
Heard = Callable[[int], None]  # is told how many scenes are over


async def rehearse(
    scenes: Sequence[Scene],
    settings: Settings,
    steps: Steps,
    heard: Heard = lambda over: None,
) -> Score:
    """Start a copy of the owner's product, play the scenes and stop it.

    Raises:
        StartError: the copy cannot start.
        RehearsalError: a scene could not be played to its end.
    """
    prepare(settings, steps)
    with tempfile.TemporaryDirectory(prefix="kindhand-rehearsal-") as folder:
        product = Product(Path(folder), **apart(Path(folder), settings))
        with steps.step("Starting a copy of the product", "A copy of the product runs"):
            await asyncio.to_thread(product.start, START_SECONDS)
        try:
            many = f"{len(scenes)} scenes" if len(scenes) > 1 else "one scene"
            with steps.step(f"Playing {many}", f"Played {many}"):
                return await play(scenes, settings_of(product), heard)
        finally:
            product.stop()


async def play(scenes: Sequence[Scene], settings: Settings, heard: Heard = lambda over: None) -> Score:
    """Play scenes against the product that runs with these settings.

    Raises:
        RehearsalError: a scene could not be played to its end; names it.
    """
    free, over = asyncio.Semaphore(AT_ONCE), count(1)

    async def one(number: int, scene: Scene) -> Talk:
        async with free:
            try:
                said = await talk(settings.port, str(VISITORS + number), scene.visitor)
            except RehearsalError as problem:
                raise RehearsalError(f"Scene {scene.id} of {scene.source} broke off. {problem}") from problem
            heard(next(over))
            return said

    talks = await asyncio.gather(*(one(number, scene) for number, scene in enumerate(scenes)))
    with record(settings.database_url, settings.tracker_url) as written:
        courses = [written.course(said) for said in talks]
    return Score(tuple(Played(*pair) for pair in zip(scenes, courses, strict=True)))


def settings_of(product: Product) -> Settings:
    """Return the settings that a product runs with."""
    return Settings.load({k: v for k, v in product.environment.items() if k.startswith("KINDHAND_")})


def apart(folder: Path, settings: Settings) -> dict[str, str]:
    """Return what keeps the copy away from the owner's records and from the network, whatever `.env` says.

    It serves `settings.served`. What reach.yml names must be there, or the copy would not start; but nothing
    that is sent goes anywhere.
    """
    kept = {name: f"sqlite:///{folder / 'var' / name}.db" for name in ("desk", "rasa", "crm")}
    return {
        "KINDHAND_HOST": "127.0.0.1",
        "KINDHAND_DATABASE_URL": kept["desk"],
        "KINDHAND_TRACKER_URL": kept["rasa"],
        "KINDHAND_CRM": "embedded",
        "KINDHAND_CRM_URL": kept["crm"],
        "KINDHAND_MODELS": str(settings.models.resolve()),
        "KINDHAND_DEMO": "true" if settings.demo else "false",
        "KINDHAND_FILES": str(settings.served.resolve()),
        "KINDHAND_LIVE": str(settings.served.resolve()),
        "KINDHAND_CHAT": _nowhere(settings.chat, "json"),
        "KINDHAND_WEBHOOKS": _nowhere(settings.webhooks, "http"),
        "KINDHAND_SMTP_HOST": "127.0.0.1" if settings.smtp_host else "",
        "KINDHAND_SMTP_PORT": str(NOWHERE),
        "KINDHAND_SMTP_TLS": "none",
        "KINDHAND_SMTP_USER": "",
        "KINDHAND_SMTP_PASSWORD": "",
        "KINDHAND_PUBLIC_URL": "",
    }


def _nowhere(targets: Sequence[str], scheme: str) -> str:
    names = (target.partition("=")[0] for target in targets)
    return ",".join(f"{name}={scheme}://127.0.0.1:{NOWHERE}" for name in names)
