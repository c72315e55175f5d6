"""What the owner's files teach at this moment: each question, where its parts lie, and all names in use."""

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from bot import yaml_tree
from bot.errors import KindhandError, OwnerFileError
from bot.studio.files.spans import Key
from bot.studio.files.workspace import Workspace
from bot.studio.questions.mentions import mentions
from bot.studio.questions.names import name_for
from bot.studio.questions.question import Question, example_in, understood

DOMAIN = "domain.yml"
FAQ = "data/faq/"
BESIDE = ("data/business/", "data/rehearsals/", "config.yml")  # what teaches no questions
_GROUP = re.compile(r"\s+#\s*([^:.(]+)")
_INTENT = re.compile(r"\s+-\s*[\"'{]?([\w/-]+)")


@dataclass(frozen=True)
class Place:
    """Where something lies: the path in the tree of a file."""

    file: str
    path: tuple[Key, ...]


@dataclass(frozen=True)
class Found:
    """A question, and where its parts lie. `responses` is None where its answer is nowhere."""

    question: Question
    topic: str
    examples: tuple[Place, ...]
    responses: Place | None
    rule: Place

    @property
    def file(self) -> str:
        """The file in which it is asked."""
        return (self.examples[0] if self.examples else self.rule).file

    @property
    def places(self) -> list[Place]:
        return [*self.examples, *([self.responses] if self.responses else []), self.rule]

    @property
    def files(self) -> list[str]:
        return list(dict.fromkeys(place.file for place in self.places))


@dataclass
class Taught:
    """Questions by their intent, in the order of domain.yml; the examples of all intents; all names."""

    questions: dict[str, Found] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    intents: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def folder(self, topic: str) -> str:
        """Return the folder of new questions of a topic, with a slash at its end."""
        for found in self.questions.values():
            if found.topic == topic and found.file.startswith(FAQ):
                return f"{PurePosixPath(found.file).parent}/"
        return f"{FAQ}{name_for(topic)}/" if any(map(str.isalnum, topic)) else FAQ

    def title(self, intent: str) -> str:
        """Return how customers ask it: its first example."""
        return next(iter(self.examples.get(intent, ())), intent.replace("_", " ").capitalize())


@dataclass
class _File:
    """A file as it was read: by its moment and size it is seen whether it is still the same."""

    stamp: tuple[int, int, int]
    digest: str
    tree: Any
    groups: Mapping[str, str]


class Reader:
    """Reads the files of a workspace; what has not changed is not read again."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files: dict[str, _File] = {}
        self._taught, self._at = Taught(), float("-inf")

    def read(self, *, within: float = 0.0) -> Taught:
        """Return what the files say, at most so many seconds ago; one that cannot be read is left out."""
        if time.monotonic() - self._at > within:
            files = {name: file for name in self._names() if (file := self._file(name))}
            if self._at < 0 or files != self._files:
                trees = {name: file.tree for name, file in files.items() if isinstance(file.tree, dict)}
                groups = files[DOMAIN].groups if DOMAIN in files else {}
                self._files, self._taught = files, taught(trees, groups)
            self._at = time.monotonic()
        return self._taught

    def digest(self, name: str) -> str | None:
        """Return the digest of a file as it was read last."""
        return self._files[name].digest if name in self._files else None

    def _names(self) -> Iterator[str]:
        ours = (name for name in self._workspace.names() if name.endswith((".yml", ".yaml")))
        return (name for name in ours if not name.startswith(BESIDE))

    def _file(self, name: str) -> _File | None:
        try:
            about = (self._workspace.root / name).stat()
            stamp = about.st_mtime_ns, about.st_size, about.st_ino
            known = self._files.get(name)
            if known and known.stamp == stamp:
                return known
            file = self._workspace.read(name)
        except (OSError, OwnerFileError):
            return None
        groups = _groups(file.text) if name == DOMAIN else {}
        return _File(stamp, file.digest, _tree(file.text, name), groups)


def taught(trees: Mapping[str, Any], groups: Mapping[str, str]) -> Taught:
    """Put together what files teach. `groups`: under which comment of domain.yml an intent stands."""
    known = Taught()
    blocks: dict[str, list[tuple[Place, str]]] = {}
    responses: dict[str, Place] = {}
    rules: dict[str, tuple[str, Place]] = {}
    for file, tree in trees.items():
        for mention in mentions(tree):
            known.names.add(mention.name)
            if mention.where == "domain" and mention.what == "intent" and file == DOMAIN:
                known.intents.append(mention.name)
        for n, item in enumerate(_items(tree, "nlu")):
            intent, text = item.get("intent"), item.get("examples") or ""
            if isinstance(intent, str) and isinstance(text, str):
                blocks.setdefault(intent, []).append((Place(file, ("nlu", n, "examples")), text))
        for name, variations in (tree.get("responses") or {}).items() if _is_block(tree, "responses") else ():
            if isinstance(variations, list) or variations is None:
                responses.setdefault(str(name), Place(file, ("responses", name)))
        for n, rule in enumerate(_items(tree, "rules")):
            intent, answer = _asked_and_answered(rule)
            if intent:
                rules.setdefault(intent, (answer, Place(file, ("rules", n))))
    for intent, found in blocks.items():
        lines = (line for _, text in found for line in text.splitlines())
        known.examples[intent] = [example for line in lines if (example := example_in(line))]
    for intent in _ordered(rules, known.intents):
        answer, rule = rules[intent]
        place, found = responses.get(answer), blocks.get(intent, [])
        variations = trees[place.file]["responses"][place.path[1]] if place else []
        question = understood(intent, answer, [text for _, text in found], variations or [])
        places = tuple(place for place, _ in found)
        topic = _topic((places[0] if places else rule).file, groups.get(intent))
        known.questions[intent] = Found(question, topic, places, place, rule)
    return known


def _tree(text: str, name: str) -> Any:
    try:
        return yaml_tree.parse(text, name)
    except KindhandError:  # `check` says what is wrong in it
        return None


def _items(tree: Any, section: str) -> list[Any]:
    """Return the entries of a section; what is none counts as an empty one, so that numbers stay right."""
    found = tree.get(section)
    return [one if isinstance(one, dict) else {} for one in found] if isinstance(found, list) else []


def _is_block(tree: Any, key: str) -> bool:
    return isinstance(tree.get(key), dict)


def _asked_and_answered(rule: Any) -> tuple[str, str]:
    """Return what a rule of a question joins; empty for other rules."""
    steps = rule.get("steps")
    if rule.get("condition") or not isinstance(steps, list) or len(steps) != 2:
        return "", ""
    asked, answered = (step if isinstance(step, dict) else {} for step in steps)
    intent, answer = asked.get("intent"), answered.get("action")
    said = isinstance(intent, str) and isinstance(answer, str) and answer.startswith("utter_")
    return (intent, answer) if said and "/" not in intent else ("", "")


def _ordered(rules: Iterable[str], intents: list[str]) -> list[str]:
    place = {intent: n for n, intent in enumerate(intents)}
    return sorted(rules, key=lambda intent: place.get(intent, len(place)))


def _topic(file: str, group: str | None) -> str:
    """Name what a question belongs to: the folder of its file, or the comment above it in domain.yml."""
    folder = PurePosixPath(file).parent.name
    if not file.startswith(FAQ) or folder == "faq":
        return group or PurePosixPath(file).stem.replace("_", " ").capitalize()
    return folder.replace("_", " ").replace("-", " ").capitalize()


def _groups(text: str) -> dict[str, str]:
    """Read below which comment of domain.yml each intent stands."""
    groups: dict[str, str] = {}
    group, inside = "", False
    for line in text.splitlines():
        if line[:1].strip():
            inside = line.startswith("intents:") or inside and line.startswith(("#", "-"))
        elif inside and (comment := _GROUP.match(line)):
            group = comment[1].strip()
        elif inside and group and (intent := _INTENT.match(line)):
            groups[intent[1]] = group
    return groups
