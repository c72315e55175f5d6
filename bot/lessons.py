"""What the owner's files teach the assistant: examples, answers, rules and stories, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.errors import OwnerFileError
from bot.owner_file import Part, name_of, suggestion
from bot.yaml_tree import LARGEST

SECTIONS = ("version", "nlu", "responses", "rules", "stories")
FLOW = {
    "rule": ("rule", "steps", "condition", "conversation_start", "wait_for_user_input", "metadata"),
    "story": ("story", "steps", "metadata"),
}
CHOICE = ("intent", "user", "entities", "slot_was_set")
CONDITION = ("active_loop", "slot_was_set")
STEP = (*CHOICE, "action", "bot", "active_loop", "checkpoint", "or")
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
    """One variation of an answer: what its condition asks of slots, what its buttons send and are called."""

    text: str
    place: Place
    slots: tuple[tuple[str, Any], ...]
    payloads: tuple[str, ...]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    name: str
    place: Place
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Step:
    """What happens at one place of a rule or story.

    `kind` is `intent` (a customer says it), `action` (an answer, an action or a form), `slot` (set to
    `value`), `loop` (a form asks; with an empty name it asks no longer), `checkpoint`, `or` (one of
    `choices`), or `words` (what somebody says literally, which no other step can be compared with).
    """

    kind: str
    name: str
    place: Place
    value: Any = None
    choices: tuple["Step", ...] = ()


@dataclass(frozen=True)
class Flow:
    """A rule or story. Of a rule: it holds `at_start` only; at its end it `waits` for the customer."""

    kind: str
    name: str
    place: Place
    steps: tuple[Step, ...]
    condition: tuple[Step, ...] = ()
    at_start: bool = False
    waits: bool = True

    def every(self, *kinds: str) -> Iterator[Step]:
        """Go through the steps of these kinds, those of a choice and of the condition included."""
        for step in (*self.condition, *self.steps):
            yield from (one for one in (step, *step.choices) if one.kind in kinds)


@dataclass(frozen=True)
class Slot:
    """What is remembered: its kind, its possible values if they are listed, whether stories may follow it."""

    kind: str
    values: tuple[Any, ...] = ()
    heeded: bool = False


@dataclass(frozen=True)
class Lesson:
    """What one file teaches."""

    topics: tuple[Topic, ...]
    answers: tuple[Answer, ...]
    flows: tuple[Flow, ...]
    problems: tuple[OwnerFileError, ...]


@dataclass
class Lessons:
    """All that the files under `data/` and `domain.yml` say; what cannot be read is in `problems`."""

    topics: list[Topic] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    intents: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    slots: dict[str, Slot] = field(default_factory=dict)
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)  # with the slots that each asks for
    problems: list[OwnerFileError] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path) -> "Lessons":
        """Read `domain.yml` and every file under `data/` but those about the business."""
        lessons = cls()
        lessons._add_domain(Part.read(root / "domain.yml", "domain.yml"))
        data = root / "data"
        found = {name_of(path, root): path for kind in ("*.yml", "*.yaml") for path in data.rglob(kind)}
        for name in sorted(found):
            if not name.startswith("data/business/"):
                lessons._add(_lesson(found[name], name))
        return lessons

    def _add_domain(self, domain: Part) -> None:
        self.intents = frozenset(_names(domain, "intents"))
        self.forms = dict(_forms(domain.optional("forms")))
        self.actions = frozenset({*_names(domain, "actions"), *self.forms})
        slots = domain.optional("slots")
        self.slots = {name: _slot(slots.part(name)) for name in slots.names()}
        self.answers += _answers(domain)
        self.problems += domain.problems

    def _add(self, lesson: Lesson) -> None:
        self.topics += lesson.topics
        self.answers += lesson.answers
        self.flows += lesson.flows
        self.problems += lesson.problems


def _lesson(path: Path, name: str) -> Lesson:
    try:
        if path.stat().st_size <= LARGEST:
            return _taught(path.read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError):
        pass
    return Lesson((), (), (), tuple(Part.read(path, name).problems))


@lru_cache(maxsize=10_000)
def _taught(text: str, name: str) -> Lesson:
    """Read a file; one that has not changed is not read again."""
    file = Part.parse(text, name)
    for key in file.names():
        if key not in SECTIONS:
            file.note(f"“{key}” means nothing here", suggestion(key, SECTIONS), key)
    if name.startswith("data/faq/") and not file.has("nlu") and not file.problems:
        file.note("This file has no question", "Add “nlu:” with an intent and its examples")
    topics, answers = tuple(_topics(file)), tuple(_answers(file))
    flows = tuple(flow for kind in ("rule", "story") for flow in _flows(file, kind))
    return Lesson(topics, answers, flows, tuple(dict.fromkeys(file.problems)))


def _forms(forms: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in forms.names():
        form = forms.optional(name)
        yield name, tuple(str(slot.value) for slot in form.entries("required_slots"))


def _slot(slot: Part) -> Slot:
    kind = str(slot.value.get("type", "any")) if isinstance(slot.value, dict) else "any"
    heeded = kind != "any" and isinstance(slot.value, dict) and slot.value.get("influence_conversation", True)
    return Slot(kind, tuple(item.value for item in slot.entries("values")), bool(heeded))


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
    buttons = [button for button in item.entries("buttons") if button.is_block()]
    payloads = tuple(button.text("payload") for button in buttons)
    titles = tuple(button.text("title", default="") for button in buttons)
    text = "" if item.has("custom") or item.has("image") else item.raw_text("text")
    return Wording(text, _place(item), slots, payloads, titles)


def _flows(file: Part, kind: str) -> Iterator[Flow]:
    for item in file.entries({"rule": "rules", "story": "stories"}[kind]):
        if not item.is_block():
            continue
        item.only(*FLOW[kind])
        yield Flow(
            kind,
            item.text(kind),
            _place(item),
            tuple(step for part in item.entries("steps") for step in _steps(part, STEP)),
            tuple(step for part in item.entries("condition") for step in _steps(part, CONDITION)),
            item.value.get("conversation_start") is True,
            item.value.get("wait_for_user_input") is not False,
        )


def _steps(part: Part, known: tuple[str, ...]) -> Iterator[Step]:
    if not part.is_block():
        return
    part.only(*known)
    for key in part.names():
        place = Place(part.name, part.line_of(key))
        if key in ("intent", "action", "checkpoint"):
            yield Step("words" if part.has("user") else key, part.text(key), place)
        elif key == "active_loop":
            yield Step("loop", str(part.value[key] or ""), place)
        elif key == "slot_was_set":
            yield from _slots_set(part)
        elif key == "or":
            choices = tuple(step for choice in part.entries("or") for step in _steps(choice, CHOICE))
            yield Step("or", "", place, choices=choices)
        elif key == "bot" or (key == "user" and not part.has("intent")):
            yield Step("words", part.text(key), place)


def _slots_set(part: Part) -> Iterator[Step]:
    for item in part.entries("slot_was_set"):
        place = Place(item.name, item.line)
        if isinstance(item.value, dict):
            yield from (Step("slot", str(name), place, value) for name, value in item.value.items())
        else:
            yield Step("slot", str(item.value), place, True)
