from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.databases import fresh
from tests.reach.desk import ReachingDesk
from tests.reach.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[ReachingDesk]:
    desk = ReachingDesk(fresh(tmp_path / "desk.db"))
    yield desk
    await desk.service.close()
    desk.database.close()
