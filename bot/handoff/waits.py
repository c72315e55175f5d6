"""How long a visitor will wait for a person, learned from those who waited. Pure.

Nothing is said that was not learned: without enough like cases there is no estimate.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

FEWEST = 5  # waits, below which nothing is learned
ENOUGH = 3.0  # so much weight in all: as good as three waits just like this one
UNLIKE = 0.001  # a weight below which a wait tells nothing
FRESHNESS = timedelta(days=14)  # after which a wait counts half
NEAR = 1.5  # hours of the day between two waits that are still much alike
OTHER_DAYS = 0.5  # what a working day tells about a weekend
ROUND = (1, 2, 3, 5, 10, 15, 20, 30, 45)  # minutes, as people say them
HOUR = 60


@dataclass(frozen=True)
class Wait:
    """One visitor's wait in the queue; `came` is False when it ended, or is going on, without a person."""

    since: datetime
    minutes: float
    ahead: int
    came: bool = True


class Alike(NamedTuple):
    """A past wait, and from 0 to 1 how much hour, day and age let it tell about one that begins now."""

    wait: Wait
    weight: float


@dataclass(frozen=True)
class Asked:
    """When somebody asked for a person, and when the wait ended; without an end it is going on."""

    at: datetime
    until: datetime | None = None
    came: bool = True


def waits(asked: Iterable[Asked], now: datetime) -> list[Wait]:
    """Return each wait with the number of people who were waiting already when it began."""
    found: list[Wait] = []
    ends: list[datetime] = []
    for one in sorted(asked, key=lambda one: one.at):
        ends = [end for end in ends if end > one.at]
        until = one.until or now
        minutes = max((until - one.at).total_seconds() / 60, 0.0)
        found.append(Wait(one.at, minutes, len(ends), one.came and one.until is not None))
        ends.append(until)
    return found


def alike(known: Iterable[Wait], now: datetime, zone: ZoneInfo) -> list[Alike]:
    """Return the waits that tell something of one that begins now, the shortest first."""
    found = [Alike(wait, _likeness(wait, now, zone)) for wait in known]
    told = [one for one in found if one.weight > UNLIKE]
    return sorted(told, key=lambda one: (one.wait.minutes, not one.wait.came))


def estimate(known: Sequence[Alike], ahead: int) -> float | None:
    """Return the median wait in minutes of people in the same place: hour, day and queue alike.

    Whoever left before a person came has waited at least so long, and counts as that (Kaplan and
    Meier's estimator, weighted). None: too few like cases, or more than half of them left.
    """
    weights = [one.weight / (1 + abs(one.wait.ahead - ahead)) for one in known]
    left = sum(weights)
    if len(known) < FEWEST or left < ENOUGH:
        return None
    waiting = 1.0  # the share of people who would wait still
    for one, weight in zip(known, weights, strict=True):
        if one.wait.came:
            waiting *= 1 - weight / left
            if waiting <= 0.5:
                return one.wait.minutes
        left -= weight
        if left <= 0:
            break
    return None


def pace(stays: Sequence[float], *, ahead: int, places: float) -> float | None:
    """Return the wait in minutes by how fast agents finish: `stays` are minutes with an agent.

    `ahead` are the people who wait already while all `places` are taken. None: too few stays.
    """
    if len(stays) < FEWEST or places <= 0:
        return None
    return median(stays) * (ahead + 1) / places


def rounded(minutes: float) -> int:
    """Round up to what people say, 60 at most."""
    return next((said for said in ROUND if minutes <= said), HOUR)


def words(minutes: float) -> str:
    """Say how long a wait is: “about 5 minutes”."""
    said = rounded(minutes)
    if said >= HOUR:
        return "an hour or more"
    return f"about {said} minutes" if said > 1 else "about a minute"


def _likeness(wait: Wait, now: datetime, zone: ZoneInfo) -> float:
    then, here = wait.since.astimezone(zone), now.astimezone(zone)
    apart = abs(_hour(then) - _hour(here))
    hours = min(apart, 24 - apart)
    same_day = (then.weekday() >= 5) == (here.weekday() >= 5)
    age = max((now - wait.since) / FRESHNESS, 0.0)
    return math.exp(-0.5 * (hours / NEAR) ** 2) * (1.0 if same_day else OTHER_DAYS) * 0.5**age


def _hour(at: datetime) -> float:
    return at.hour + at.minute / 60
