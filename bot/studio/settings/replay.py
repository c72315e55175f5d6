"""What would have happened: past conversations decided again with another ladder. Pure.

What was said stays as it was: what somebody would have answered to an offer that nobody made is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from typing import Any

from bot.empathy.ladder import LadderSettings, decide
from bot.empathy.reading import Detector, Turn
from bot.empathy.repeats import Similarity
from bot.empathy.state import MoodState, advance

PERSON, OFFERED, NEITHER = "person", "offered", "neither"
FEW = 30  # conversations; with fewer, the figures say little
SHOWN = 40  # changed conversations that are listed
FEW_LENGTHS = 3  # measured hand-overs below which no load is told


@dataclass(frozen=True)
class Person:
    """That a person took part. `seq`: the customer's message before; `asked`: without the ladder's doing.

    `why` in words; `verdicts` are the agents' on it; `minutes` from taking it to its end, if it has one.
    """

    seq: int
    asked: bool
    why: str
    verdicts: tuple[str, ...] = ()
    minutes: float | None = None


@dataclass(frozen=True)
class Stretch:
    """What a customer and the bot said to each other, up to a person or the end; `at`: when it began."""

    conversation: str
    name: str | None
    at: datetime
    turns: tuple[Turn, ...]
    person: Person | None = None
    vip: bool = False

    @property
    def key(self) -> tuple[str, int]:
        return self.conversation, self.turns[0].seq

    @property
    def outcome(self) -> "Outcome":
        """Return what really happened."""
        if self.person:
            return Outcome(PERSON, self.person.seq, self.person.why)
        before = 0
        for turn in self.turns:
            if turn.speaker == "visitor":
                before = turn.seq
            elif turn.offered and before:
                return Outcome(OFFERED, before, "")
        return Outcome(NEITHER)


@dataclass(frozen=True)
class Outcome:
    """Whether a person took part or was offered, after which of the customer's messages, and why."""

    what: str
    seq: int = 0
    why: str = ""


@dataclass(frozen=True)
class Course:
    """How a stretch goes with one ladder: the step after each message, and how it ends."""

    steps: Mapping[int, str]
    outcome: Outcome


def play(
    stretch: Stretch,
    ladder: LadderSettings,
    detector: Detector,
    similar: Similarity,
    usual: Mapping[int, str] | None = None,
) -> Course:
    """Decide a stretch anew. `usual`: the steps of the present ladder, by which its own offers are told."""
    state, steps, offer = MoodState(), {}, Outcome(NEITHER)
    last = 0
    for turn in stretch.turns:
        if turn.speaker == "bot" and usual is not None:
            turn = replace(turn, offered=_offers(turn, steps.get(last), usual.get(last)))
        state = advance(state, turn, detector, similar)
        if turn.speaker != "visitor":
            continue
        last, decision = turn.seq, decide(state, ladder, vip=stretch.vip)
        steps[last] = decision.step
        why = _words(decision.reasons[0].label, decision.reasons[0].evidence) if decision.reasons else ""
        if decision.step == "hand_over":
            return Course(steps, Outcome(PERSON, last, why))
        if decision.step == "offer" and offer.what == NEITHER:
            offer = Outcome(OFFERED, last, why)
    if stretch.person and stretch.person.asked:
        return Course(steps, Outcome(PERSON, stretch.person.seq, stretch.person.why))
    return Course(steps, offer)


def _offers(turn: Turn, step: str | None, usual: str | None) -> bool:
    """Tell whether the bot would have offered a person here; offers for other reasons stay."""
    if step == "offer":
        return True
    return False if usual == "offer" else turn.offered


def _words(label: str, evidence: Sequence[tuple[int, str]]) -> str:
    return f"{label}: “{evidence[-1][1]}”" if evidence else label


def report(
    stretches: Sequence[Stretch], saved: Sequence[Course], chosen: Sequence[Course], days: float
) -> dict[str, Any]:
    """Put side by side what really happened and what the saved and the chosen ladder would do."""
    real = [stretch.outcome for stretch in stretches]
    now, then = ([course.outcome for course in courses] for courses in (saved, chosen))
    return {
        "conversations": len(stretches),
        "few": len(stretches) < FEW,
        "days": round(days, 1),
        "asked": sum(bool(stretch.person and stretch.person.asked) for stretch in stretches),
        "really": _sums(real, days),
        "saved": _sums(now, days),
        "chosen": _sums(then, days),
        "verdicts": _verdicts(stretches, then),
        "load": _load(stretches, days, really=real, saved=now, chosen=then),
        **_changed(stretches, real, now, then),
    }


def _sums(outcomes: Sequence[Outcome], days: float) -> dict[str, Any]:
    counts = {what: sum(one.what == what for one in outcomes) for what in (PERSON, OFFERED)}
    return {**counts, "a_day": {what: round(count / days, 2) for what, count in counts.items()}}


def _verdicts(stretches: Sequence[Stretch], then: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """Count the agents' verdicts, and those that the choice would answer; one that was right may be lost."""
    found = {name: {"of": 0, "changed": 0} for name in ("right", "not_needed", "too_late", "wrong_person")}
    for stretch, outcome in zip(stretches, then, strict=True):
        person = stretch.person
        for verdict in set(person.verdicts) & set(found) if person else ():
            gone = outcome.what != PERSON
            sooner = outcome.what == PERSON and outcome.seq < person.seq
            found[verdict]["of"] += 1
            found[verdict]["changed"] += sooner if verdict == "too_late" else gone
    return found


def _load(stretches: Sequence[Stretch], days: float, **outcomes: Sequence[Outcome]) -> dict[str, Any] | None:
    """Return the hours of people a day, by the usual length of a hand-over; None with too few measured."""
    lengths = [s.person.minutes for s in stretches if s.person and s.person.minutes is not None]
    if len(lengths) < FEW_LENGTHS:
        return None
    minutes = median(lengths)
    persons = {name: sum(one.what == PERSON for one in found) for name, found in outcomes.items()}
    hours = {name: round(count * minutes / 60 / days, 2) for name, count in persons.items()}
    return {"minutes": round(minutes, 1), "measured": len(lengths), **hours}


def _changed(
    stretches: Sequence[Stretch], real: Sequence[Outcome], now: Sequence[Outcome], then: Sequence[Outcome]
) -> dict[str, Any]:
    """List the conversations that would have gone otherwise; first those that the choice moves."""
    rows = [
        {
            "conversation": stretch.conversation,
            "name": stretch.name,
            "at": stretch.at.isoformat(),
            "really": vars(was),
            "chosen": vars(would),
            "moved": _differ(before, would),
            "verdicts": sorted(set(stretch.person.verdicts)) if stretch.person else [],
        }
        for stretch, was, before, would in zip(stretches, real, now, then, strict=True)
        if _differ(was, would)
    ]
    rows.sort(key=lambda row: (row["moved"], row["at"]), reverse=True)
    return {
        "changed": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "moved": sum(r["moved"] for r in rows),
    }


def _differ(one: Outcome, other: Outcome) -> bool:
    return (one.what, one.seq) != (other.what, other.seq)
