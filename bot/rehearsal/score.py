"""Figures over scenes that were played: in all, and for each kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.rehearsal.course import EXPLICIT, Course
from bot.rehearsal.scene import NO, OFFER, YES, Scene
from bot.rehearsal.verdict import (
    EARLY,
    FALSE,
    FORCED,
    LATE,
    MISSED,
    NOT_OFFERED,
    RIGHT,
    UNANSWERED,
    other_answers,
    verdict,
)

AT_ONCE = {"safety", EXPLICIT}  # whoever is in danger or asks for a person must never be missed


@dataclass(frozen=True)
class Played:
    """A scene and what came of it."""

    scene: Scene
    course: Course

    @property
    def verdict(self) -> str:
        return verdict(self.scene.handoff, self.course, self.scene.answers)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        scene, expected, course = self.scene, self.scene.handoff, self.course
        said = zip(scene.visitor, course.notes, strict=False)  # after a hand-over nothing more is said
        return {
            "id": scene.id,
            "file": scene.source,
            "kind": scene.kind,
            "note": scene.note,
            "line": scene.line,
            "expected": {**vars(expected), "reasons": sorted(expected.reasons)},
            "answers": list(scene.answers),
            "other_answers": list(other_answers(course, scene.answers)),
            "verdict": self.verdict,
            "handed_over": course.handed_over,
            "offers": list(course.offers),
            "unanswered": course.unanswered,
            "reasons": sorted(course.reasons),
            "messages": [{"text": text, "noted": note and note.as_dict()} for text, note in said],
        }


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float | None:
        """The share in percent; None of nothing."""
        return 100 * self.count / self.of if self.of else None


@dataclass(frozen=True)
class Score:
    """How a rehearsal went."""

    played: tuple[Played, ...]

    @property
    def right(self) -> Share:
        return Share(self.found[RIGHT], len(self.played))

    @property
    def found(self) -> Counter[str]:
        """How often each verdict was found."""
        return Counter(one.verdict for one in self.played)

    def reaches(self, percent: float) -> bool:
        """Tell whether at least so many percent were decided rightly."""
        return self.right.count * 100 >= percent * self.right.of

    def kinds(self) -> "dict[str, Score]":
        """Return the score of each kind, by name."""
        names = sorted({one.scene.kind for one in self.played})
        return {name: Score(tuple(one for one in self.played if one.scene.kind == name)) for name in names}

    def shares(self) -> dict[str, Share]:
        """Return the totals in the order in which they matter."""
        calm = [one for one in self.played if one.scene.handoff.expect == NO]
        wanted = [one for one in self.played if one.scene.handoff.expect == YES]
        urgent = [one for one in wanted if one.scene.handoff.reasons & AT_ONCE]
        offers = [one for one in self.played if one.scene.handoff.expect == OFFER]
        explained = [one for one in [*wanted, *offers] if one.course.reasons and one.scene.handoff.reasons]
        return {
            "decided right": self.right,
            "answers that were due": self._answers(),
            "missed, danger and requests": _count(not one.course.handed_over for one in urgent),
            "missed": self._of(wanted, MISSED),
            "false hand-overs, calm scenes": self._of(calm, FALSE),
            "offered though calm": _count(bool(one.course.offers) for one in calm),
            "- only as not understood": _count(one.course.only_stuck for one in calm),
            "not offered": self._of(offers, NOT_OFFERED),
            "forced": self._of(offers, FORCED),
            "too early": self._of([*wanted, *offers], EARLY),
            "too late": self._of([*wanted, *offers], LATE),
            "unanswered": self._of(self.played, UNANSWERED),
            "for a reason that was wanted": _count(
                bool(one.course.reasons & one.scene.handoff.reasons) for one in explained
            ),
        }

    def _answers(self) -> Share:
        due = sum(sum(map(bool, one.scene.answers)) for one in self.played)
        wrong = sum(len(other_answers(one.course, one.scene.answers)) for one in self.played)
        return Share(due - wrong, due)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it: totals, each kind, each scene."""
        totals = {what: {"count": share.count, "of": share.of} for what, share in self.shares().items()}
        kinds = {
            name: {"played": score.right.of, "right": score.right.count, "wrong": score.wrong()}
            for name, score in self.kinds().items()
        }
        percent = self.right.percent
        return {
            "right_percent": None if percent is None else round(percent, 1),
            "totals": totals,
            "kinds": kinds,
            "scenes": [one.as_dict() for one in self.played],
        }

    def wrong(self) -> dict[str, int]:
        """Return how often what went wrong."""
        return {what: count for what, count in self.found.items() if what != RIGHT}

    @staticmethod
    def _of(played: Sequence[Played], what: str) -> Share:
        return _count(one.verdict == what for one in played)


def _count(true: Iterable[bool]) -> Share:
    values = list(true)
    return Share(sum(values), len(values))
