from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.databases import fresh
from tests.handoff.desk import DeskUnderTest
from tests.handoff.floor import Floor


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskUnderTest]:
    desk = DeskUnderTest(fresh(tmp_path / "desk.db"))
    yield desk
    await desk.service.close()
    desk.database.close()


@pytest.fixture
def floor(desk: DeskUnderTest) -> Iterator[Floor]:
    floor = Floor(desk)
    yield floor
    floor.leave()
