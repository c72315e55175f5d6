"""What the owner's files teach the assistant: examples, answers, rules and stories, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import OwnerFileError
from bot.owner_file import Part, name_of, suggestion

SECTIONS = ("version", "nlu", "responses", "rules", "stories")
WORDS = ("synonym", "regex", "lookup")


@dataclass(frozen=True, order=True)
class Place:
    """A line of an owner's file."""

    name: str
    line: int

    def problem(self, problem: str, mend: str) -> OwnerFileError:
        return OwnerFileError(self.name, self.line, problem, mend)


@dataclass(frozen=True)
class Topic:
    """An intent with its examples, each with the line in which it stands."""

    intent: str
    place: Place
    examples: tuple[tuple[str, Place], ...]


@dataclass(frozen=True)
class Wording:
    """One variation of an answer: what its condition asks of slots, and what its buttons send."""

    text: str
    place: Place
    slots: tuple[tuple[str, Any], ...]
    payloads: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    name: str
    place: Place
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Flow:
    """A rule or story: its steps as (kind, name, place), such as ("intent", "greet", ...)."""

    kind: str
    name: str
    place: Place
    steps: tuple[tuple[str, str, Place], ...]


@dataclass
class Lessons:
    """All that the files under `data/` and `domain.yml` say; what cannot be read is in `problems`."""

    topics: list[Topic] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    intents: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    slots: dict[str, tuple[Any, ...]] = field(default_factory=dict)  # with the values of a categorical one
    problems: list[OwnerFileError] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path) -> "Lessons":
        """Read `domain.yml` and every file under `data/` but those about the business."""
        lessons = cls()
        lessons._add_domain(Part.read(root / "domain.yml", "domain.yml"))
        data = root / "data"
        for path in sorted([*data.rglob("*.yml"), *data.rglob("*.yaml")]):
            if not path.is_relative_to(data / "business"):
                lessons._add(Part.read(path, name_of(path, root)))
        return lessons

    def _add_domain(self, domain: Part) -> None:
        self.intents = frozenset(_names(domain, "intents"))
        self.actions = frozenset({*_names(domain, "actions"), *domain.optional("forms").names()})
        slots = domain.optional("slots")
        for slot in slots.names():
            self.slots[slot] = tuple(item.value for item in slots.part(slot).entries("values"))
        self.answers += _answers(domain)
        self.problems += domain.problems

    def _add(self, file: Part) -> None:
        for key in file.names():
            if key not in SECTIONS:
                file.note(f"“{key}” means nothing here", suggestion(key, SECTIONS), key)
        if file.name.startswith("data/faq/") and not file.has("nlu") and not file.problems:
            file.note("This file has no question", "Add “nlu:” with an intent and its examples")
        self.topics += _topics(file)
        self.answers += _answers(file)
        self.flows += [flow for kind in ("rule", "story") for flow in _flows(file, kind)]
        self.problems += dict.fromkeys(file.problems)


def _names(domain: Part, key: str) -> Iterator[str]:
    """List names that may carry options: `- greet` or `- greet: {use_entities: []}`."""
    for item in domain.entries(key):
        yield str(next(iter(item.value))) if isinstance(item.value, dict) and item.value else str(item.value)


def _place(part: Part) -> Place:
    return Place(part.name, part.line)


def _topics(file: Part) -> Iterator[Topic]:
    for item in file.entries("nlu"):
        if any(item.has(word) for word in WORDS):
            continue
        intent, text = item.text("intent"), item.raw_text("examples")
        first = item.line_of("examples") + 1
        yield Topic(intent, _place(item), tuple(_examples(item, text, first)))


def _examples(item: Part, text: str, first: int) -> Iterator[tuple[str, Place]]:
    for line, example in enumerate(text.splitlines(), first):
        words = example.strip()
        if words.startswith("- ") and words[2:].strip():
            yield words[2:].strip(), Place(item.name, line)
        elif words and not words.startswith("#"):
            item.note(f"The example “{words}” would be lost", "Start it with a dash and a space", line=line)


def _answers(file: Part) -> Iterator[Answer]:
    responses = file.optional("responses")
    for name in responses.names():
        wordings = tuple(_wording(item) for item in responses.entries(name))
        yield Answer(name, Place(file.name, responses.line_of(name)), wordings)


def _wording(item: Part) -> Wording:
    conditions = [condition for condition in item.entries("condition") if condition.is_block()]
    slots = tuple((condition.text("name"), condition.value.get("value")) for condition in conditions)
    payloads = tuple(button.text("payload") for button in item.entries("buttons") if button.is_block())
    text = "" if item.has("custom") or item.has("image") else item.raw_text("text")
    return Wording(text, _place(item), slots, payloads)


def _flows(file: Part, kind: str) -> Iterator[Flow]:
    for item in file.entries({"rule": "rules", "story": "stories"}[kind]):
        steps = tuple(step for part in item.entries("steps") for step in _steps(part))
        yield Flow(kind, item.text(kind), _place(item), steps)


def _steps(part: Part) -> Iterator[tuple[str, str, Place]]:
    for choice in part.entries("or"):
        yield from _steps(choice)
    for kind in ("intent", "action"):
        if part.has(kind):
            yield kind, part.text(kind), Place(part.name, part.line_of(kind))
