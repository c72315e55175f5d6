"""What there is to tell, and to whom it goes. Pure: how things stand and the owner's rules in, messages out.

Nothing is remembered here. The same standing gives the same messages with the same keys, and the outbox
takes each key once; so a stop between two looks neither loses nor doubles anything.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.handoff.urgency import BANDS, urgency
from bot.reach.rules import (
    DANGER,
    DELIVERY_FAILED,
    NOBODY_ONLINE,
    WAITED,
    WAITING,
    WEBHOOK,
    Rule,
    Rules,
    Target,
)

SAFETY = "safety"  # the reason of a hand-over, and the cause of a mood, behind danger
FOR_BRIEF = timedelta(seconds=15)  # a brief is composed in this time, or does without the CRM
LONGEST_NAME, LONGEST_SITUATION = 80, 200  # characters
A_VISITOR = "A visitor"


@dataclass(frozen=True)
class Open:
    """A hand-over that is not over yet. `waiting_since` is None while an agent has it."""

    handoff: str
    conversation: str
    opened_at: datetime
    waiting_since: datetime | None
    name: str | None = None
    situation: str | None = None  # None: the brief is not composed yet
    codes: frozenset[str] = frozenset()  # why a person is needed
    level: float = 0.0  # of the mood, 0 to 1
    released: int = 0  # how often it went back to the queue
    promised_at: datetime | None = None  # by when an answer was promised to whoever was told `later`
    email: str | None = None  # that the visitor left for that answer
    language: str | None = None  # that they write in
    locale: str | None = None  # of their widget


@dataclass(frozen=True)
class Nobody:
    """The desk is open, and no agent has had the console open since then. `spell` names this time."""

    since: datetime
    spell: str


@dataclass(frozen=True)
class GivenUp:
    """What of one kind was given up within one hour."""

    kind: str
    hour: datetime
    count: int
    error: str  # of the newest


@dataclass(frozen=True)
class Standing:
    """How things stand at the desk."""

    open: tuple[Open, ...] = ()
    nobody: Nobody | None = None
    given_up: tuple[GivenUp, ...] = ()


@dataclass(frozen=True)
class News:
    """One thing that happened. The same thing has the same `occasion`, whoever is told."""

    event: str
    occasion: str
    about: Open | None = None
    urgency: float = 0.0
    minutes: int = 0  # waited, or without anybody online
    waiting: int = 0  # people in the queue
    given_up: GivenUp | None = None


@dataclass(frozen=True)
class Telling:
    """News for one target. The outbox takes its key once."""

    news: News
    target: Target

    @property
    def key(self) -> str:
        name = hashlib.sha256(f"{self.target.channel}:{self.target.name}".encode()).hexdigest()[:16]
        return f"reach:{self.news.occasion}:{name}"


def tellings(standing: Standing, rules: Rules, now: datetime) -> list[Telling]:
    """Say who is to be told what, each once; `now` is in the time zone of the business."""
    found: dict[str, Telling] = {}
    quiet = rules.quiet is not None and rules.quiet.holds(now.time())
    for rule in rules.tell:
        for news in _news(standing, rule, now):
            for target in rule.targets:
                telling = Telling(news, target)
                if not quiet or _wakes(rule, telling):
                    found.setdefault(telling.key, telling)
    return [telling for telling in found.values() if not _covered(telling, found)]


def _wakes(rule: Rule, telling: Telling) -> bool:
    """Tell whether it is said in quiet hours too: machines do not sleep, and danger does not wait."""
    return rule.at_any_time or telling.target.channel == WEBHOOK or telling.news.event == DANGER


def _covered(telling: Telling, found: dict[str, Telling]) -> bool:
    """Tell whether this target hears the same in graver words anyway."""
    if telling.news.event != WAITING:
        return False
    occasion = telling.news.occasion.replace(WAITING, DANGER, 1)
    return Telling(News(DANGER, occasion), telling.target).key in found


def _news(standing: Standing, rule: Rule, now: datetime) -> Iterator[News]:
    if DANGER in rule.when:
        yield from (_of(DANGER, one, now) for one in standing.open if SAFETY in one.codes)
    if WAITING in rule.when:
        yield from (_of(WAITING, one, now) for one in standing.open if _is_ready(one, now))
    if WAITED in rule.when:
        yield from (
            _of(WAITED, one, now, rule.after) for one in standing.open if _waited(one, now) >= rule.after
        )
    nobody = standing.nobody
    if NOBODY_ONLINE in rule.when and nobody and now - nobody.since >= rule.after:
        minutes, waiting = _minutes(now - nobody.since), sum(bool(one.waiting_since) for one in standing.open)
        yield News(NOBODY_ONLINE, f"{NOBODY_ONLINE}@{nobody.spell}", minutes=minutes, waiting=waiting)
    if DELIVERY_FAILED in rule.when:
        for given_up in standing.given_up:
            occasion = f"{DELIVERY_FAILED}@{given_up.kind}.{given_up.hour:%Y%m%d%H}"
            yield News(DELIVERY_FAILED, occasion, given_up=given_up)


def _of(event: str, one: Open, now: datetime, after: timedelta = timedelta()) -> News:
    waited = _waited(one, now)
    # Whoever goes back to the queue, because an agent is gone, waits anew.
    occasion = f"{event}@{one.handoff}.{one.released}" + (f".{_minutes(after)}" if after else "")
    how = urgency(level=one.level, reasons=one.codes, vip=False, waited=waited)
    return News(event, occasion, one, how, minutes=_minutes(waited))


def _is_ready(one: Open, now: datetime) -> bool:
    """Tell whether somebody waits about whom all is known, or who has waited for that long enough."""
    return one.waiting_since is not None and (one.situation is not None or now - one.opened_at >= FOR_BRIEF)


def _waited(one: Open, now: datetime) -> timedelta:
    # A clock that was set back must not make a wait negative.
    return max(now - one.waiting_since, timedelta()) if one.waiting_since else timedelta()


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


def how_urgent(score: float) -> str:
    """Say an urgency of 0 to 1 in a word."""
    bands = (
        (BANDS[SAFETY][0], "danger"),
        (min(low for low, _ in BANDS.values()), "very urgent"),
        (0.4, "urgent"),
    )
    return next((word for low, word in bands if score >= low), "normal")
