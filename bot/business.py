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
from bot.empathy.ladder import STEPS, TOPICS, LadderSettings
from bot.errors import OwnerFileError
from bot.handoff.routing import RoutingSettings
from bot.handoff.survey import SurveySettings
from bot.hours import Hours, when_words
from bot.owner_file import Part, suggestion
from bot.staffing import routing_settings
from bot.timetable import timetables

FILES = (
    *("business.yml", "hours.yml", "policies.yml", "facts.yml"),
    *("ladder.yml", "routing.yml", "texts.yml"),
)
ORDER_STATES = (PLACED, PACKING, SHIPPED, DELIVERED)
THRESHOLDS = STEPS[1:]  # every step but doing nothing
BUSINESS_KEYS = (
    *("name", "assistant", "cafes", "email", "phone", "web"),
    *("country", "time_zone", "emergency_number"),
)
PLACEHOLDER = re.compile(r"{([^\n{}]+?)}")

# Policies that the program itself asks for; an owner may add others.
NEEDED = ("return", "refund", "damaged", "shipping", "cancel", "address_change")
# Each sentence that the desk says, with the words in curly brackets that it may use besides `COMMON`.
COMMON = ("name", "assistant", "email", "phone", "support_hours")
SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("handoff_live", "handoff_failed", "still_waiting", "person_requested"), ()),
        **dict.fromkeys(("resolved", "card_masked", "brain_slow", "brain_trouble", "too_many"), ()),
        **dict.fromkeys(("button_person", "button_retry"), ()),
        **dict.fromkeys(("left_queue", "transferred"), ()),
        **dict.fromkeys(("agent_joined", "agent_left", "agent_released", "agent_reopened"), ("agent",)),
        **dict.fromkeys(("transcript_off", "transcript_empty", "transcript_bad_address"), ()),
        "transcript_sent": ("address",),
        "attachment_too_big": ("megabytes",),
        **dict.fromkeys((f"attachment_{why}" for why in ("kept", "empty", "unknown_kind", "heic")), ()),
        **dict.fromkeys((f"attachment_{why}" for why in ("broken", "too_large", "protected", "active")), ()),
        **dict.fromkeys((f"attachment_{why}" for why in ("too_many_files", "no_room", "failed")), ()),
        **dict.fromkeys(("mail_transcript_subject", "mail_transcript", "mail_transcript_closing"), ()),
        **dict.fromkeys(("mail_promise_subject", "mail_promise_closing"), ()),
        "mail_promise": ("promised",),
        "handoff_wait": ("wait",),
        "handoff_wait_unknown": (),
        **dict.fromkeys(("handoff_later_full", "handoff_later_nobody"), ("promised",)),
        **dict.fromkeys(("handoff_later_closed", "details_saved"), ("next_opening", "promised")),
        **dict.fromkeys(
            ("handoff_later_holiday", "handoff_later_closure"), ("next_opening", "promised", "occasion")
        ),
    }
)
# Sentences that may have another wording for somebody who is upset, under their name with this ending.
UPSET = "_upset"
FELT = tuple(key for key in SENTENCES if key.startswith("handoff_") and key != "handoff_failed")


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
class Quick:
    """A button under the greeting; `ask` is what it sends."""

    title: str
    ask: str


@dataclass(frozen=True)
class Texts:
    """The desk's own sentences, with the words in curly brackets still open."""

    greeting: str
    known_greeting: str
    questions: tuple[Quick, ...]
    sentences: Mapping[str, str]


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
        """Say when people answer next: “tomorrow at 8:00”."""
        opening = self.next_opening(at)
        return when_words(opening, at) if opening else "as soon as we can"

    def greeting(self, customer: str | None = None) -> str:
        """Return the first sentence that a visitor sees; `customer` is the name of a known one."""
        if not customer:
            return self._filled(self.texts.greeting)
        return self._filled(self.texts.known_greeting, customer=customer)

    def promise_words(self, promised: datetime | None, now: datetime) -> str:
        """Say by when a reply comes: “by tomorrow at 12:00”, “by Monday at 12:00”."""
        if promised is None:
            return "as soon as we can"
        return f"by {when_words(promised.astimezone(self.zone), now).removeprefix('on ')}"

    def say(self, sentence: str, *, upset: bool = False, **values: str) -> str:
        """Return one of the desk's own sentences, such as `say("agent_joined", agent="Sam")`.

        With `upset`, the wording for somebody who is, where the owner has written one.
        """
        known = self.texts.sentences
        careful = f"{sentence}{UPSET}"
        return self._filled(known[careful if upset and careful in known else sentence], **values)

    def _filled(self, text: str, **values: str) -> str:
        known = {
            "name": self.name,
            "assistant": self.assistant_name,
            "email": self.email,
            "phone": self.phone,
            "support_hours": self.support_hours.week_words(),
            **values,
        }
        return PLACEHOLDER.sub(lambda found: known[found[1]], text)


def read(folder: Path, root: Path) -> tuple[Business | None, list[OwnerFileError]]:
    """Read the owner's files; without a business if there are problems, which are all listed."""
    shown = folder.relative_to(root).as_posix()
    parts = {name: Part.read(folder / name, f"{shown}/{name}") for name in FILES}
    who, hours, rules, facts, ladder, routing, texts = parts.values()
    zone = _zone(who)
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
        texts=_texts(texts),
    )
    who.only(*BUSINESS_KEYS)
    # What concerns two of us is read twice, and told once.
    found = (problem for part in parts.values() for problem in part.problems)
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
        part.note(f"“{topic}” is both always and never", "Delete it from one of the two", "never")
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


def _texts(part: Part) -> Texts:
    felt = {f"{key}{UPSET}": SENTENCES[key] for key in FELT if part.has(f"{key}{UPSET}")}
    part.only("greeting", *SENTENCES, *(f"{key}{UPSET}" for key in FELT))
    hello = part.part("greeting")
    hello.only("text", "known", "questions")
    return Texts(
        greeting=_sentence(hello, "text", ()),
        known_greeting=_sentence(hello, "known", ("customer",)),
        questions=tuple(Quick(q.text("title"), q.text("ask")) for q in hello.items("questions")),
        sentences=MappingProxyType(
            {key: _sentence(part, key, extra) for key, extra in (*SENTENCES.items(), *felt.items())}
        ),
    )


def _sentence(part: Part, key: str, extra: tuple[str, ...]) -> str:
    text = part.text(key)
    for word in PLACEHOLDER.findall(text):
        if word not in (*COMMON, *extra):
            part.note(f"“{{{word}}}” cannot be filled in here", suggestion(word, [*COMMON, *extra]), key)
    return text


def joined(words: list[str], last: str = "and") -> str:
    """Join words as in a sentence: “a, b and c”."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
