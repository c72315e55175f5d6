"""What a visitor who needs a person is told: one now, one after a wait, or a reply later. Pure.

One decision, made from the whole state of the desk. No figure is told that nobody has learned.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

LIVE, WAIT, LATER = "live", "wait", "later"
FULL, NOBODY = "full", "nobody"  # why later, besides the reasons for being shut in `bot.hours`
UNKNOWN = "unknown"  # a wait of which nothing is known yet
STEP = timedelta(minutes=15)  # a promised time is one that people can remember


@dataclass(frozen=True)
class Standing:
    """How things stand at the desk at one moment.

    `shut` is why it is closed, empty while it is open, and `occasion` the name of that holiday or
    closure. `agents` work now, and have `room` for so many more conversations of the usual weight.
    `ahead` people wait already; `minutes` is the wait that was learned for whoever comes after them.
    `closes` is the next closing time, `promise` when a reply can be promised at the earliest.
    """

    now: datetime
    shut: str = ""
    occasion: str = ""
    agents: int = 0
    room: float = 0.0
    ahead: int = 0
    minutes: float | None = None
    closes: datetime | None = None
    promise: datetime | None = None
    longest_wait: timedelta = timedelta(minutes=45)
    longest_queue: int = 20


@dataclass(frozen=True)
class Availability:
    """The decision. `minutes`: of a wait, where learned. `promised_at`: of a reply, where it is later."""

    kind: str
    why: str = ""
    minutes: float | None = None
    promised_at: datetime | None = None
    occasion: str = ""

    @property
    def sentence(self) -> str:
        """Return the key of the sentence in texts.yml that says it."""
        return "_".join(filter(None, ("handoff", self.kind, self.why)))


def decide(at: Standing) -> Availability:
    """Decide what a visitor who asks for a person now is told."""
    if at.agents and at.ahead < at.room:
        return Availability(LIVE)
    if at.shut or not at.agents or _too_long(at):
        why = at.shut or (FULL if at.agents else NOBODY)
        return Availability(LATER, why, promised_at=rounded_up(at.promise), occasion=at.occasion)
    return Availability(WAIT, "" if at.minutes is not None else UNKNOWN, minutes=at.minutes)


def _too_long(at: Standing) -> bool:
    """Tell whether it would be unkind to keep somebody waiting, or in vain because it closes before."""
    if at.ahead >= at.longest_queue:
        return True
    if at.minutes is None:
        return False
    wait = timedelta(minutes=at.minutes)
    return wait > at.longest_wait or (at.closes is not None and at.now + wait > at.closes)


def rounded_up(moment: datetime | None) -> datetime | None:
    """Return the next quarter of an hour."""
    if moment is None:
        return None
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment + (midnight - moment) % STEP
