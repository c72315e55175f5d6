"""The course of a conversation: how upset the visitor is by now, since when, and over what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.empathy import asking
from bot.empathy.reading import Cue, Detector, Reading, Turn
from bot.empathy.repeats import SAME, Similarity, likeness

RISE = 0.9  # how much of a message's distress goes into the level
KEEP_UPSET, KEEP_CALM, KEEP_PLEASED = 0.92, 0.8, 0.4  # how much of the level stays after such a message
ELSEWHERE = 0.4  # anger that is not about us counts this much
CALM = 0.12
PLAIN_ANSWER = 0.1
UPSET = 0.25  # from here on a cancellation is a threat to leave
STILL = 0.35  # after an answer to a trouble, this much distress says that it did not help
LABELS = ((0.3, "calm"), (0.5, "uneasy"), (0.75, "upset"), (1.01, "urgent"))
TREND = 0.05
WORSE = 0.08  # so much more after one message hurt, whatever its words
REMEMBERED, KEPT, LONGEST = 8, 60, 300
NEARBY = 3  # what was said this many messages ago still belongs to what is said now

REASON_OF = {
    "explicit_request": "explicit_request",
    "bot_refusal": "bot_refusal",
    "legal_threat": "legal_threat",
    "churn_threat": "churn_threat",
    "quitting": "churn_threat",
    "public_review_threat": "public_review_threat",
    "safety": "safety",
    "abuse": "abuse",
    "payment_dispute": "payment_dispute",
    "privacy_or_security": "privacy_or_security",
    "grief": "vulnerability",
    "memory": "vulnerability",
    "illness": "vulnerability",
    "disability": "vulnerability",
    "hardship": "vulnerability",
    "lonely": "vulnerability",
    "deadline": "deadline",
    "high_value": "high_value",
    "account_of_dead": "help_needed",
    **dict.fromkeys(("late", "damaged", "wrong_item", "missing_item", "broken_promise"), "order_trouble"),
    **dict.fromkeys(("refund_trouble", "access_trouble", "cancel_trouble", "trouble"), "trouble"),
}
CAUSES = (
    *("late", "damaged", "wrong_item", "missing_item", "refund_trouble", "access_trouble", "cancel_trouble"),
    *(
        "payment_dispute",
        "privacy_or_security",
        "safety",
        "grief",
        "illness",
        "disability",
        "hardship",
        "deadline",
    ),
)
TROUBLES = (
    *("late", "damaged", "wrong_item", "missing_item", "refund_trouble", "access_trouble", "cancel_trouble"),
    *("trouble", "broken_promise", "waiting", "unresolved", "told_before"),
)
ASKABLE = (*TROUBLES[:8], "illness", "disability", "hardship")  # one may ask about these without having any

SETTLED = ("deadline", "high_value", "help_needed", "order_trouble", "trouble")  # by a person, or found


@dataclass(frozen=True)
class Moment:
    """The level after one message of the visitor, with the words that moved it."""

    seq: int
    level: float
    label: str
    quote: str
    cues: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "cues": list(self.cues)}


@dataclass(frozen=True)
class Signal:
    """Something said that may be a reason to call a person."""

    code: str
    seq: int
    quote: str
    weight: float


@dataclass(frozen=True)
class MoodState:
    """All that is remembered between two messages; `fold` and `advance` make it.

    seq, emotion, distress, target, stuck_now and repeated_now tell of the visitor's latest message; testing:
    they said that it is only a test;
    relieved is the latest message of an agent, context the latest answer, failing how often in a row we did
    not understand, since_offer how many messages ago a person was offered, at offered_level.
    """

    level: float = 0.0
    trend: str = "steady"
    label: str = "calm"
    unresolved: int = 0
    repeats: int = 0
    bot_failures: int = 0
    confusion: int = 0
    causes: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()
    signals: tuple[Signal, ...] = ()
    seq: int = 0
    emotion: str = "neutral"
    distress: float = 0.0
    target: str = "nobody"
    stuck_now: bool = False
    repeated_now: bool = False
    troubled: bool = False
    relieved: int = 0
    failing: int = 0
    offered_level: float | None = None
    since_offer: int = 0
    declined: bool = False
    testing: bool = False
    answered: bool = False
    context: str = ""
    heard: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can carry."""
        moments = [moment.as_dict() for moment in self.moments]
        signals = [dict(vars(signal)) for signal in self.signals]
        lists = {"causes": list(self.causes), "heard": list(self.heard)}
        return {**vars(self), **lists, "moments": moments, "signals": signals}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "MoodState":
        """Read what `as_dict` wrote; what an older version did not know stays at its default."""
        known = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        for name in ("causes", "heard"):
            known[name] = tuple(known.get(name, ()))
        known["moments"] = tuple(Moment(**{**m, "cues": tuple(m["cues"])}) for m in known.get("moments", ()))
        known["signals"] = tuple(Signal(**s) for s in known.get("signals", ()))
        return cls(**known)

    def hurts(self) -> tuple[Moment, ...]:
        """Return the moments since a person last answered that were telling or made it worse."""
        before = (0.0, *(moment.level for moment in self.moments))
        return tuple(
            moment
            for level, moment in zip(before, self.moments, strict=False)
            if moment.seq > self.relieved and (moment.cues or moment.level >= level + WORSE)
        )

    def signals_nearby(self) -> tuple[Signal, ...]:
        """Return what the visitor's latest few messages said."""
        nearby = {moment.seq for moment in self.moments[-NEARBY:]}
        return tuple(signal for signal in self.signals if signal.seq in nearby)

    def signals_now(self) -> tuple[Signal, ...]:
        """Return what the visitor's latest message said."""
        return tuple(signal for signal in self.signals if signal.seq == self.seq)


def fold(turns: Iterable[Turn], detector: Detector, similar: Similarity = likeness) -> MoodState:
    """Return the state after these turns."""
    state = MoodState()
    for turn in turns:
        state = advance(state, turn, detector, similar)
    return state


def advance(state: MoodState, turn: Turn, detector: Detector, similar: Similarity = likeness) -> MoodState:
    """Return the state after one more turn. Only the visitor's turns move the level."""
    if turn.speaker == "visitor":
        return _heard(state, turn, detector.read(turn.text, context=state.context), similar)
    if turn.speaker == "bot":
        return _answered(state, turn)
    if turn.speaker == "agent":
        return _relieved(state, turn)
    return state


def _answered(state: MoodState, turn: Turn) -> MoodState:
    state = replace(
        state,
        context=turn.text[:LONGEST],
        answered=True,
        bot_failures=state.bot_failures + turn.failed,
        failing=state.failing + turn.failed if turn.failed else 0,
    )
    if turn.offered:
        state = replace(state, offered_level=state.level, since_offer=0, declined=False)
    return state


def _relieved(state: MoodState, turn: Turn) -> MoodState:
    """A person has taken care of it: the counts start anew, the level does not."""
    counts = dict.fromkeys(
        ("unresolved", "repeats", "bot_failures", "confusion", "failing", "since_offer"), 0
    )
    flags = dict.fromkeys(("stuck_now", "repeated_now", "troubled", "declined"), False)
    signals = tuple(s for s in state.signals if s.code not in SETTLED)
    fresh = replace(
        state, **counts, **flags, signals=signals, offered_level=None, heard=(), relieved=turn.seq
    )
    return replace(fresh, context=turn.text[:LONGEST], answered=True)


def _heard(state: MoodState, turn: Turn, reading: Reading, similar: Similarity) -> MoodState:
    reading = _as_answer(state, reading)
    eased = reading.has("resolved")
    told = _told(state, turn.text, reading)
    repeated = not eased and _is_repeat(state, turn.text, reading, similar)
    stuck = not eased and _is_stuck(state, reading, told)
    state = _counted(state, reading, told, eased=eased, repeated=repeated, stuck=stuck)
    state = _offer_answered(state, turn, reading)
    level = _level(state, reading)
    return replace(
        state,
        level=level,
        trend=_trend(state.level, level),
        label=next(label for limit, label in LABELS if level < limit),
        moments=(*state.moments, _moment(turn, level, reading))[-KEPT:],
        causes=_merged(state.causes, [c for c in CAUSES if reading.has(c)]),
        seq=turn.seq,
        testing=state.testing or reading.has("testing"),
        emotion=_felt(reading),
        distress=reading.distress,
        target=reading.target,
        answered=False,
        heard=(*state.heard, turn.text[:LONGEST])[-REMEMBERED:],
    )


def _felt(reading: Reading) -> str:
    """Return the emotion; who is cross as well as lost is cross."""
    cross = max(("frustrated", "angry"), key=lambda name: reading.scores.get(name, 0.0))
    both = sum(reading.scores.get(name, 0.0) for name in ("frustrated", "angry"))
    lost = reading.emotion == "confused" and both > reading.scores.get("confused", 0.0)
    return cross if lost else reading.emotion


def _as_answer(state: MoodState, reading: Reading) -> Reading:
    """Right after an offer of a person, take a yes or a no for the answer to it."""
    if state.offered_level is None or state.since_offer:
        return reading
    if not reading.has("agrees", "declines", "declines_person"):
        return reading
    misheard = ("explicit_request", "bot_refusal")  # a plain answer sounds like either to the model
    cues = tuple(cue for cue in reading.cues if cue.code not in misheard or cue.found_by == "words")
    return replace(reading, cues=cues, emotion="neutral", distress=min(reading.distress, PLAIN_ANSWER))


def _told(state: MoodState, text: str, reading: Reading) -> list[Cue]:
    """Return the cues without troubles that are only asked about or over, and without a calm cancellation."""
    upset = max(state.level, reading.distress) >= UPSET
    cues = [cue for cue in reading.cues if cue.code not in ASKABLE or asking.told(text, cue.start)]
    if reading.emotion == "satisfied":  # a wedding that went well is no deadline
        cues = [cue for cue in cues if REASON_OF.get(cue.code) not in SETTLED]
    return [cue for cue in cues if cue.code != "quitting" or upset]


def _is_repeat(state: MoodState, text: str, reading: Reading, similar: Similarity) -> bool:
    """Say whether it was asked before and answered; saying it anew because we did not follow is no repeat."""
    pleasant = reading.has("explicit_request", "gratitude", "agrees", "declines", "delight")
    if pleasant or not state.answered or state.failing:
        return False
    return any(similar(text[:LONGEST], earlier) >= SAME for earlier in state.heard)


def _is_stuck(state: MoodState, reading: Reading, told: Sequence[Cue]) -> bool:
    """Say whether something was tried and did not help: said so, or told again after an answer."""
    if reading.has("told_before"):
        return True
    named = {cue.code for cue in told if cue.code in ASKABLE}
    if not state.troubled:  # "no change" speaks of the answer, "still no parcel" tells of a trouble
        return state.answered and reading.has("unresolved") and not named
    hurt = reading.emotion in ("frustrated", "angry") and reading.target != "third_party"
    still = state.answered and (reading.has("elapsed") or hurt and reading.distress >= STILL)
    told_again = state.answered and bool(named & {"trouble", "access_trouble"})
    return told_again or still or reading.has("unresolved", "sarcasm")


def _counted(
    state: MoodState, reading: Reading, told: Sequence[Cue], *, eased: bool, repeated: bool, stuck: bool
) -> MoodState:
    if eased:
        signals = tuple(s for s in state.signals if s.code not in SETTLED)
        state = replace(
            state, unresolved=0, repeats=0, bot_failures=0, failing=0, troubled=False, signals=signals
        )
    puzzled = reading.emotion == "confused"
    said = [Signal(REASON_OF[c.code], 0, c.quote, c.weight) for c in _first_of_each(told)]
    return replace(
        state,
        unresolved=state.unresolved + (stuck or repeated),
        repeats=state.repeats + repeated,
        confusion=state.confusion + 1 if puzzled else max(0, state.confusion - (reading.distress < CALM)),
        troubled=state.troubled or any(cue.code in TROUBLES for cue in told),
        stuck_now=stuck,
        repeated_now=repeated,
        signals=(*state.signals, *said),
    )


def _first_of_each(cues: Sequence[Cue]) -> list[Cue]:
    first: dict[str, Cue] = {}
    for cue in cues:
        if cue.code in REASON_OF:
            first.setdefault(cue.code, cue)
    return list(first.values())


def _offer_answered(state: MoodState, turn: Turn, reading: Reading) -> MoodState:
    """Give this turn's signals their number, and read a yes or a no as the answer to an offer."""
    signals = [s if s.seq else replace(s, seq=turn.seq) for s in state.signals]
    since = state.since_offer + 1
    declined = state.declined
    if state.offered_level is not None:
        if reading.has("declines_person") or (since == 1 and reading.has("declines", "resolved")):
            declined = True
        elif since == 1 and reading.has("agrees") and not _asks_in_words(reading):
            signals.append(Signal("explicit_request", turn.seq, turn.text[:LONGEST], 0.15))
    return replace(state, signals=tuple(signals)[-KEPT:], since_offer=since, declined=declined)


def _asks_in_words(reading: Reading) -> bool:
    return any(cue.code == "explicit_request" and cue.found_by == "words" for cue in reading.cues)


def _level(state: MoodState, reading: Reading) -> float:
    distress = reading.distress * (ELSEWHERE if reading.target in ("third_party", "self") else 1)
    burdens = [
        0.2 if state.repeated_now else 0.0,
        min(0.3, 0.1 * (state.unresolved - 1)) if state.stuck_now else 0.0,
        min(0.3, 0.12 * state.failing) if distress > CALM else 0.0,
    ]
    calm = 1 - RISE * distress
    for burden in burdens:
        calm *= 1 - max(0.0, burden)
    pleased = reading.emotion == "satisfied" or reading.has("resolved")
    keep = KEEP_PLEASED if pleased else KEEP_CALM if calm > 1 - CALM else KEEP_UPSET
    level = 1 - (1 - keep * state.level) * calm
    if reading.has("safety"):
        level = max(level, 0.9)
    return round(min(1.0, max(0.0, level)), 4)


def _trend(before: float, after: float) -> str:
    if after > before + TREND:
        return "rising"
    return "easing" if after < before - TREND else "steady"


def _moment(turn: Turn, level: float, reading: Reading) -> Moment:
    telling = sorted((c for c in reading.cues if c.weight > 0), key=lambda c: -c.weight)
    quote = telling[0].quote if telling else turn.text[:80]
    label = next(label for limit, label in LABELS if level < limit)
    return Moment(turn.seq, level, label, quote, tuple(dict.fromkeys(c.label for c in telling)))


def _merged(known: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *new)))
