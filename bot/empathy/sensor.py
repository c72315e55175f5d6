"""The detector: cues and lexicon weighed together, with the bot's message before as context."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.empathy.asking import told
from bot.empathy.cues import CueFinder
from bot.empathy.lexicon import Lexicon
from bot.empathy.phrases import PHRASES
from bot.empathy.reading import EMOTIONS, Cue, Reading
from bot.empathy.words import CONCEPTS, words

NAME = "cues+lexicon"
MOST_CHARACTERS = 20_000

_BY_CODE = {phrase.code: phrase for phrase in PHRASES}
_COMFORT = {"gratitude": 0.4, "delight": 0.5, "resolved": 0.45}
_EFFORT = frozenset({"unresolved", "told_before", "waiting", "broken_promise"})
_TOPICS = frozenset(
    {"late", "damaged", "wrong_item", "missing_item", "refund_trouble", "access_trouble", "trouble"}
)
_GRAVE = frozenset({"safety", "privacy_or_security", "explicit_request"})
_REFUSALS = """
    sorry cannot cant unable unfortunately declined refused impossible afraid
"""
_CONSENT = {"ok", "okay", "k", "fine", "sure", "noted", "i", "see", "oh", "right", "then", "cool"}
_GOOD_NEWS = """
    booked done confirmed refunded cancelled changed delivered arrives ready sorted found
"""
_OCCASIONS = """
    birthday wedding anniversary funeral christening graduation retirement interview exam flight surgery
    operation party event eightieth ninetieth seventieth sixtieth fiftieth fortieth thirtieth opening
"""
_JOKES = frozenset(
    {"swearing", "legal_threat", "abuse", "churn_threat", "public_review_threat", "blame", "bot_insult"}
)
MORE = 0.25  # how much of its weight a cue brings when another of its kind stands in the message
_NEUTRAL_BASE = 0.22
_NOTICED = 0.3  # how unpleasant the words of a message must be before the lexicon has a say


class CueLexiconDetector:
    """Reads a message by explicit cues, and by a word list where the cues are silent."""

    def __init__(self, finder: CueFinder, lexicon: Lexicon) -> None:
        self._finder, self._lexicon = finder, lexicon

    def read(self, text: str, *, context: str = "") -> Reading:
        """Say how a message reads after the bot's message `context`."""
        left_out = len(text)
        if len(text) > MOST_CHARACTERS:
            text = text[: MOST_CHARACTERS // 2] + " " + text[-MOST_CHARACTERS // 2 :]
        left_out -= len(text)
        cues = self._finder.find(text)
        valence = self._lexicon.valence(text)
        cues = _in_context(cues, text, context)
        cues = _without_plain_dates(cues, text)
        cues = _taken_lightly(cues, valence)
        cues = _with_irony(cues, text)
        cues += _shape(text, cues)
        distress = _distress(cues, valence, text)
        scores = _scores(cues, valence, distress)
        emotion = max(EMOTIONS, key=lambda name: scores[name])
        target = _target(cues, emotion, text)
        return Reading(emotion, scores, distress, target, tuple(_moved(cues, left_out)), NAME)


def words_detector() -> CueLexiconDetector:
    """Build the detector that needs no model."""
    return CueLexiconDetector(CueFinder(PHRASES), Lexicon())


def _codes(cues: Iterable[Cue]) -> set[str]:
    return {cue.code for cue in cues}


def _without(cues: list[Cue], codes: Iterable[str]) -> list[Cue]:
    return [cue for cue in cues if cue.code not in set(codes)]


def _whole(text: str, code: str, label: str, weight: float) -> Cue:
    return Cue(code, label, len(text) - len(text.lstrip()), len(text), text.strip()[:120], weight)


def _moved(cues: Iterable[Cue], left_out: int) -> Iterator[Cue]:
    """Place what was found behind the cut where it stands in the whole message."""
    for cue in cues:
        start, end = (place + left_out * (place > MOST_CHARACTERS // 2) for place in (cue.start, cue.end))
        yield replace(cue, start=start, end=end) if left_out else cue


def _in_context(cues: list[Cue], text: str, context: str) -> list[Cue]:
    """Let a curt answer sting after a refusal; after good news it is content."""
    if "shrug" not in _codes(cues):
        return cues
    cues = _without(cues, {"shrug"})
    before = {word.plain for word in words(context)}
    if before & set(_REFUSALS.split()):
        if _taken_well(cues, text):
            return _without(cues, {"delight", "gratitude"})  # a formula after a refusal, no joy
        stung = _without(cues, {"delight", "gratitude", "sarcasm"})
        return [*stung, _whole(text, "curt", "answers curtly to a refusal", 0.32)]
    if before & set(_GOOD_NEWS.split()) and not text.strip().endswith("."):
        return [*cues, _whole(text, "delight", "is pleased", 0.0)]
    return cues


def _taken_well(cues: list[Cue], text: str) -> bool:
    """Tell "ok thanks", and "ok" without a full stop, from a praise that is meant bitterly."""
    said = {word.plain for word in words(text)}
    return not text.strip().endswith(".") and ("gratitude" in _codes(cues) or said <= _CONSENT)


def _without_plain_dates(cues: list[Cue], text: str) -> list[Cue]:
    """Drop a date that is only asked about ("can I get it by Friday?"), unless something hangs on it."""
    return [
        cue for cue in cues if cue.code != "deadline" or _occasion(cue) or told(text, cue.start, date=True)
    ]


def _occasion(cue: Cue) -> bool:
    """Say whether it names a day that will not wait, such as a wedding on Saturday."""
    said = {word.plain for word in words(cue.quote)}
    return bool(said & set(_OCCASIONS.split()) and said & (CONCEPTS["SOON"] | {"by", "before"}))


def _taken_lightly(cues: list[Cue], valence: float) -> list[Cue]:
    """Drop what was said as an announced test, as a joke, or in joy."""
    codes = _codes(cues)
    if "testing" in codes and "safety" not in codes:
        return _without(cues, codes - {"testing"})
    if codes & {"joking", "delight"} and not codes & (_EFFORT | _TOPICS) and valence > -0.5:
        return _without(cues, _JOKES if "joking" in codes else {"swearing", "sarcasm"})
    return cues


def _with_irony(cues: list[Cue], text: str) -> list[Cue]:
    """Hear praise as bitter when the same message says that nothing works."""
    codes = _codes(cues)
    if "resolved" in codes:
        return _without(cues, {"sarcasm", "unresolved", "confused"})
    said = [word.plain for word in words(text)[:3]]
    praised = bool(CONCEPTS["PRAISE"] & set(said[:2])) and "but" not in said
    if praised and codes & _EFFORT and "sarcasm" not in codes:
        sarcasm = _BY_CODE["sarcasm"]
        cues = [*cues, _whole(text, sarcasm.code, sarcasm.label, sarcasm.weight)]
    if _codes(cues) & ({"sarcasm", "abuse"} | (_EFFORT if praised else set())):
        cues = _without(cues, {"gratitude", "delight"})
    return cues


def _shape(text: str, cues: list[Cue]) -> list[Cue]:
    """Notice capitals; they add force to what is said and mean nothing alone."""
    letters = [c for c in text if c.isalpha()]
    loud = len(letters) >= 8 and sum(c.isupper() for c in letters) > 0.7 * len(letters)
    return [_whole(text, "shouting", "writes in capitals", 0.0)] if loud else []


def _weights(cues: Iterable[Cue]) -> dict[str, float]:
    """Return the weight of each code; words under a heavier one count half, more of a kind a quarter."""
    weights: dict[str, float] = {}
    taken: list[tuple[int, int]] = []
    for cue in sorted(cues, key=lambda cue: (-cue.weight, cue.start, cue.code)):
        if not cue.weight:
            continue
        shared = any(cue.start < end and start < cue.end for start, end in taken)
        if cue.code not in weights:
            weights[cue.code] = cue.weight / 2 if shared else cue.weight
        elif not shared:
            weights[cue.code] = _either((weights[cue.code], cue.weight * MORE))
        taken.append((cue.start, cue.end))
    return weights


def _either(parts: Iterable[float]) -> float:
    """Add up likelihoods so that the sum stays under 1."""
    rest = 1.0
    for part in parts:
        rest *= 1 - part
    return 1 - rest


def _distress(cues: list[Cue], valence: float, text: str) -> float:
    codes = _codes(cues)
    parts = list(_weights(cues).values())
    unpleasant = max(0.0, -valence - _NOTICED) / (1 - _NOTICED)
    if not codes & _COMFORT.keys():
        parts.append(unpleasant * (0.15 if parts else 0.3))
    distress = _either(parts)
    if distress > 0.15 and "shouting" in codes:
        distress = min(1.0, distress * 1.2)
    if codes & {"gratitude", "delight", "resolved"} and not codes & _GRAVE:
        distress *= 0.3 if "resolved" in codes else 0.75
    return round(min(distress, 0.99), 4)


def _scores(cues: list[Cue], valence: float, distress: float) -> dict[str, float]:
    felt: dict[str, list[float]] = {name: [] for name in EMOTIONS}
    for code, weight in _weights(cues).items():
        felt[_BY_CODE[code].emotion if code in _BY_CODE else "frustrated"].append(weight)
    felt["satisfied"] = [_COMFORT[code] for code in _codes(cues) if code in _COMFORT]
    if valence > 0.6 and distress < 0.1:
        felt["satisfied"].append(0.15 * valence)
    if valence < -_NOTICED and not felt["satisfied"]:
        felt["frustrated"].append(0.35 * (-valence - _NOTICED))
    felt["neutral"] = [_NEUTRAL_BASE]
    if distress > 0.3:
        felt["satisfied"] = [part / 2 for part in felt["satisfied"]]
    raw = {name: _either(parts) for name, parts in felt.items()}
    raw["angry"] *= 1.25  # anger steers the answer when it stands beside weariness
    total = sum(raw.values())
    return {name: round(value / total, 4) for name, value in raw.items()}


def _target(cues: list[Cue], emotion: str, text: str) -> str:
    """Say whom the feeling is aimed at."""
    codes = _codes(cues)
    if emotion in ("neutral", "satisfied", "anxious", "sad"):
        return "nobody"
    if "self_blame" in codes or emotion == "confused":
        return "self"
    if codes & {"bot_refusal", "bot_insult"}:
        return "bot"
    addressed = any(word.plain in CONCEPTS["US"] for word in words(text))
    if "third_party" in codes and not addressed:
        return "third_party"
    return "us"
