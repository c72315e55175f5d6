"""The detector that ships: words that say it outright, and the mood model for what is between them."""

import re
from collections.abc import Mapping, Sequence

from bot.empathy.language import NOTHING, doubt
from bot.empathy.mood_model import Hearing, MoodModel
from bot.empathy.phrases import PHRASES
from bot.empathy.reading import EMOTIONS, Cue, Reading
from bot.empathy.sensor import CueLexiconDetector
from bot.empathy.words import CONCEPTS, words

NAME = "model+cues"
WORDS = 0.2  # how much the words' own reading counts beside the model's
UNSURE = 0.2  # confidence in what we cannot read
JOKE = 0.3  # with more distress than that it is bitter, and no joke
CALM = 0.5  # who is calm or pleased with at least this chance tells of no danger, unless in so many words
UNLIKELY = 0.2  # a phrase that the model hears nothing of was a figure of speech
LONGEST_QUOTE = 120
MOST_SENTENCES = 8

_LABELS = {phrase.code: phrase.label for phrase in PHRASES}
_WEIGHTS = {phrase.code: phrase.weight for phrase in PHRASES}
# Phrases that say the same as a signal of the model in more detail.
_DETAILS = {
    "trouble": (
        *("late", "damaged", "wrong_item", "missing_item", "refund_trouble", "access_trouble"),
        *("cancel_trouble", "trouble", "broken_promise", "payment_dispute", "privacy_or_security"),
    ),
    "gratitude": ("gratitude", "delight"),
    "joking": ("joking", "testing"),
    "unresolved": ("unresolved", "told_before"),
    "told_before": ("told_before", "unresolved"),
    "grief": ("grief", "memory"),
}
# What a joke, a test or a quotation is not: the thing itself.
_SERIOUS = frozenset(
    {"legal_threat", "abuse", "churn_threat", "public_review_threat", "blame", "bot_insult", "swearing"}
)
# Said in so many words, this is meant, whatever the model hears.
_FIRM = frozenset(
    {"safety", "legal_threat", "churn_threat", "public_review_threat", "privacy_or_security", "abuse"}
)
# Who somebody is. Words alone cannot tell it from a burden, and it says nothing of how upset they are.
_CIRCUMSTANCES = frozenset({"disability", "hardship"})
# What only the customer's own words can tell.
_OWN_WORDS = frozenset(
    {"payment_dispute", "privacy_or_security", "legal_threat", "grief", "hardship", "safety"}
    | {"explicit_request", "bot_refusal"}
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*|\n")


class HybridDetector:
    """Reads a message by the mood model and by its cues, each correcting the other."""

    def __init__(self, words: CueLexiconDetector, model: MoodModel) -> None:
        self._words, self._model = words, model

    def read(self, text: str, *, context: str = "") -> Reading:
        """Say how a message reads after the bot's message `context`."""
        said = self._words.read(text, context=context)
        why = doubt(text)
        if why:
            return _unsure(said, why)
        heard = self._model.hear(text, context)
        cues = self._cues(said.cues, heard, text, context)
        scores = {name: _weighed(heard.emotions[name], said.scores[name]) for name in EMOTIONS}
        emotion = max(EMOTIONS, key=lambda name: scores[name])
        target = max(heard.targets, key=lambda name: heard.targets[name])
        if {"abuse", "blame"} & {cue.code for cue in cues} and target in ("us", "third_party"):
            elsewhere = said.has("third_party") and not _addressed(text)
            target = "third_party" if elsewhere else "us" if _addressed(text) else target
        return Reading(
            emotion,
            scores,
            _distress(heard, said, cues),
            target,
            tuple(cues),
            NAME,
            round(scores[emotion], 4),
        )

    def _cues(self, found: Sequence[Cue], heard: Hearing, text: str, context: str) -> list[Cue]:
        """Return the phrases that the model does not contradict, and the signals that no phrase told."""
        limits = self._model.card.thresholds
        meant = {
            code for code, limit in limits.items() if self._chance(code, limit, heard, text, context) >= limit
        }
        unmeant = _unmeant(meant, heard, {cue.code for cue in found})
        meant -= unmeant
        cues = [
            cue
            for cue in found
            if cue.code not in unmeant and self._is_heard(cue.code, heard)
        ]
        told = {cue.code for cue in cues}
        for code in sorted(meant):
            known = code in told or told & set(_DETAILS.get(code, ()))
            if not known:
                cues.append(self._cue(code, text, context))
        return sorted(cues, key=lambda cue: (cue.start, cue.code))

    def _is_heard(self, code: str, heard: Hearing) -> bool:
        """Say whether the model does not contradict what the words say."""
        if code in _FIRM:
            return True
        least = self._model.card.thresholds[code] / 2 if code in _CIRCUMSTANCES else UNLIKELY
        return heard.signals.get(code, 1.0) >= least

    def _chance(self, code: str, limit: float, heard: Hearing, text: str, context: str) -> float:
        """Return the chance of a signal; half of it from the message alone where only that can tell.

        After "your refund is on its way" the model hears a refund in anything, after an offer a request.
        """
        chance = heard.signals[code]
        if not context or code not in _OWN_WORDS or chance < limit / 2:
            return chance
        return (chance + self._model.hear(text).signals[code]) / 2

    def _cue(self, code: str, text: str, context: str) -> Cue:
        """Return the sentence in which the model hears this signal most."""
        spans = [found.span() for found in _SENTENCE.finditer(text) if found.group().strip()]
        start, end = 0, len(text)
        if len(spans) > 1:
            start, end = max(
                spans[-MOST_SENTENCES:],
                key=lambda span: self._model.hear(text[span[0] : span[1]], context).signals[code],
            )
        part = text[start:end]
        start += len(part) - len(part.lstrip())
        end = max(start, end - (len(part) - len(part.rstrip())))
        return Cue(code, _LABELS[code], start, end, text[start:end][:LONGEST_QUOTE], _WEIGHTS[code], "model")


def _unmeant(meant: set[str], heard: Hearing, told: set[str]) -> set[str]:
    """Return what a joke, or a "no" to a person, only sounds like."""
    unmeant: set[str] = set()
    if "joking" in meant and heard.distress < JOKE:
        unmeant |= _SERIOUS - meant
        if "safety" not in told:  # "tea people, there is no god"; in so many words, danger is danger
            unmeant.add("safety")
    if "safety" not in told and heard.emotions["neutral"] + heard.emotions["satisfied"] >= CALM:
        unmeant.add("safety")
    if "declines_person" in meant:  # "no need for a person" has the words of a request
        no = heard.signals["declines_person"]
        unmeant |= {code for code in ("explicit_request", "bot_refusal") if heard.signals[code] < no}
    return unmeant


def _weighed(model: float, words: float) -> float:
    return round((1 - WORDS) * model + WORDS * words, 4)


def _addressed(text: str) -> bool:
    """Say whether the text speaks to us: "you" and what belongs to it."""
    return any(word.plain in CONCEPTS["US"] for word in words(text))


def _distress(heard: Hearing, said: Reading, cues: Sequence[Cue]) -> float:
    told = min(said.distress, heard.distress) if said.has(*_CIRCUMSTANCES) else said.distress
    distress = _weighed(heard.distress, told)
    if any(cue.code == "safety" for cue in cues):
        distress = max(distress, 0.9)
    return round(min(distress, 0.99), 4)


def _unsure(said: Reading, why: str) -> Reading:
    """Say that we cannot tell; a plain request in words that we do know still stands."""
    scores: Mapping[str, float] = {name: round(1 / len(EMOTIONS), 4) for name in EMOTIONS}
    cues = () if why == NOTHING else said.cues
    return Reading("neutral", dict(scores), 0.0, "nobody", cues, NAME, UNSURE, why)
