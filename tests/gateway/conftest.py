from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.visitor.limits import Limits
from bot.desk.visitor.turns import Patience
from tests.gateway.served import ServedDesk, parts, serve_desk


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    """A desk with limits that no test reaches."""
    with serve_desk(tmp_path_factory.mktemp("desk"), parts()) as desk:
        yield desk


@pytest.fixture(scope="package")
def running_hastily(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    """The same, but patient for a moment only."""
    hasty = Patience(notice=0.4, give_up=2.0, pauses=(0.1, 0.2))
    with serve_desk(tmp_path_factory.mktemp("hasty"), parts(patience=hasty)) as desk:
        yield desk


@pytest.fixture
def desk(running: ServedDesk) -> ServedDesk:
    running.brain.reset()
    return running


@pytest.fixture
def hasty(running_hastily: ServedDesk) -> ServedDesk:
    running_hastily.brain.reset()
    return running_hastily


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[ServedDesk]:
    """A desk with the limits that visitors meet."""
    with serve_desk(tmp_path, parts(Limits())) as desk:
        yield desk
