"""What differs between two states of the owner's files: in words for the owner, and line by line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import PurePosixPath
from typing import Any

from bot import jsonl
from bot.errors import OwnerFileError
from bot.owner_file import Part
from bot.studio.publishing.objects import digest
from bot.studio.publishing.versions import Version, Versions

MOST_LINES = 400  # of a file, that a page shows
AROUND = 2  # lines that are shown before and after a changed one
ONLY_LOOKS = "only comments, order or spacing"
LISTED = "the list of questions follows the other changes"
UNREADABLE = "changed, but cannot be read as it is"
TONES = {"plain": "answer", "warm": "wording for uneasy customers", "careful": "wording for upset customers"}
BUSINESS = {
    "business": "Your business",
    "facts": "Facts",
    "hours": "Opening hours",
    "ladder": "When a person is called",
    "policies": "Terms",
    "reach": "Who is told",
    "routing": "Who answers",
    "shop": "The shop's database",
    "texts": "Texts",
    "widget": "The chat on your website",
}
DOMAIN = {"slots": "Slot", "forms": "Form", "actions": "Action", "intents": "Intent", "entities": "Entity"}
WORDS = {"synonym": "Synonyms of", "regex": "Pattern", "lookup": "Word list"}

Fact = tuple[str, str]  # what it is of, such as “Question “decaf””, and which part of it
Line = tuple[str, str]  # "+", "-" or " ", and the text; "@" and where it stands in the file as it is now


@dataclass(frozen=True)
class Change:
    """A file that differs: in words, one for each thing that changed, and its lines."""

    file: str
    words: tuple[str, ...]
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it; of very many lines the first, and how many more there are."""
        lines = [list(line) for line in self.lines[:MOST_LINES]]
        more = len(self.lines) - len(lines)
        return {"file": self.file, "words": list(self.words), "lines": lines, "more": more}


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[Change]:
    """Tell the changes from one state of the files to another, by file; files that are alike are left out.

    What went from one file to another is no change, but for the lines.
    """
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    trees = [{name: _tree(name, files[name]) for name in names if name in files} for files in (before, after)]
    lost = {name for tree in trees for name, value in tree.items() if value is None}
    questions = {intent for tree in trees for name in tree for intent in _intents(tree[name])}
    was, where_was = _facts(trees[0], questions, lost)
    now, where_now = _facts(trees[1], questions, lost)
    words: dict[str, list[str]] = {name: [] for name in names}
    for thing in dict.fromkeys(fact[0] for fact in (*was, *now)):
        told = _told(thing, _of(thing, was), _of(thing, now))
        if told:
            words[where_now.get(thing) or where_was[thing]].append(told)
    return [
        Change(name, tuple(words[name]) or (_otherwise(name, trees, lost),), _lines(name, before, after))
        for name in names
    ]


def unpublished(versions: Versions, version: Version, after: Mapping[str, bytes]) -> list[Change]:
    """Tell how the owner's files differ from a version; of those that are alike only the digest is looked at.

    Raises:
        StudioError: the version cannot be read.
    """
    known = versions.names(version)
    same = {name for name, content in after.items() if known.get(name) == digest(content)}
    before = {name: versions.file(version, name) for name in known if name not in same}
    return changes(before, {name: after[name] for name in after if name not in same})


def between(versions: Versions, before: Version | None, after: Version) -> list[Change]:
    """Tell how one version differs from another; from nothing, if there is none before.

    Raises:
        StudioError: one of them cannot be read.
    """
    return changes(versions.files(before) if before else {}, versions.files(after))


def count(found: Iterable[Change]) -> int:
    """Return how many things changed."""
    return sum(len(change.words) for change in found)


def counted(found: Iterable[Change]) -> str:
    """Say how many things changed: `3 changes are`."""
    number = count(found)
    return "1 change is" if number == 1 else f"{number} changes are"


def _told(thing: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Say in one sentence what became of a thing; nothing where it is as it was."""
    if was == now:
        return ""
    if not was or not now:
        return f"{thing}: {'new' if now else 'taken out'}"
    parts = []
    for part in dict.fromkeys((*was, *now)):
        if was.get(part) != now.get(part):
            parts.append(_part_told(part, was.get(part), now.get(part)))
    return f"{thing}: {', '.join(parts)}"


def _part_told(part: str, was: Any, now: Any) -> str:
    if part == "examples":
        before, after = was or (), now or ()
        added, gone = len(set(after) - set(before)), len(set(before) - set(after))
        told = [f"{_examples(added)} added"] if added else []
        told += [f"{gone if added else _examples(gone)} taken out"] if gone else []
        return ", ".join(told) or "order of examples changed"
    verb = "changed" if was and now else "added" if now else "taken out"
    return f"{part} {verb}".strip()


def _examples(number: int) -> str:
    return "1 example" if number == 1 else f"{number} examples"


def _of(thing: str, facts: Mapping[Fact, Any]) -> dict[str, Any]:
    return {part: value for (of, part), value in facts.items() if of == thing}


def _facts(
    trees: Mapping[str, Any], questions: set[str], lost: set[str]
) -> tuple[dict[Fact, Any], dict[str, str]]:
    """Read what some files say, and in which file each thing stands."""
    found: dict[Fact, Any] = {}
    where: dict[str, str] = {}
    for name, tree in trees.items():
        for thing, part, value in _read(name, tree, questions) if name not in lost else ():
            where.setdefault(thing, name)
            kept = found.get((thing, part))
            found[thing, part] = value if kept is None else _and(kept, value)
    return found, where


def _intents(tree: Any) -> Iterator[str]:
    return (str(item["intent"]) for item in _items(tree, "nlu") if isinstance(item.get("intent"), str))


def _and(kept: Any, value: Any) -> Any:
    return (*kept, *value) if isinstance(kept, tuple) and isinstance(value, tuple) else (kept, value)


def _tree(name: str, content: bytes) -> Any:
    text = content.decode(errors="replace")
    if name.endswith(".jsonl"):
        try:
            return [line for _, line in jsonl.objects(text.splitlines(), name, "")]
        except OwnerFileError:
            return None
    part = Part.parse(text, name)
    return None if part.problems else part.value or {}


def _read(name: str, tree: Any, questions: set[str]) -> Iterator[tuple[str, str, Any]]:
    """Yield what a file says: of what, which part, and the value."""
    path = PurePosixPath(name)
    if isinstance(tree, list):
        for scene in tree:
            yield f"Rehearsal “{scene.get('id', '?')}”", "", scene
    elif name == "config.yml":
        yield "How the assistant learns", "", dict(tree)
    elif path.parts[:2] == ("data", "business"):
        title = BUSINESS.get(path.parts[2].removesuffix(path.suffix), path.name)
        title += f" ({path.stem})" if len(path.parts) > 3 else ""
        for key, value in tree.items():
            yield f"{title}, “{key}”", "", (value,)
    else:
        yield from _taught(tree, questions, name)


def _taught(tree: Mapping[str, Any], questions: set[str], name: str) -> Iterator[tuple[str, str, Any]]:
    for item in _items(tree, "nlu"):
        if "intent" in item:
            yield f"Question “{item['intent']}”", "examples", _examples_of(item)
        for kind, word in WORDS.items():
            if kind in item:
                yield f"{word} “{item[kind]}”", "", _examples_of(item)
    responses = tree.get("responses")
    for answer, wordings in responses.items() if isinstance(responses, dict) else ():
        intent = str(answer).removeprefix("utter_")
        own = intent in questions or name.startswith("data/faq/")
        for tone, said in _by_tone(wordings).items():
            yield f"Question “{intent}”" if own else f"Answer “{intent}”", TONES[tone], said
    for kind, many in (("Rule", "rules"), ("Story", "stories")):
        for item in _items(tree, many):
            title = item.get(kind.lower())
            own = kind == "Rule" and title in questions
            yield f"Question “{title}”" if own else f"{kind} “{title}”", "rule" if own else "", (item,)
    for section, value in tree.items():
        if section in DOMAIN:
            for key, details in _named(value):
                if not (section == "intents" and key in questions):
                    yield f"{DOMAIN[section]} “{key}”", "", (details,)
        elif section not in ("nlu", "responses", "rules", "stories", "version"):
            yield f"“{section}” in {name}", "", (value,)


def _items(tree: Any, key: str) -> list[Mapping[str, Any]]:
    found = tree.get(key) if isinstance(tree, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _examples_of(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the examples, in Rasa's short way of writing them or its long one."""
    examples = item.get("examples")
    if isinstance(examples, str):
        lines = (line.strip().removeprefix("-").strip() for line in examples.splitlines())
        return tuple(line for line in lines if line)
    if isinstance(examples, list):
        texts = (one.get("text") if isinstance(one, dict) else one for one in examples)
        return tuple(str(text).strip().removeprefix("-").strip() for text in texts)
    return ()


def _by_tone(wordings: Any) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for wording in wordings if isinstance(wordings, list) else [wordings]:
        tone = "plain"
        conditions = wording.get("condition") if isinstance(wording, dict) else None
        for one in conditions if isinstance(conditions, list) else ():
            if isinstance(one, dict) and one.get("name") == "tone" and one.get("value") in TONES:
                tone = str(one["value"])
        found[tone] = (*found.get(tone, ()), wording)
    return found


def _named(value: Any) -> list[tuple[str, Any]]:
    """Read a list of names, some with details, or a block of them."""
    if isinstance(value, dict):
        return [(str(key), details) for key, details in value.items()]
    pairs = [
        next(iter(one.items()), ("", None)) if isinstance(one, dict) else (one, None) for one in value or ()
    ]
    return [(str(key), details) for key, details in pairs]


def _otherwise(name: str, trees: Sequence[Mapping[str, Any]], lost: set[str]) -> str:
    """Say what became of a file in which nothing changed that could be named."""
    before, after = trees
    if name in lost:
        return f"File {name}: {UNREADABLE}"
    if name not in before:
        return f"File {name}: new{', with what stood elsewhere before' if after[name] else ''}"
    if name not in after:
        return f"File {name}: taken out{', what it said stands elsewhere now' if before[name] else ''}"
    listed = [
        {key for key, _ in _named(tree[name].get("intents"))}
        for tree in trees
        if isinstance(tree[name], dict)
    ]
    if len(listed) == 2 and listed[0] != listed[1]:
        return f"File {name}: {LISTED}"
    return f"File {name}: {ONLY_LOOKS}"


def _lines(name: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Line, ...]:
    sides = [files.get(name, b"").decode(errors="replace").splitlines() for files in (before, after)]
    return tuple(_marked(unified_diff(*sides, lineterm="", n=AROUND)))


def _marked(lines: Iterator[str]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        if number < 2:
            continue  # the names of the files
        if line.startswith("@@"):
            yield "@", line.split("+")[1].split(",")[0].split(" ")[0]
        else:
            yield line[0], line[1:]
