"""What the owner has written down about the business in `data/business/`, read and checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.crm.card import DELIVERED, PACKING, PLACED, SHIPPED
from bot.empathy.ladder import LOCKED, STEPS, TOPICS, LadderSettings
from bot.errors import OwnerFileError
from bot.handoff.routing import RoutingSettings
from bot.handoff.survey import SurveySettings
from bot.hours import Hours
from bot.owner_file import Part, suggestion
from bot.staffing import routing_settings
from bot.texts import PLACEHOLDER, Quick, Texts, Wording, read_texts
from bot.times import Times, Worded
from bot.timetable import timetables
from bot.widget import Widget, read_widget

FILES = (
    *("business.yml", "hours.yml", "policies.yml", "facts.yml"),
    *("ladder.yml", "routing.yml"),
)
ORDER_STATES = (PLACED, PACKING, SHIPPED, DELIVERED)
THRESHOLDS = STEPS[1:]  # every step but doing nothing
BUSINESS_KEYS = (
    *("name", "assistant", "cafes", "email", "phone", "web"),
    *("country", "time_zone", "emergency_number"),
)

# Policies that the program itself asks for; an owner may add others.
NEEDED = ("return", "refund", "damaged", "shipping", "cancel", "address_change")


@dataclass(frozen=True)
class Cafe:
    name: str
    address: str
    directions: str


@dataclass(frozen=True)
class Policy:
    """One of the owner's rules. `why` is the reason that a refusal may quote."""

    name: str
    details: Mapping[str, str]
    why: str

    def allows(self, state: str) -> bool:
        """Tell whether an order in that state is still early enough for this rule's `until`."""
        if state not in ORDER_STATES:
            return False
        return ORDER_STATES.index(state) <= ORDER_STATES.index(self.details["until"])


@dataclass(frozen=True)
class Business:
    """The owner's facts."""

    name: str
    assistant_name: str
    cafes: tuple[Cafe, ...]
    email: str
    phone: str
    web: str
    country: str
    emergency_number: str
    zone: ZoneInfo
    hours: Hours
    support_hours: Hours
    policies: Mapping[str, Policy]
    own_facts: Mapping[str, str]
    ladder: LadderSettings
    routing: RoutingSettings
    texts: Texts = field(repr=False)
    widget: Widget = Widget()
    survey: SurveySettings = SurveySettings()

    @classmethod
    def load(cls, folder: Path) -> "Business":
        """Read the owner's files.

        Raises:
            OwnerFileError: a file is missing, cannot be read or says something impossible.
        """
        business, problems = read(folder, folder.parent.parent)
        if business is None:
            raise problems[0]
        return business

    def facts(self, now: datetime | None = None) -> dict[str, str]:
        """Return every placeholder that an answer may use, as finished words."""
        now = now or datetime.now(timezone.utc)
        today = now.astimezone(self.zone).date()
        return {
            **{f"{p.name}_{key}": value for p in self.policies.values() for key, value in p.details.items()},
            **{f"{p.name}_why": p.why for p in self.policies.values()},
            **self.own_facts,
            "business_name": self.name,
            "assistant_name": self.assistant_name,
            "support_email": self.email,
            "support_phone": self.phone,
            "web": self.web,
            "emergency_number": self.emergency_number,
            "cafe_list": "; ".join(f"{c.name}, {c.address} ({c.directions})" for c in self.cafes),
            "cafe_names": joined([c.name for c in self.cafes]),
            "opening_hours_week": self.hours.week_words(),
            "opening_hours_today": self.hours.day_words(today),
            "opening_hours_holidays": self.hours.holiday_words(),
            "support_hours_week": self.support_hours.week_words(),
            "support_next_opening": self.next_opening_words(now),
        }

    def is_open(self, at: datetime) -> bool:
        """Tell whether people answer at that moment."""
        return self.support_hours.is_open(at)

    def next_opening(self, at: datetime) -> datetime | None:
        """Return when people answer next after that moment."""
        return self.support_hours.next_opening(at)

    def next_opening_words(self, at: datetime) -> str:
        """Say when people answer next, as the owner's language does: “tomorrow at 8:00”."""
        return self.texts.own.times.at(self.next_opening(at), at)

    def greeting(self, customer: str | None = None, *, language: str | None = None) -> str:
        """Return the first sentence that a visitor sees; `customer` is the name of a known one."""
        text, wording = self.texts.find_greeting(language, known=bool(customer))
        return self._filled(text, wording, {"customer": customer or ""})

    def questions(self, *, language: str | None = None) -> tuple[Quick, ...]:
        """Return the buttons under the greeting."""
        return self.texts.questions_in(language)

    def say(
        self, sentence: str, *, language: str | None = None, upset: bool = False, **values: Worded
    ) -> str:
        """Return one of the desk's own sentences, such as `say("agent_joined", agent="Sam")`.

        In a language of `data/business/texts/`, else in the owner's own; what depends on the language is
        given as a function: `promised=lambda times: times.by(promised, now)`. With `upset`, the wording
        for somebody who is, where there is one.
        """
        text, wording = self.texts.find(sentence, language, upset=upset)
        return self._filled(text, wording, values)

    def times(self, language: str | None) -> Times:
        """Return how a language says moments and waits; the owner's own, where it is not known."""
        return self.texts.others.get(language or "", self.texts.own).times

    def _filled(self, text: str, wording: Wording, values: Mapping[str, Worded]) -> str:
        times = wording.times
        known = {
            "name": self.name,
            "assistant": self.assistant_name,
            "email": self.email,
            "phone": self.phone,
            "support_hours": times.week(self.support_hours),
            "bot_language": times.name_of(self.texts.own.language),
            **{name: value if isinstance(value, str) else value(times) for name, value in values.items()},
        }
        return PLACEHOLDER.sub(lambda found: known[found[1]], text)


def read(folder: Path, root: Path) -> tuple[Business | None, list[OwnerFileError]]:
    """Read the owner's files; without a business if there are problems, which are all listed."""
    shown = folder.relative_to(root).as_posix()
    parts = {name: Part.read(folder / name, f"{shown}/{name}") for name in FILES}
    who, hours, rules, facts, ladder, routing = parts.values()
    zone = _zone(who)
    texts, worded = read_texts(folder, shown, zone)
    chat, odd = read_widget(folder, root)
    opening_hours, support_hours = timetables(hours, zone)
    business = Business(
        name=who.text("name"),
        assistant_name=who.text("assistant"),
        cafes=tuple(_cafes(who)),
        email=_email(who, "email"),
        phone=who.text("phone"),
        web=_web(who),
        country=_country(who),
        emergency_number=who.text("emergency_number"),
        zone=zone,
        hours=opening_hours,
        support_hours=support_hours,
        policies=MappingProxyType(dict(_policies(rules))),
        own_facts=MappingProxyType({key: _fact(facts, key) for key in facts.names()}),
        ladder=_ladder(ladder),
        routing=routing_settings(routing),
        texts=texts,
        widget=chat,
        survey=chat.survey,
    )
    who.only(*BUSINESS_KEYS)
    # What concerns two of us is read twice, and told once.
    found = [*(problem for part in (*parts.values(), *worded) for problem in part.problems), *odd]
    problems = list({str(problem): problem for problem in found}.values())
    return (None if problems else business), problems


def _email(part: Part, key: str) -> str:
    text = part.text(key)
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text):
        part.note(f"“{text}” is not an e-mail address", "Write it like hello@yourshop.example", key)
    return text


def _web(who: Part) -> str:
    text = who.text("web")
    if text and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", text):
        who.note(f"“{text}” is not a web address", "Write it like https://yourshop.example", "web")
    return text


def _country(who: Part) -> str:
    text = who.text("country")
    if text and not re.fullmatch("[A-Z]{2}", text):
        who.note(f"“{text}” is not a code for a country", "Write two capital letters like GB", "country")
    return text


def _zone(who: Part) -> ZoneInfo:
    text = who.text("time_zone") or "UTC"
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        who.note(f"“{text}” is not a time zone", "Write it like Europe/London", "time_zone")
        return ZoneInfo("UTC")


def _cafes(who: Part) -> Iterator[Cafe]:
    for cafe in who.items("cafes"):
        cafe.only("name", "address", "directions")
        yield Cafe(cafe.text("name"), cafe.text("address"), cafe.text("directions", default=""))


def _policies(rules: Part) -> Iterator[tuple[str, Policy]]:
    for name in NEEDED:
        rules.part(name)
    for name in rules.names():
        part = rules.part(name)
        details = {key: _detail(part, key) for key in part.names() if key != "why"}
        if name in ("cancel", "address_change") and part.text("until") not in ORDER_STATES:
            mend = f"Write {joined(list(ORDER_STATES), 'or')}"
            part.note(f"“{part.text('until')}” is no state of an order", mend, "until")
        yield name, Policy(name, MappingProxyType(details), part.text("why"))


def _detail(part: Part, key: str) -> str:
    if isinstance(part.value.get(key), list):
        return joined([str(item) for item in part.value[key]])
    if "days" in key and isinstance(part.value.get(key), int):
        return f"{part.number(key, 0, 3650, default=0):g}"
    return _email(part, key) if key == "email" else part.text(key)


def _fact(facts: Part, key: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        facts.note(f"“{key}” cannot be used in an answer", "Use small letters, digits and _", key)
    return facts.text(key)


def _ladder(part: Part) -> LadderSettings:
    part.only("sensitivity", "vip_bonus", "always", "never", *THRESHOLDS)
    steps = {step: part.number(step, 0, 1, default=getattr(LadderSettings, step)) for step in THRESHOLDS}
    for lower, higher in pairwise(THRESHOLDS):
        if steps[lower] >= steps[higher]:
            part.note(f"“{higher}” ({steps[higher]:g}) is not above “{lower}” ({steps[lower]:g})",
                      "Give each step a higher number than the step before", higher)  # fmt: skip
    always, never = _topics(part, "always"), _topics(part, "never")
    for topic in set(always) & set(never):
        mend = "Delete it here" if topic in LOCKED else "Delete it from one of the two"
        part.note(f"“{topic}” is both always and never", mend, "never")
    for topic in LOCKED:
        if topic in never and topic not in always:
            mend = "Move it to “always”; it cannot be switched off"
            part.note(f"“{topic}” is under never", mend, "never")
        elif topic not in always and part.has("always"):
            mend = f"Add a line “  - {topic}” below it; that cannot be switched off"
            part.note(f"“{topic}” is missing here", mend, "always")
    return LadderSettings(
        sensitivity=part.number("sensitivity", 0.5, 2, default=1),
        vip_bonus=part.number("vip_bonus", 0, 0.5, default=0),
        always=always,
        never=never,
        **steps,
    )


def _topics(part: Part, key: str) -> tuple[str, ...]:
    items = list(part.items(key))
    for item in items:
        if item.value not in TOPICS:
            item.note(f"“{item.value}” is no topic that can be sensed", suggestion(str(item.value), TOPICS))
    return tuple(str(item.value) for item in items)


def joined(words: list[str], last: str = "and") -> str:
    """Join words as in a sentence: “a, b and c”."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
