"""The detectors are built once; they keep nothing between messages."""

import pytest

from bot.empathy.detector import build_detector
from bot.empathy.sensor import words_detector


@pytest.fixture(scope="session")
def detector():
    """The detector without its model: for what is not about how well a mood is heard."""
    return words_detector()


@pytest.fixture(scope="session")
def shipped():
    """The detector that ships, with its model."""
    return build_detector()
