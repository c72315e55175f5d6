import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.engine import Database
from tests.databases import fresh
from tests.desk.console.desk import ConsoleUnderTest, Server, add_agents


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server().running() as server:
        yield server


@pytest.fixture(scope="session")
def with_agents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which there are two agents and nothing else."""
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    database = fresh(path)
    add_agents(database)
    database.close()
    return path


@pytest.fixture
def desk(server: Server, with_agents: Path, tmp_path: Path) -> Iterator[ConsoleUnderTest]:
    database = Database(f"sqlite:///{shutil.copy(with_agents, tmp_path)}")
    desk = ConsoleUnderTest(server, database)
    yield desk
    desk.do(desk.service.close())
    database.close()
