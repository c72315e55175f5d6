"""Who is there to answer, with how much room, and how long a visitor waits for them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from bot.business import Business
from bot.handoff import availability, waits
from bot.handoff.availability import Availability, Standing
from bot.handoff.life import HELD, IN_LINE, SNOOZED
from bot.handoff.presence import Presence
from bot.handoff.routing import HEAVY, Candidate, weight
from bot.handoff.waits import Alike, Asked, Wait
from bot.storage import handoffs, workload
from bot.times import Worded

AT_HAND = tuple(state for state in HELD if state != SNOOZED)  # what is put aside burdens nobody
RELOAD = timedelta(seconds=30)  # away for less than this is not gone
MEMORY = timedelta(days=60)
LIVED = (availability.LIVE, availability.WAIT)  # who was told “later” did not wait in the chat


@dataclass(frozen=True)
class Learned:
    """What past hand-overs tell of waits: how long people waited, and how many minutes agents took."""

    waits: Sequence[Wait] = ()
    stays: Sequence[float] = ()

    @classmethod
    def read(cls, connection: Connection, now: datetime) -> "Learned":
        """Learn from the last weeks."""
        past = workload.past_waits(connection, now - MEMORY, LIVED)
        asked = [
            Asked(one.opened_at, one.claimed_at or one.ended_at, one.claimed_at is not None) for one in past
        ]
        stays = [
            (one.ended_at - one.claimed_at) / timedelta(minutes=1)
            for one in past
            if one.claimed_at and one.ended_at
        ]
        return cls(waits.waits(asked, now), stays)


class Staff:
    """The people who answer, as hand-overs need to know them."""

    def __init__(self, business: Business, presence: Presence) -> None:
        self._business, self._presence = business, presence
        self._learned = Learned()

    def learn(self, connection: Connection, now: datetime) -> None:
        """Learn anew from the waits of the last weeks."""
        self._learned = Learned.read(connection, now)

    def candidates(self, connection: Connection, *, reloading: bool = False) -> list[Candidate]:
        """Return all agents with what they hold; with `reloading`, a moment away counts as online."""
        online = self._presence.lately(RELOAD) if reloading else self._presence.agents
        held = workload.held(connection, AT_HAND, HEAVY)
        nothing = workload.Held(0.0, 0)
        return [
            Candidate(
                id=row.id,
                name=row.name,
                skills=tuple(row.skills),
                languages=tuple(row.languages),
                capacity=float(row.capacity or self._business.routing.capacity),
                load=held.get(row.id, nothing).load,
                heavy=held.get(row.id, nothing).heavy,
                online=row.id in online,
                breather_until=row.breather_until,
            )
            for row in workload.active_agents(connection)
        ]

    def availability(
        self, connection: Connection, now: datetime, *, ahead: int | None = None
    ) -> Availability:
        """Decide what a visitor is told who comes after `ahead` others; None: after all who wait."""
        return self.outlook(connection, now).behind(ahead)

    def weigh(self, connection: Connection, conversation_ids: Collection[str]) -> None:
        """Keep how heavy the open hand-overs of these conversations are to hold by now."""
        for one in workload.waiting(connection, workload.open_in(connection, conversation_ids)):
            weighs = weight(level=level(one.mood), reasons=codes(one.reasons))
            if weighs != one.weight:
                handoffs.change(connection, one.id, weight=weighs)

    def outlook(self, connection: Connection, now: datetime) -> "Outlook":
        """Look at the desk once, for any number of people in the queue."""
        working = [one for one in self.candidates(connection, reloading=True) if one.works(now)]
        hours, rules = self._business.support_hours, self._business.routing
        shut = hours.shut(now)
        standing = Standing(
            now=now,
            shut=shut.why if shut else "",
            occasion=shut.name if shut else "",
            agents=len(working),
            room=sum(one.room for one in working),
            ahead=workload.in_line(connection, IN_LINE),
            closes=hours.closing(now),
            promise=hours.after_open_time(now, rules.reply_within),
            longest_wait=rules.longest_wait,
            longest_queue=rules.longest_queue,
        )
        alike = waits.alike(self._learned.waits, now, self._business.zone)
        return Outlook(standing, alike, self._learned.stays, sum(one.capacity for one in working))

    def words(self, told: Availability, now: datetime) -> dict[str, Worded]:
        """Return what fills the sentence of a decision."""
        opening = self._business.next_opening(now)
        return {
            "wait": lambda times: times.about(told.minutes or 0.0),
            "next_opening": lambda times: times.at(opening, now),
            "promised": lambda times: times.by(told.promised_at, now),
            "occasion": told.occasion,
        }


@dataclass(frozen=True)
class Outlook:
    """The desk at one moment, to be told to whoever waits; `places` are those of all who work now."""

    standing: Standing
    alike: Sequence[Alike] = ()
    stays: Sequence[float] = ()
    places: float = 0.0

    def behind(self, ahead: int | None = None) -> Availability:
        """Decide what somebody is told with so many people ahead, by default all who wait."""
        if ahead is None:
            ahead = self.standing.ahead
        minutes = waits.estimate(self.alike, ahead)
        if minutes is None:
            minutes = waits.pace(self.stays, ahead=ahead, places=self.places)
        return availability.decide(replace(self.standing, ahead=ahead, minutes=minutes))


def level(mood: Mapping[str, Any] | None) -> float:
    """Return how upset somebody is by the mood that is stored of them; 0: nothing read yet."""
    return float((mood or {}).get("level", 0.0))


def codes(reasons: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the codes of a hand-over's reasons."""
    return tuple(str(reason.get("code", "")) for reason in reasons)
