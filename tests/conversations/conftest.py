"""One stage for the whole session: the model is loaded once, the action server started once."""

import asyncio
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.utils.log_utils import configure_structlog

from bot import wiring
from bot.demo.seed import seed
from bot.settings import Settings
from bot.supervisor.ports import free_port
from tests.conversations.stage import Stage, action_server, load
from tests.small_desk import SmallDesk


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The loop on which Rasa lives; its locks belong to it."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def stage(
    rasa_model: Path, loop: asyncio.AbstractEventLoop, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The bot with the demo's customers, ready to talk."""
    configure_structlog(logging.WARNING)
    desk = SmallDesk()
    with desk.serving():
        chosen = {
            "KINDHAND_VAR": str(tmp_path_factory.mktemp("stage")),
            "KINDHAND_PORT": str(desk.port),
            "KINDHAND_ACTIONS_PORT": str(free_port()),
        }
        settings = Settings.load(chosen)
        _settle(chosen)
        seed(settings)
        with action_server(settings):
            yield Stage(loop.run_until_complete(load(rasa_model, settings)), desk, settings)


def _settle(chosen: dict[str, str]) -> None:
    """Let the parts that run in this process find the same settings."""
    wiring.settings.cache_clear()
    os.environ.update(chosen)
    wiring.settings()
    for key in chosen:
        del os.environ[key]
