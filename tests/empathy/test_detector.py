from bot.empathy import hybrid, sensor
from bot.empathy.detector import build_detector


def test_the_shipped_detector_hears_with_the_model():
    assert build_detector().read("hello").detector == hybrid.NAME


def test_without_a_model_words_are_enough(tmp_path):
    reading = build_detector(tmp_path).read("I want to talk to a human")
    assert reading.detector == sensor.NAME and reading.has("explicit_request")
