"""What follows from how upset somebody is: acknowledge, repair, offer a person, hand over, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.empathy.state import MoodState

STEPS = ("none", "acknowledge", "repair", "offer", "hand_over")
TOPICS = {  # the words an owner uses in data/business/ladder.yml
    "person": "explicit_request",
    "refusal": "bot_refusal",
    "danger": "safety",
    "security": "privacy_or_security",
    "legal": "legal_threat",
    "abuse": "abuse",
    "vulnerable": "vulnerability",
    "charged_twice": "payment_dispute",
    "leaving": "churn_threat",
    "review": "public_review_threat",
    "repeat": "repeated_question",
    "deadline": "high_value_or_urgent",
}
LOCKED = ("person", "danger")  # whoever asks for a person gets one, and whoever is in danger
LABELS = {
    "explicit_request": "Asked for a person",
    "safety": "Danger to somebody",
    "privacy_or_security": "Account or data at risk",
    "legal_threat": "Mentions legal steps",
    "bot_refusal": "Does not want the bot",
    "payment_dispute": "Money taken wrongly",
    "high_value_or_urgent": "Urgent and costly",
    "vulnerability": "Going through something hard",
    "abuse": "Insults our people",
    "anger": "Angry",
    "churn_threat": "Threatens to leave",
    "public_review_threat": "Threatens to make it public",
    "frustration_rising": "More and more upset",
    "unresolved_after_attempts": "Tried, still not solved",
    "repeated_question": "Asked the same thing again",
    "confusion_persistent": "Keeps misunderstanding us, or we them",
}
THREAT = 0.12  # what a threat adds to the level
RISEN = 0.13  # after a "no", this much worse counts as clearly worse
OFFER_AFTER, HAND_OVER_AFTER = 2, 3  # attempts, repeats or misunderstandings
MILD = 0.35
UPSET = 0.23  # so much in one message, after an offer that was passed over, and a person takes over
AGAIN = 3  # messages after an offer before there may be another one
NOTICED = 0.15
CLEAR = 0.35  # so much distress in one message is a feeling spoken out: a careful answer is due
VILE = 0.5  # an insult with so much distress, and over a trouble, is no slip of the tongue
STAKES = {"deadline", "high_value", "order_trouble", "trouble"}


@dataclass(frozen=True)
class LadderSettings:
    """When the tone changes and when a person takes over; levels from 0 to 1."""

    sensitivity: float = 1.0
    acknowledge: float = 0.3
    repair: float = 0.38
    offer: float = 0.62
    hand_over: float = 0.65
    vip_bonus: float = 0.1
    always: tuple[str, ...] = ("person", "refusal", "danger", "security", "legal")
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why a person should look: score against threshold, and what was said in which turn."""

    code: str
    label: str
    score: float
    threshold: float
    evidence: tuple[tuple[int, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        evidence = [{"turn": seq, "quote": quote} for seq, quote in self.evidence]
        return {**vars(self), "evidence": evidence}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Reason":
        """Read what `as_dict` wrote, or a brief's reason."""
        evidence = tuple(
            (int(e.get("turn", e.get("seq", 0))), str(e["quote"])) for e in data.get("evidence", ())
        )
        label = data.get("label") or LABELS.get(data["code"], data["code"])
        score, threshold = float(data.get("score", 1)), float(data.get("threshold", 0))
        return cls(data["code"], label, score, threshold, evidence)


@dataclass(frozen=True)
class Decision:
    """The step to take now, why, and the tone of the answer. `cause` is the hand-over's idempotency key."""

    step: str
    reasons: tuple[Reason, ...] = ()
    tone: str = "plain"
    cause: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "reasons": [reason.as_dict() for reason in self.reasons]}


@dataclass(frozen=True)
class _Case:
    """A reason with the step it asks for; a firm one holds even after a "no", a fresh one makes it worse."""

    step: str
    reason: Reason
    firm: bool = False
    fresh: bool = False


def decide(state: MoodState, ladder: LadderSettings, *, vip: bool = False) -> Decision:
    """Say what to do after the visitor's latest message."""
    level = min(1.0, state.level * ladder.sensitivity + (ladder.vip_bonus if vip else 0.0))
    cases = [case for rule in _RULES for case in rule(state, ladder, level)]
    never = {TOPICS[topic] for topic in ladder.never}
    if state.testing:  # but when in doubt about danger, it is danger
        cases = [case for case in cases if case.reason.code == "safety"]
    cases = [_held_back(case, state) for case in cases if case.reason.code not in never]
    cases.sort(key=lambda case: (-STEPS.index(case.step), list(LABELS).index(case.reason.code)))
    step = max([_gentle_step(state, ladder, level), *(c.step for c in cases)], key=STEPS.index)
    if step in ("offer", "hand_over"):
        reasons = tuple(case.reason for case in cases)
        return Decision(step, reasons, _tone(state, level, ladder), f"{reasons[0].code}@{state.seq}")
    return Decision(step, tuple(case.reason for case in cases), _tone(state, level, ladder))


def _gentle_step(state: MoodState, ladder: LadderSettings, level: float) -> str:
    """Return the step that changes only the wording."""
    if state.distress < NOTICED and not (state.stuck_now or state.repeated_now):
        return "none"
    if state.stuck_now or state.repeated_now or level >= ladder.repair:
        return "repair"
    if state.emotion == "confused":
        return "none"  # a clearer answer helps, sympathy does not
    return "acknowledge" if max(level, state.distress) >= ladder.acknowledge - RISEN else "none"


def _tone(state: MoodState, level: float, ladder: LadderSettings) -> str:
    grave = {"vulnerability", "safety", "abuse", "legal_threat", "privacy_or_security"}
    spoken_out = state.distress * ladder.sensitivity >= CLEAR or state.emotion in ("sad", "angry")
    if level >= ladder.repair or spoken_out or grave & {s.code for s in state.signals_now()}:
        return "careful" if state.target not in ("third_party", "self") or level >= ladder.repair else "warm"
    return "warm" if max(level, state.distress) >= 0.2 or state.stuck_now else "plain"


def _held_back(case: _Case, state: MoodState) -> _Case:
    """Respect an offer just made, and a "no" until it has clearly become worse."""
    if case.firm or state.offered_level is None or STEPS.index(case.step) < STEPS.index("offer"):
        return case
    worse = case.fresh or state.level >= state.offered_level + RISEN
    if state.declined:
        much_worse = state.level >= state.offered_level + 2 * RISEN
        return case if much_worse else replace(case, step="offer" if worse else "acknowledge")
    if case.step == "hand_over":  # an offer passed over in silence binds nobody who is clearly upset
        return case if worse or state.distress >= UPSET else replace(case, step="repair")
    return (
        case
        if state.since_offer >= AGAIN or worse and state.since_offer > 1
        else replace(case, step="repair")
    )


Rule = Callable[[MoodState, LadderSettings, float], list[_Case]]


def _reason(code: str, score: float, threshold: float, evidence: tuple[tuple[int, str], ...]) -> Reason:
    return Reason(code, LABELS[code], round(min(score, 1.0), 4), threshold, evidence)


def _quotes(state: MoodState, code: str) -> tuple[tuple[int, str], ...]:
    return tuple((s.seq, s.quote) for s in state.signals if s.code == code)


def _now(state: MoodState, code: str) -> float:
    return max((s.weight for s in state.signals_now() if s.code == code), default=0.0)


def _course(state: MoodState) -> tuple[tuple[int, str], ...]:
    """Return the moments that hurt, the latest four."""
    return tuple((moment.seq, moment.quote) for moment in state.hurts())[-4:]


def _at_once(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    """A plain request, danger, security, law, refusal: whatever the owner lists under `always`."""
    codes = [TOPICS[topic] for topic in ladder.always]
    return [
        _Case("hand_over", _reason(code, 1.0, 0.0, _quotes(state, code)), firm=True)
        for code in codes
        if _now(state, code)
    ]


def _payment(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    score = _now(state, "payment_dispute")
    quotes = _quotes(state, "payment_dispute")
    return (
        [_Case("hand_over", _reason("payment_dispute", score, 0.6, quotes), firm=True)]
        if score >= 0.6
        else []
    )


def _serious(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    """What `always` may leave out is still worth an offer."""
    left = {"safety", "privacy_or_security", "legal_threat", "bot_refusal", "explicit_request"}
    left -= {TOPICS[topic] for topic in ladder.always}
    return [
        _Case("offer", _reason(code, _now(state, code), 0.0, _quotes(state, code)))
        for code in sorted(left)
        if _now(state, code)
    ]


def _threats(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    cases = []
    said = {s.code for s in state.signals_now()}
    for code in ("churn_threat", "public_review_threat"):
        if code in said:
            score = level + THREAT
            step = "hand_over" if score >= ladder.hand_over else "offer"
            cases.append(_Case(step, _reason(code, score, ladder.hand_over, _quotes(state, code))))
    return cases


def _abuse(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    """One calm boundary with an offer, then a person decides."""
    times = len({s.seq for s in state.signals if s.code == "abuse"})
    if not _now(state, "abuse") or state.target == "third_party":
        return []
    heavy = state.troubled and state.distress >= VILE
    step = "hand_over" if times > 1 or state.unresolved or heavy else "offer"
    return [_Case(step, _reason("abuse", times, OFFER_AFTER, _quotes(state, "abuse")))]


def _anger(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    if state.emotion != "angry" or state.target in ("third_party", "self") or _now(state, "abuse"):
        return []  # an insult has its own rule: a boundary comes first
    score = max(level, state.distress) * ladder.sensitivity
    return _weighed("anger", score, ladder, _course(state))


def _frustration(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    if (
        len(state.hurts()) < 2
        or state.distress < NOTICED
        or state.trend == "easing"
        or state.target == "third_party"
    ):
        return []
    cases = _weighed("frustration_rising", level, ladder, _course(state))
    # A mild message at the end of a hard course asks for an offer, not for being handed over.
    return _offered(cases) if state.distress < MILD or state.emotion == "confused" else cases


def _offered(cases: list[_Case]) -> list[_Case]:
    """Ask instead of handing over."""
    return [replace(case, step="offer") for case in cases]


def _weighed(
    code: str, score: float, ladder: LadderSettings, evidence: tuple[tuple[int, str], ...]
) -> list[_Case]:
    if score >= ladder.hand_over:
        return [_Case("hand_over", _reason(code, score, ladder.hand_over, evidence))]
    return [_Case("offer", _reason(code, score, ladder.offer, evidence))] if score >= ladder.offer else []


def _counted(code: str, times: int, ladder: LadderSettings, level: float, state: MoodState) -> list[_Case]:
    """Offer at the second time; hand over at the third, or sooner when it hurts."""
    if times < OFFER_AFTER:
        return []
    if times >= HAND_OVER_AFTER and level >= ladder.repair:
        return [_Case("hand_over", _reason(code, times / HAND_OVER_AFTER, 1.0, _course(state)))]
    if level >= ladder.hand_over:
        return [_Case("hand_over", _reason(code, level, ladder.hand_over, _course(state)))]
    return [_Case("offer", _reason(code, times / OFFER_AFTER, 1.0, _course(state)))]


def _repeated(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    return _counted("repeated_question", state.repeats, ladder, level, state) if state.repeated_now else []


def _unresolved(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    stuck = state.stuck_now or (state.unresolved and state.emotion in ("frustrated", "angry"))
    cases = _counted("unresolved_after_attempts", state.unresolved, ladder, level, state) if stuck else []
    return _offered(cases) if state.emotion == "confused" else cases


def _urgent(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    """Something that went wrong shortly before or after a date or a lot of money was named."""
    near = state.signals_nearby()
    troubles = {s.code for s in near if s.code in ("order_trouble", "trouble")}
    costly = ("deadline", "high_value") if "order_trouble" in troubles else ("deadline",)
    stakes = tuple((s.seq, s.quote) for s in near if s.code in costly)
    freshly = state.distress >= NOTICED or {s.code for s in state.signals_now()} & STAKES
    if not (stakes and troubles and freshly):
        return []
    pressing = "order_trouble" in troubles and any(s.code == "deadline" for s in near)
    step = "hand_over" if pressing or level >= ladder.repair else "offer"
    reason = _reason("high_value_or_urgent", max(level, 0.75), 0.7, stakes)
    return [_Case(step, reason, fresh=_now(state, "deadline") > 0)]


def _vulnerable(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    """Slow down for a hard life; a person when help with it is needed."""
    said = _quotes(state, "vulnerability")
    now = _now(state, "vulnerability")
    asks = any(s.code == "help_needed" for s in state.signals_now())
    if not said or not (now or asks):
        return []
    score = now or 0.45
    told = any(s.code in ("order_trouble", "trouble") for s in state.signals_nearby())
    troubled = told or state.stuck_now or state.unresolved > 0
    if asks or troubled and (score > 0.4 or state.distress >= CLEAR) or level >= ladder.offer:
        return [_Case("hand_over", _reason("vulnerability", score + THREAT, 0.6, said))]
    step = "offer" if troubled or score > 0.4 else "acknowledge"
    return [_Case(step, _reason("vulnerability", score, 0.4, said))]


def _puzzled(state: MoodState, ladder: LadderSettings, level: float) -> list[_Case]:
    """Offer when we keep missing each other; being puzzled alone forces a person on nobody."""
    puzzled = state.confusion if state.emotion == "confused" else 0
    return _offered(_counted("confusion_persistent", max(puzzled, state.failing), ladder, level, state))


_RULES: tuple[Rule, ...] = (
    _at_once,
    _serious,
    _payment,
    _urgent,
    _vulnerable,
    _abuse,
    _anger,
    _threats,
    _frustration,
    _unresolved,
    _repeated,
    _puzzled,
)
