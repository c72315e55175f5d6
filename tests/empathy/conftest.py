"""The detector is built once; it keeps nothing between messages."""

import pytest

from bot.empathy.detector import build_detector
from bot.empathy.sensor import words_detector


@pytest.fixture(scope="session")
def detector():
    return build_detector()


@pytest.fixture(scope="session")
def by_words():
    """The detector without its model: for what is not about how well a mood is heard."""
    return words_detector()
