"""The detector is built once; it keeps nothing between messages."""

import pytest

from bot.empathy.sensor import build_detector


@pytest.fixture(scope="session")
def detector():
    return build_detector()
