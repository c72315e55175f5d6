"""A YAML text as blocks and lists that know their lines. Takes no more of YAML than owners have a use for.

Parsed event by event, by libyaml where it can, so that a text that is too deep, repeats itself without end
or brings kinds of values of its own is refused before anything is made of it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.resolver import implicit_resolvers

from bot.errors import OwnerFileError

LARGEST = 1_000_000  # bytes of one file
LARGEST_SLOWLY = 200_000  # letters that are read again, fifty times as slowly, where libyaml refuses them
DEEPEST = 40  # blocks within blocks
MOST_REPEATED = 100_000  # values that aliases (*name) may bring in
# What the YAML readers say, and what that means to somebody who has never heard of YAML.
_QUOTE = "Close the quotation mark that is opened here"
_BRACKET = "Close the bracket, or put text with { or [ in quotation marks"
_MENDS = (
    (
        "cannot start any token",
        "Use spaces, not tabs, and quotation marks around text that starts with @ or %",
    ),
    ("mapping values are not allowed", "Put the text in quotation marks, because it has a colon in it"),
    ("found unexpected end of stream", _QUOTE),
    ("found unexpected document", _QUOTE),
    ("did not find expected key", "Check the quotation marks and the spaces at the start of this line"),
    ("expected <block end>", "Start this line with as many spaces as the lines that belong with it"),
    ("expected '-' indicator", "Start this line with as many spaces as the lines that belong with it"),
    ("could not find expected ':'", "Write a colon and a space after the first word"),
    ("expected ',' or ", _BRACKET),
    ("expected the node content", _BRACKET),
    ("expected node content", _BRACKET),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Signs that libyaml takes for the end of a line, as YAML did before 1.2.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
# What a word without quotation marks may stand for, by its first sign: YAML 1.2, as Rasa reads it.
_KINDS = [(tag, form, first) for versions, tag, form, first in implicit_resolvers if (1, 2) in versions]
_WORDS = ("merge", "value", "yaml")
_FORMS: dict[str, list[re.Pattern[str]]] = {}
for _tag, _form, _first in _KINDS:
    if not _tag.endswith(_WORDS):
        for _sign in _first:
            _FORMS.setdefault(_sign, []).append(_form)


class Block(dict[Any, Any]):
    """Names with their values. `lines` tells where each name stands, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Any, int] = {}


class Items(list[Any]):
    """A list. `lines` tells where each of its items starts, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


def parse(text: str, name: str) -> Any:
    """Return what the text of the file `name` says: a `Block`, `Items`, a plain value or None.

    Raises:
        OwnerFileError: it is no YAML, or none that an owner needs; names the line and the mend.
    """
    if len(text) > LARGEST or len(text.encode(errors="replace")) > LARGEST:
        raise too_large(name)
    if hidden := _CONTROL.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        raise _refusal(name, line, "there is an invisible sign in it", "Type this line anew")
    if not _LINE_ENDS.search(text):
        try:
            return _Tree(name).build(YAML(typ="safe").parse(text))
        except YAMLError as problem:  # libyaml refuses some of what YAML 1.2 allows, such as {a: Where?}
            if len(text) > LARGEST_SLOWLY:
                raise _unreadable(name, problem) from None
    try:
        return _Tree(name).build(YAML(typ="safe", pure=True).parse(text))
    except YAMLError as problem:
        raise _unreadable(name, problem) from None


def too_large(name: str) -> OwnerFileError:
    """Return what to say of a file with more than `LARGEST` bytes."""
    return _refusal(name, 0, "it is larger than 1 MB", "Divide it into several files")


class _Tree:
    """Puts blocks and lists together from the reader's events."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._events: Iterator[Any] = iter(())
        self._named: dict[str, tuple[Any, int]] = {}  # what stands behind an anchor, and how large it is
        self._depth = self._repeated = 0

    def build(self, events: Iterator[Any]) -> Any:
        self._events = events
        value, documents = None, 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second text starts here", "Delete the line “---”")
                value, _ = self._value(next(events))
        return value

    def _value(self, event: Any) -> tuple[Any, int]:
        """Return the value that starts with `event`, and how many values it holds, itself included."""
        if isinstance(event, AliasEvent):
            return self._again(event)
        if event.tag and event.tag != "!":
            self._refuse(event, "a word starts with “!”", "Put text that starts with ! in quotation marks")
        if isinstance(event, ScalarEvent):
            found: tuple[Any, int] = (_plain(event.value) if event.implicit[0] else event.value), 1
        else:
            found = self._within(event)
        if event.anchor:
            self._named[event.anchor] = found
        return found

    def _within(self, event: Any) -> tuple[Any, int]:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(event, "this is a block too deep within blocks", "Start it further left")
        found = self._block() if isinstance(event, MappingStartEvent) else self._items()
        self._depth -= 1
        return found

    def _items(self) -> tuple[Items, int]:
        items, size = Items(), 1
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            value, within = self._value(event)
            items.append(value)
            items.lines.append(event.start_mark.line + 1)
            size += within
        return items, size

    def _block(self) -> tuple[Block, int]:
        block, size, merged = Block(), 1, []
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event)
            line = event.start_mark.line + 1
            value, within = self._value(next(self._events))
            size += within
            if key == "<<" and event.implicit[0]:
                merged.append((value, line))
            elif key in block:
                mend = "Keep one of the two and delete the other"
                self._refuse(event, f"“{key}” stands there twice", mend)
            else:
                block[key] = value
                block.lines[key] = line
        for value, line in merged:
            _merge(block, value, line)
        return block, size

    def _key(self, event: Any) -> Any:
        key, _ = self._value(event)
        if isinstance(key, (Block, Items)):
            self._refuse(event, "a bracket stands where a name should", "Put it in quotation marks")
        return key

    def _again(self, event: AliasEvent) -> tuple[Any, int]:
        if event.anchor not in self._named:
            mend = "Put text that starts with * in quotation marks"
            self._refuse(event, f"“*{event.anchor}” stands for nothing yet", mend)
        value, size = self._named[event.anchor]
        self._repeated += size
        if self._repeated > MOST_REPEATED:
            self._refuse(event, "it repeats itself too often", "Write out what “*” stands for")
        return value, size

    def _refuse(self, event: Any, problem: str, mend: str) -> NoReturn:
        raise _refusal(self._name, event.start_mark.line + 1, problem, mend)


def _merge(block: Block, value: Any, line: int) -> None:
    """Take over what `<<` brings in, where the block does not say it itself."""
    for source in value if isinstance(value, Items) else [value]:
        for key, inherited in source.items() if isinstance(source, Block) else ():
            if key not in block:
                block[key] = inherited
                block.lines[key] = line


def _plain(value: str) -> Any:
    """Return what a word without quotation marks stands for."""
    forms = _FORMS.get(value[:1])
    return _meant(value) if forms and any(form.match(value) for form in forms) else value


@lru_cache(maxsize=1000)
def _meant(value: str) -> Any:
    try:
        return YAML(typ="safe", pure=True).load(value)
    except (ValueError, YAMLError):  # 2026-02-31, or a number of thousands of digits
        return value


def _refusal(name: str, line: int, problem: str, mend: str) -> OwnerFileError:
    return OwnerFileError(name, line, f"cannot be read ({problem})", mend)


def _unreadable(name: str, error: YAMLError) -> OwnerFileError:
    if not isinstance(error, MarkedYAMLError):
        return OwnerFileError(name, 0, "cannot be read", "Save it as plain text in UTF-8")
    problem = (error.problem or error.context or "it is not written as it should be").strip()
    opened = error.context_mark if "quoted scalar" in (error.context or "") else None
    mark = opened or error.problem_mark or error.context_mark
    mend = next((text for sign, text in _MENDS if sign in problem), None)
    return _refusal(
        name,
        mark.line + 1 if mark else 0,
        problem.splitlines()[0],
        mend or "Compare this line and the one above with a file that works",
    )
