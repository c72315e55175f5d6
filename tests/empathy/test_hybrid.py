from dataclasses import replace

import pytest

from bot.empathy.hybrid import UNSURE, HybridDetector
from bot.empathy.mood_model import Card, Hearing
from bot.empathy.reading import EMOTIONS, TARGETS

CODES = (
    *("explicit_request", "sarcasm", "legal_threat", "joking", "trouble", "safety"),
    *("disability", "hardship"),
)


class Hears:
    """A model that hears what the test tells it to."""

    card = Card("toy", 1.0, dict.fromkeys(CODES, 0.5))

    def __init__(self, emotion="neutral", distress=0.0, where="", **signals):
        self.emotion, self.distress, self.where, self.signals = emotion, distress, where, signals

    def hear(self, text, context=""):
        chances = {c: self.signals.get(c, 0.1) if self.where in text else 0.1 for c in CODES}
        felt = {name: 0.94 if name == self.emotion else 0.01 for name in EMOTIONS}
        return Hearing(felt, self.distress, dict.fromkeys(TARGETS, 0.2) | {"us": 0.9}, chances)


@pytest.fixture
def words(detector):
    return detector


def test_what_no_word_tells_is_heard_with_its_sentence(words):
    text = "The parcel came. How very clever of you! It was the wrong size."
    detector = HybridDetector(words, Hears(where="clever", sarcasm=0.9))
    cue = next(c for c in detector.read(text).cues if c.code == "sarcasm")
    assert cue.found_by == "model"
    assert text[cue.start : cue.end] == cue.quote == "How very clever of you!"


def test_a_phrase_is_not_told_twice(words):
    reading = HybridDetector(words, Hears(explicit_request=0.9)).read("I want to talk to a human")
    assert [c.found_by for c in reading.cues if c.code == "explicit_request"] == ["words"]


def test_a_phrase_that_the_model_hears_nothing_of_is_a_figure_of_speech(words):
    said = "I want to talk to a human"
    assert not HybridDetector(words, Hears(explicit_request=0.01)).read(said).has("explicit_request")


def test_a_joke_is_no_threat(words):
    said = "my solicitor has a copy of your cake recipe"
    assert not HybridDetector(words, Hears(joking=0.9)).read(said).has("legal_threat")
    assert HybridDetector(words, Hears(joking=0.9, legal_threat=0.9)).read(said).has("legal_threat")


def test_danger_is_always_grave(words):
    said = "odd tingle from the kettle"
    assert HybridDetector(words, Hears("anxious", safety=0.9)).read(said).distress >= 0.9
    assert not HybridDetector(words, Hears("satisfied", safety=0.9)).read(said).has("safety"), "told in joy"
    firm = "I think my son is having an allergic reaction"
    assert HybridDetector(words, Hears("satisfied", safety=0.1)).read(firm).distress >= 0.9, "outright"


def test_what_only_the_answer_before_suggests_was_not_said(words):
    class HearsTheAnswer(Hears):
        def hear(self, text, context=""):
            heard = super().hear(text, context)
            return heard if context else replace(heard, signals=dict.fromkeys(CODES, 0.0))

    detector = HybridDetector(words, HearsTheAnswer(explicit_request=0.9, sarcasm=0.9))
    reading = detector.read("easy, thanks", context="Shall I bring in a person?")
    assert reading.has("sarcasm") and not reading.has("explicit_request")


@pytest.mark.parametrize("who", ["I am deaf", "I am on benefits"])
def test_who_somebody_is_says_nothing_of_how_upset_they_are(words, who):
    said = f"{who}, what time do you open on Sunday?"
    assert words.read(said).distress > 0.2, "the words take it for a burden"
    calm = HybridDetector(words, Hears(distress=0.02)).read(said)
    assert calm.distress == 0.02 and not calm.has("disability", "hardship")
    burden = HybridDetector(words, Hears(distress=0.6, disability=0.9, hardship=0.9)).read(said)
    assert burden.has("disability", "hardship")


def test_another_language_is_admitted_and_a_known_request_still_heard(words):
    reading = HybridDetector(words, Hears("angry", 0.9)).read("Wo ist mein Paket, das ist unerhört")
    assert (reading.emotion, reading.distress, reading.confidence) == ("neutral", 0.0, UNSURE)
    assert reading.doubt == "another language"


@pytest.mark.parametrize("text", ["", "a", "\ud800", "\U0001f621", "word " * 10_000, "h̸̡e̷͠l̶̛l̴o"])
def test_any_text_will_do(words, text):
    reading = HybridDetector(words, Hears()).read(text, context=text)
    assert reading.emotion in EMOTIONS and 0 <= reading.confidence <= 1
