import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.storage.engine import Database
from tests.desk.console.conftest import server as server
from tests.desk.console.conftest import with_agents as with_agents
from tests.desk.console.desk import NOOR, SAM, Server
from tests.desk.studio.desk import StudioUnderTest


@pytest.fixture
def desk(server: Server, with_agents: Path, tmp_path: Path) -> Iterator[StudioUnderTest]:
    database = Database(f"sqlite:///{shutil.copy(with_agents, tmp_path)}")
    desk = StudioUnderTest(server, database, tmp_path)
    yield desk
    desk.do(desk.service.close())
    database.close()


@pytest.fixture
def owner(desk: StudioUnderTest) -> Iterator[httpx.Client]:
    client = desk.client(SAM)
    yield client
    client.close()


@pytest.fixture
def agent(desk: StudioUnderTest) -> Iterator[httpx.Client]:
    client = desk.client(NOOR)
    yield client
    client.close()
