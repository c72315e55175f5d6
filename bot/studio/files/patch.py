"""A YAML file of which single values are replaced in place; every other letter stays as it is.

`Document` suits blocks that are written anew. Here a list loses or gains entries without the comments of
what follows it, which YAML readers count to its last entry, and a long sentence stays in one line.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from bot.errors import StudioError
from bot.owner_file import Part

Key = str | int
Scalar = str | int | float | date
Entry = Scalar | Mapping[str, Scalar]
BESIDE = "It could not be changed here without touching other lines. Change it in the file itself."


class Patch:
    """Changes to the text of a file, each at once; take `text` at the end.

    Raises (at construction):
        OwnerFileError: the text is no YAML that an owner may write.
    """

    def __init__(self, text: str, name: str) -> None:
        for problem in Part.parse(text, name).problems:
            raise problem
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._start = "\ufeff" if text.startswith("\ufeff") else ""
        self._text = text.replace("\r\n", "\n").removeprefix("\ufeff")

    @property
    def text(self) -> str:
        return self._start + self._text.replace("\n", self._newline)

    @property
    def tree(self) -> Any:
        """Return what the file says now, as plain values."""
        return YAML(typ="safe").load(self._text) or {}

    def place(self, line: int) -> tuple[Key, ...]:
        """Return the path of what stands in a line, counted from 1, as far as it can be told."""
        node, path = YAML(typ="rt").compose(self._text), []
        while isinstance(node, (MappingNode, SequenceNode)):
            inside = (
                [(key.value, key, value) for key, value in node.value]
                if isinstance(node, MappingNode)
                else [(index, value, value) for index, value in enumerate(node.value)]
            )
            before = [found for found in inside if found[1].start_mark.line < line]
            if not before:
                break
            key, _, node = before[-1]
            path.append(key)
        return tuple(path)

    def set(self, path: Sequence[Key], value: Scalar, *, after: str | None = None) -> None:
        """Have one place say a value; a key that is not there yet is added, behind the key `after`."""
        if self._value(path) == value and type(self._value(path)) is type(value):
            return
        wanted = self.tree
        _put(wanted, path, value)
        node = self._node(path)
        if node is not None:
            self._replace(node, _scalar(value, getattr(node, "style", None)))
        else:
            self._add(path, value, after)
        self._require(wanted)

    def delete(self, path: Sequence[Key]) -> None:
        """Take a key and its value away, if it is there."""
        block, wanted = self._node(path[:-1]), self.tree
        for key, value in block.value if isinstance(block, MappingNode) else ():
            if key.value == path[-1]:
                begin = self._line_start(key.start_mark.index)
                self._text = self._text[:begin] + self._text[self._end(value) :].removeprefix("\n")
                del _at(wanted, path[:-1])[path[-1]]
                self._require(wanted)

    def arrange(self, path: Sequence[Key], entries: Sequence[int | Entry]) -> None:
        """Have a list hold these entries: a number keeps the one that stood there, in the order they stood.

        New ones go to the end, whatever their place in `entries`.
        """
        before = list(self._value(path) or ())
        kept = sorted(entry for entry in entries if isinstance(entry, int))
        added = [entry for entry in entries if not isinstance(entry, int)]
        if kept == list(range(len(before))) and not added:
            return
        wanted = self.tree
        _put(wanted, path, [*(before[index] for index in kept), *map(_plain, added)])
        node = self._node(path)
        if isinstance(node, SequenceNode) and not node.flow_style:
            self._arrange_block(node, kept, added)
        elif isinstance(node, SequenceNode) and before and not any(isinstance(e, Mapping) for e in added):
            inside = [self._text[n.start_mark.index : n.end_mark.index] for n in node.value]
            words = [*(inside[index] for index in kept), *(_scalar(e, None, flow=True) for e in added)]
            self._replace(node, f"[{', '.join(words)}]")
        else:
            self._begin(path, node, added)
        if not kept and not added and isinstance(node, SequenceNode):
            colon = self._colon(path)
            self._text = f"{self._text[:colon]} []{self._text[colon:]}"
        self._require(wanted)

    def _arrange_block(self, node: SequenceNode, kept: list[int], added: list[Entry]) -> None:
        column = node.start_mark.column
        ends = [self._end(entry) for entry in node.value]
        starts = [self._line_start(entry.start_mark.index) for entry in node.value]
        new = "".join(f"\n{_entry(entry, column)}" for entry in added)
        text = self._text[: ends[-1]] + new + self._text[ends[-1] :]
        for index in reversed(range(len(starts))):
            if index not in kept:
                text = text[: starts[index]] + text[ends[index] :].removeprefix("\n")
        self._text = text

    def _begin(self, path: Sequence[Key], node: Node | None, added: list[Entry]) -> None:
        """Begin a list that is empty, or not there."""
        column = 2 * len(path)
        lines = "".join(f"\n{_entry(entry, column)}" for entry in added)
        if node is not None:
            begin = self._colon(path)
            end = node.end_mark.index if isinstance(node, SequenceNode) else begin
            line = self._line_end(end)
            self._text = self._text[:begin] + self._text[end:line] + lines + self._text[line:]
        elif len(path) == 1:
            self._text = f"{self._text.rstrip()}\n\n{path[0]}:{lines}\n"
        else:
            raise StudioError(BESIDE)

    def _add(self, path: Sequence[Key], value: Scalar, after: str | None) -> None:
        block = self._node(path[:-1])
        if not isinstance(block, MappingNode) or block.flow_style or not block.value:
            raise StudioError(BESIDE)
        nodes = {key.value: found for key, found in block.value}
        like = nodes.get(after or "") or block.value[-1][1]
        end = self._end(like)
        line = f"{_scalar(str(path[-1]), None)}: {_scalar(value, getattr(like, 'style', None))}"
        column = block.value[0][0].start_mark.column
        self._text = f"{self._text[:end]}\n{' ' * column}{line}{self._text[end:]}"

    def _replace(self, node: Node, words: str) -> None:
        begin, end = node.start_mark.index, node.end_mark.index
        old = self._text[begin:end]
        if begin == end and self._text[begin - 1 : begin] == ":":
            words = f" {words}"
        self._text = self._text[:begin] + words + old[len(old.rstrip()) :] + self._text[end:]

    def _end(self, node: Node) -> int:
        """Return where the line ends in which a value ends, its comment included."""
        end, start = node.end_mark.index, node.start_mark.index
        lines = self._text[start:end].split("\n")
        if end and self._text[end - 1 : end] in ("\n", " ") or not lines[-1].strip():
            while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
                lines.pop()
            end = start + len("\n".join(lines))
        return self._line_end(end)

    def _line_end(self, index: int) -> int:
        found = self._text.find("\n", index)
        return len(self._text) if found < 0 else found

    def _line_start(self, index: int) -> int:
        return self._text.rfind("\n", 0, index) + 1

    def _node(self, path: Sequence[Key]) -> Node | None:
        node = YAML(typ="rt").compose(self._text)
        for key in path:
            if isinstance(node, MappingNode):
                node = next((value for name, value in node.value if name.value == str(key)), None)
            elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
            else:
                return None
        return node

    def _colon(self, path: Sequence[Key]) -> int:
        """Return where the colon behind a key ends."""
        block = self._node(path[:-1])
        for key, _ in block.value if isinstance(block, MappingNode) else ():
            if key.value == path[-1]:
                return self._text.index(":", key.end_mark.index) + 1
        raise StudioError(BESIDE)

    def _value(self, path: Sequence[Key]) -> Any:
        try:
            return _at(self.tree, path)
        except (KeyError, IndexError, TypeError):
            return None

    def _require(self, wanted: Any) -> None:
        """Make sure that the file says what it should and nothing else has changed."""
        try:
            says = self.tree
        except Exception:  # whatever the reader stumbles over
            says = None
        if says != wanted:
            raise StudioError(BESIDE)


def _at(tree: Any, path: Sequence[Key]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _put(tree: Any, path: Sequence[Key], value: Any) -> None:
    try:
        _at(tree, path[:-1])[path[-1]] = value
    except (KeyError, IndexError, TypeError):
        raise StudioError(BESIDE) from None


def _plain(entry: Entry) -> Any:
    return dict(entry) if isinstance(entry, Mapping) else entry


def _entry(entry: Entry, column: int) -> str:
    before = " " * column
    if not isinstance(entry, Mapping):
        return f"{before}- {_scalar(entry, None)}"
    lines = [f"{key}: {_scalar(value, None)}" for key, value in entry.items()]
    return f"{before}- " + f"\n{before}  ".join(lines)


def _scalar(value: Scalar, style: str | None, *, flow: bool = False) -> str:
    """Write a value as an owner would: bare where that says the same, else in quotation marks."""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return f"{value:g}"
    if style in (None, ">", "|") and not value.startswith("-") and value == " ".join(value.split()):
        try:
            bare = YAML(typ="safe").load(f"[{value}]" if flow else f"key: {value}")
            if bare == ([value] if flow else {"key": value}):
                return value
        except Exception:  # it cannot be read bare
            pass
    return json.dumps(value, ensure_ascii=False)
