"""The owner's `routing.yml`, read and checked: how much people take on, and who takes what."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from types import MappingProxyType

from bot.empathy.ladder import TOPICS
from bot.empathy.state import CAUSES
from bot.errors import OwnerFileError
from bot.handoff.routing import VIP, RoutingSettings
from bot.owner_file import Part, suggestion

FILE = "routing.yml"
LONGEST_NAME = 40  # characters of a skill
# What can be known of a conversation besides what was asked: reasons, what went wrong, who it is.
SENSED = frozenset({*TOPICS, *CAUSES, VIP})


def routing_settings(part: Part) -> RoutingSettings:
    """Read the settings; what is wrong is noted in the part."""
    part.only(
        *("capacity", "offer_seconds", "absent_minutes", "longest_wait_minutes", "longest_queue"),
        *("reply_within_hours", "right_person_minutes", "language", "skills"),
    )
    return RoutingSettings(
        capacity=int(_whole(part, "capacity", 1, 50, default=4)),
        offer=timedelta(seconds=part.number("offer_seconds", 10, 600, default=45)),
        absent=timedelta(minutes=part.number("absent_minutes", 1, 60, default=3)),
        longest_wait=timedelta(minutes=part.number("longest_wait_minutes", 1, 240, default=45)),
        longest_queue=int(_whole(part, "longest_queue", 1, 1000, default=20)),
        reply_within=timedelta(hours=part.number("reply_within_hours", 0.25, 80, default=4)),
        patience=timedelta(minutes=part.number("right_person_minutes", 0, 60, default=3)),
        language=_language(part),
        skills=MappingProxyType(dict(_skills(part))),
    )


def unknown_topics(part: Part, intents: Collection[str]) -> list[OwnerFileError]:
    """List the topics in `skills` that are neither asked nor sensed, by file and line."""
    problems: list[OwnerFileError] = []
    skills = part.optional("skills")
    known = {*SENSED, *intents}
    for skill in skills.names():
        for item in skills.entries(skill):
            if item.value not in known:
                mend = suggestion(str(item.value), known)
                text = f"“{item.value}” is neither an intent nor a topic that can be sensed"
                problems.append(OwnerFileError(part.name, item.line, text, mend))
    return problems


def _whole(part: Part, key: str, low: int, high: int, *, default: int) -> float:
    number = part.number(key, low, high, default=default)
    if number != int(number):
        part.note(f"“{key}” cannot be {number:g}", "Write a whole number", key)
    return number


def _language(part: Part) -> str:
    text = part.text("language", default="en")
    if not (len(text) == 2 and text.isascii() and text.isalpha() and text.islower()):
        part.note(f"“{text}” is not a code for a language", "Write two small letters like en", "language")
    return text


def _skills(part: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    skills = part.optional("skills")
    for name in skills.names():
        if len(name) > LONGEST_NAME:
            skills.note(f"“{name}” is too long", f"Use {LONGEST_NAME} letters at most", name)
        topics = [str(item.value) for item in skills.items(name)]
        # An owner writes the words of ladder.yml; hand-overs carry the codes behind them.
        yield name, tuple(TOPICS.get(topic, topic) for topic in topics)
