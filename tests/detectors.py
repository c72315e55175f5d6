"""The detectors are built once for all tests; they keep nothing between messages."""

from functools import cache

import pytest

from bot.empathy.detector import build_detector
from bot.empathy.reading import Detector
from bot.empathy.sensor import words_detector


@cache
def by_words() -> Detector:
    """Return the detector without its model: for what is not about how well a mood is heard."""
    return words_detector()


@pytest.fixture(scope="session")
def detector() -> Detector:
    """The detector without its model."""
    return by_words()


@pytest.fixture(scope="session")
def shipped() -> Detector:
    """The detector that ships, with its model."""
    return build_detector()
