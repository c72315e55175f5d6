"""The detector that ships with the product: with the mood model, or without it where it cannot be used."""

from pathlib import Path

from bot.empathy.hybrid import HybridDetector
from bot.empathy.mood_model import FOLDER, load_model
from bot.empathy.reading import Detector
from bot.empathy.sensor import words_detector
from bot.errors import ModelError


def build_detector(folder: Path = FOLDER) -> Detector:
    """Build the detector; without a usable model it reads by cues and word list alone.

    `Reading.detector` names which one it is, and `./kindhand doctor` says why.
    """
    words = words_detector()
    try:
        return HybridDetector(words, load_model(folder))
    except ModelError:
        return words
