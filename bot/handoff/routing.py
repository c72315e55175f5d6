"""Who is the right person for a conversation, and why in one line. Pure.

Nobody is offered anything who is away, has no room, rests, is being asked already, or has passed it.
Of the others the best suited is chosen: somebody who has the skills and the language, knows the customer,
has room, and does not already hold the heavy conversations. If the best suited are busy, it waits for
them a little.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

VIP = "vip"  # a topic besides intents, reasons and causes
HEAVY = 2.0  # weight from which a conversation is one of those to be spread
LONGEST_LINE = 200
# What each thing is worth; a skill missing counts for more than anything that can be gained.
SKILL, LANGUAGE, KNOWN, HEAVINESS, LOAD = 4.0, 5.0, 2.0, 0.75, 1.0
PRESSING = 0.7  # urgency from which nobody waits for somebody better: the law, an account, a life
LIFE = 0.9  # and from which it is offered even to those whose hands are full


@dataclass(frozen=True)
class RoutingSettings:
    """The owner's `data/business/routing.yml`. `skills`: the topics that need each."""

    capacity: int = 4
    offer: timedelta = timedelta(seconds=45)
    absent: timedelta = timedelta(minutes=3)
    longest_wait: timedelta = timedelta(minutes=45)
    longest_queue: int = 20
    reply_within: timedelta = timedelta(hours=4)
    patience: timedelta = timedelta(minutes=3)
    language: str = "en"
    skills: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def needed(self, topics: Iterable[str]) -> tuple[str, ...]:
        """Return the skills that these topics need, in the owner's order."""
        known = set(topics)
        return tuple(skill for skill, needs in self.skills.items() if known.intersection(needs))


@dataclass(frozen=True)
class Contact:
    """The agent who spoke with this customer last, and when."""

    agent_id: str
    at: datetime


@dataclass(frozen=True)
class Need:
    """What a waiting conversation asks of the person who takes it. `language` None: not known."""

    waited: timedelta = timedelta()
    skills: tuple[str, ...] = ()
    language: str | None = None
    weight: float = 1.0
    urgency: float = 0.0
    vip: bool = False
    customer: str | None = None
    before: Contact | None = None
    passed_by: Collection[str] = ()


@dataclass(frozen=True)
class Candidate:
    """An agent, and what they hold: `load` is the weight of it, `heavy` how many heavy ones."""

    id: str
    name: str
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    capacity: float = 4.0
    load: float = 0.0
    heavy: int = 0
    online: bool = True
    breather_until: datetime | None = None
    asked: bool = False  # is being offered another one just now
    last_at: datetime | None = None  # when they were given something last; of equals, who rested longest

    def works(self, now: datetime) -> bool:
        """Tell whether they are here and not taking a breather."""
        return self.online and (self.breather_until is None or self.breather_until <= now)

    @property
    def room(self) -> float:
        """What they can still take, in conversations of the usual weight."""
        return max(self.capacity - self.load, 0.0)


@dataclass(frozen=True)
class Assignment:
    """Who, why in one line for everybody in the console, and how all who could have it compared."""

    agent_id: str
    line: str
    scores: Mapping[str, float]


def weight(*, level: float, reasons: Collection[str]) -> float:
    """Return how heavy a conversation is to hold, 1 to 3 in halves: upset people need more of a person."""
    heavy = 1.0 + (0.5 if level >= 0.4 else 0.0) + (0.5 if level >= 0.7 else 0.0)
    if {"vulnerability", "abuse"} & set(reasons):
        heavy += 0.5
    if {"safety", "legal_threat", "privacy_or_security"} & set(reasons):
        heavy += 0.5
    return heavy


def choose(
    need: Need,
    agents: Sequence[Candidate],
    *,
    now: datetime,
    settings: RoutingSettings,
    zone: ZoneInfo,
) -> Assignment | None:
    """Return to whom to offer a conversation now; None: nobody can have it yet."""
    here = [one for one in agents if one.works(now) and one.id not in need.passed_by]
    free = [one for one in here if _fits(one, need) and not one.asked]
    if not free:
        return None
    if need.urgency < PRESSING and need.waited < settings.patience:
        best = max(_suits(one, need, settings) for one in here)
        free = [one for one in free if _suits(one, need, settings) == best]
    if not free:
        return None
    scores = {one.id: _score(one, need, settings) for one in free}
    chosen = min(free, key=lambda one: (-scores[one.id], _rested(one), one.id))
    return Assignment(chosen.id, _line(chosen, need, settings, zone), MappingProxyType(scores))


def _fits(one: Candidate, need: Need) -> bool:
    """Tell whether they have room. Somebody with nothing can always take one, however heavy."""
    return need.urgency >= LIFE or one.load == 0 or one.load + need.weight <= one.capacity


def _suits(one: Candidate, need: Need, settings: RoutingSettings) -> float:
    """Return 0 for somebody with all skills and the language, less for what is missing."""
    missing = sum(skill not in one.skills for skill in need.skills)
    return -SKILL * missing - (0.0 if _speaks(one, need, settings) else LANGUAGE)


def _speaks(one: Candidate, need: Need, settings: RoutingSettings) -> bool:
    return need.language in (None, settings.language) or need.language in one.languages


def _score(one: Candidate, need: Need, settings: RoutingSettings) -> float:
    known = KNOWN * (1.5 if need.vip else 1.0) if _knows(one, need) else 0.0
    heavy = HEAVINESS * one.heavy if need.weight >= HEAVY else 0.0
    load = LOAD * one.load / max(one.capacity, 1.0)
    return round(_suits(one, need, settings) + known - heavy - load, 3)


def _knows(one: Candidate, need: Need) -> bool:
    return need.before is not None and need.before.agent_id == one.id


def _rested(one: Candidate) -> float:
    return one.last_at.timestamp() if one.last_at else 0.0


def _line(one: Candidate, need: Need, settings: RoutingSettings, zone: ZoneInfo) -> str:
    """Say why: “Noor: spoke with Mara on 3 Nov, knows orders, free (2 of 4)”."""
    why = []
    if need.before and _knows(one, need):
        customer = need.customer.split()[0] if need.customer else "this customer"
        why.append(f"spoke with {customer} on {_day(need.before.at, zone)}")
    for knows, skills in (
        ("knows", [skill for skill in need.skills if skill in one.skills]),
        ("without", [skill for skill in need.skills if skill not in one.skills]),
    ):
        if skills:
            why.append(f"{knows} {', '.join(skills)}")
    if need.language not in (None, settings.language):
        why.append(f"{'speaks' if _speaks(one, need, settings) else 'does not speak'} {need.language}")
    if need.weight >= HEAVY and not one.heavy:
        why.append("holds nothing heavy")
    room = "free" if one.load < one.capacity else "full, but this cannot wait"
    why.append(f"{room} ({one.load:g} of {one.capacity:g})")
    return f"{one.name.split()[0]}: {', '.join(why)}"[:LONGEST_LINE]


def _day(at: datetime, zone: ZoneInfo) -> str:
    here = at.astimezone(zone)
    return f"{here.day} {here:%b}"
