"""Where files name an intent or an answer, so that it can be renamed everywhere or is known to be needed."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.studio.files.spans import Key, Spans

FLOWS = {"rules": "rule", "stories": "story"}
_PAYLOAD = re.compile(r"\s*/\s*([^{@\s]+)")


@dataclass(frozen=True)
class Mention:
    """A name in a file: the value at `path`, or with `as_name` the last name of the path itself.

    `what` is an intent or an answer; `where` is the kind of thing that names it, `within` how that is called.
    """

    what: str
    name: str
    where: str
    within: str
    path: tuple[Key, ...]
    as_name: bool = False

    def rename(self, spans: Spans, new: str) -> None:
        """Write another name in its place; what hangs on it, such as the values of a button, stays."""
        node = spans.name_node(self.path) if self.as_name else spans.node(self.path)
        if node is not None:
            raw = spans.raw(node)
            spans.replace(node.start_mark.index, node.end_mark.index, raw.replace(self.name, new, 1))


def mentions(tree: Any) -> Iterator[Mention]:
    """Go through all names of intents and answers in a file under `data/`, or in `domain.yml`."""
    for path, item in _list(tree, ("intents",)):
        name = next(iter(item), "") if isinstance(item, dict) else item
        if isinstance(name, str) and name:
            at = (*path, name) if isinstance(item, dict) else path
            yield Mention("intent", name, "domain", "", at, isinstance(item, dict))
    for path, item in _list(tree, ("actions",)):
        if isinstance(item, str):
            yield Mention("answer", item, "domain", "", path)
    for path, item in _list(tree, ("nlu",)):
        yield from _named("intent", item, path, "intent", "examples", "")
    yield from _answers(tree)
    for section, kind in FLOWS.items():
        for path, flow in _list(tree, (section,)):
            name = str(_get(flow, kind) or "")
            if kind == "rule":
                yield from _named("intent", flow, path, "rule", "title", name)
            yield from _steps(flow, path, "steps", kind, name)
    for name, slot in _pairs(_get(tree, "slots")):
        for path, mapping in _list(slot, ("slots", name, "mappings"), "mappings"):
            yield from _wanted(mapping, path, name)
    for name, _ in _pairs(_get(tree, "skills")):
        for path, item in _list(tree["skills"], ("skills", name), name):
            if isinstance(item, str):
                yield Mention("intent", item, "skill", name, path)


def scenes(text: str) -> Iterator[tuple[int, str]]:
    """Go through the answers that a file of scenes waits for, as (line from 1, intent)."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            wanted = json.loads(line).get("answer")
        except (ValueError, AttributeError):
            continue  # whoever reads scenes says what is wrong there
        if isinstance(wanted, str):
            yield number, wanted


def renamed_scenes(text: str, old: str, new: str) -> str:
    """Return a file of scenes that wait for the answer under its new name."""
    lines = text.splitlines(keepends=True)
    for number, wanted in scenes(text):
        if wanted == old:
            pattern = rf'("answer"\s*:\s*"){re.escape(old)}"'
            lines[number - 1] = re.sub(pattern, rf'\g<1>{new}"', lines[number - 1])
    return "".join(lines)


def _answers(tree: Any) -> Iterator[Mention]:
    seen: list[int] = []  # buttons may be shared by an alias
    for name, _ in _pairs(_get(tree, "responses")):
        yield Mention("answer", name, "wordings", name, ("responses", name), True)
        for path, variation in _list(tree["responses"], ("responses", name), name):
            buttons = _get(variation, "buttons")
            if id(buttons) in seen:
                continue
            seen.append(id(buttons))
            for at, button in _list(variation, (*path, "buttons"), "buttons"):
                payload = _get(button, "payload")
                if isinstance(payload, str) and (sent := _PAYLOAD.match(payload)):
                    yield Mention("intent", sent[1], "button", name, (*at, "payload"))


def _steps(item: Any, path: tuple[Key, ...], key: str, kind: str, name: str) -> Iterator[Mention]:
    for at, step in _list(item, (*path, key), key):
        yield from _named("intent", step, at, "intent", kind, name)
        yield from _named("answer", step, at, "action", kind, name)
        yield from _steps(step, at, "or", kind, name)


def _wanted(mapping: Any, path: tuple[Key, ...], slot: str) -> Iterator[Mention]:
    for key in ("intent", "not_intent"):
        yield from _named("intent", mapping, path, key, "slot", slot)
        for at, item in _list(mapping, (*path, key), key):
            if isinstance(item, str):
                yield Mention("intent", item, "slot", slot, at)


def _named(
    what: str, item: Any, path: tuple[Key, ...], key: str, where: str, within: str
) -> Iterator[Mention]:
    name = _get(item, key)
    if isinstance(name, str):
        yield Mention(what, name, where, within, (*path, key))


def _get(item: Any, key: str) -> Any:
    return item.get(key) if isinstance(item, dict) else None


def _list(item: Any, path: tuple[Key, ...], key: str = "") -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Go through the list under a name with the path of each entry."""
    found = _get(item, key or str(path[-1]))
    for n, one in enumerate(found if isinstance(found, list) else ()):
        yield (*path, n), one


def _pairs(found: Any) -> Iterator[tuple[str, Any]]:
    return ((str(name), value) for name, value in found.items()) if isinstance(found, dict) else iter(())
