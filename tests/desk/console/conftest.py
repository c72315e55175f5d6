from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.console.desk import ConsoleUnderTest


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ConsoleUnderTest]:
    with ConsoleUnderTest(tmp_path).running() as desk:
        yield desk
