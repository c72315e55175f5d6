"""The detector is built once; it keeps nothing between messages."""

import pytest

from bot.empathy.detector import build_detector


@pytest.fixture(scope="session")
def detector():
    return build_detector()
