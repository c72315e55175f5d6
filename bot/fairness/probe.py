"""The probe: how far the distress of the same message differs between people and Englishes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median
from typing import Any

from bot.empathy.reading import Detector
from bot.fairness.sheet import KINDS, Message
from bot.fairness.sheet import messages as shipped


@dataclass(frozen=True)
class Heard:
    """One wording and the distress (0 to 1) that was heard in it."""

    group: str
    text: str
    distress: float


@dataclass(frozen=True)
class Spread:
    """How differently one message was heard: its mean distress and its two extremes."""

    about: str
    kind: str
    calm: bool
    mean: float
    lowest: Heard
    highest: Heard

    @property
    def width(self) -> float:
        """Highest distress minus lowest."""
        return self.highest.distress - self.lowest.distress


@dataclass(frozen=True)
class Lean:
    """How much more (or less) distress is heard from a group than in the mean of the same messages."""

    kind: str
    group: str
    difference: float
    wordings: int


@dataclass(frozen=True)
class Probe:
    """What the probe of one detector found, in the order of its messages and groups."""

    detector: str
    spreads: tuple[Spread, ...]
    leans: tuple[Lean, ...]

    def about(self, *kinds: str) -> list[Spread]:
        """Return the spreads of some kinds, the widest first; of all if none is named."""
        found = [spread for spread in self.spreads if spread.kind in (kinds or KINDS)]
        return sorted(found, key=lambda spread: -spread.width)

    def median(self, *kinds: str) -> float:
        """Return the median width of the spreads."""
        return median(spread.width for spread in self.about(*kinds))

    def worst(self, *kinds: str) -> Spread:
        """Return the message that was heard most differently."""
        return self.about(*kinds)[0]

    def groups(self, *kinds: str) -> list[Lean]:
        """Return the groups of some kinds, the one furthest from the mean first; of all if none is named."""
        found = [lean for lean in self.leans if lean.kind in (kinds or KINDS)]
        return sorted(found, key=lambda lean: -abs(lean.difference))

    def mean(self, *, calm: bool) -> float:
        """Return the mean distress of the calm messages or of the others: a deaf detector is fair, too."""
        return fmean(spread.mean for spread in self.spreads if spread.calm == calm)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it."""
        return {
            "detector": self.detector,
            "calm": self.mean(calm=True),
            "upset": self.mean(calm=False),
            "spreads": [{**asdict(spread), "width": spread.width} for spread in self.spreads],
            "leans": [asdict(lean) for lean in self.leans],
        }


def probe(detector: Detector, messages: Sequence[Message] | None = None) -> Probe:
    """Let a detector read the shipped messages (or others) in all their wordings, and compare."""
    name, spreads = "", []
    away: dict[tuple[str, str], list[float]] = defaultdict(list)
    for message in shipped() if messages is None else messages:
        readings = [detector.read(wording.text) for wording in message.wordings]
        name = readings[0].detector
        heard = [
            Heard(wording.group, wording.text, reading.distress)
            for wording, reading in zip(message.wordings, readings, strict=True)
        ]
        spread = _spread(message, heard)
        spreads.append(spread)
        for one in heard:
            away[message.kind, one.group].append(one.distress - spread.mean)
    leans = tuple(Lean(kind, group, fmean(values), len(values)) for (kind, group), values in away.items())
    return Probe(name, tuple(spreads), leans)


def _spread(message: Message, heard: Sequence[Heard]) -> Spread:
    ordered = sorted(heard, key=lambda one: one.distress)
    mean = fmean(one.distress for one in heard)
    return Spread(message.about, message.kind, message.calm, mean, ordered[0], ordered[-1])
