from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.handoff.desk import DeskUnderTest


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskUnderTest]:
    desk = DeskUnderTest(tmp_path)
    yield desk
    await desk.service.close()
    desk.database.close()
