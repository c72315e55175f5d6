from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.databases import fresh
from tests.handoff.desk import DeskUnderTest


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskUnderTest]:
    desk = DeskUnderTest(fresh(tmp_path / "desk.db"))
    yield desk
    await desk.service.close()
    desk.database.close()
