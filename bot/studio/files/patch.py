"""An owner's settings, changed value by value; nothing else in the file may say other things then."""

from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml.nodes import MappingNode

from bot.owner_file import Part
from bot.studio.files.scalar import Scalar, scalar
from bot.studio.files.spans import Key, Spans

Entry = Scalar | Mapping[str, Scalar]


class Patch:
    """Changes to the text of a file, each at once; take `text` at the end.

    Every change raises StudioError where it would say something else elsewhere in the file.

    Raises (at construction):
        OwnerFileError: the text is no YAML that an owner may write.
    """

    def __init__(self, text: str, name: str) -> None:
        for problem in Part.parse(text, name).problems:
            raise problem
        self._spans = Spans(text, name)

    @property
    def text(self) -> str:
        return self._spans.text

    @property
    def tree(self) -> Any:
        """Return what the file says now."""
        return self._spans.tree

    def set(self, path: Sequence[Key], value: Scalar, *, after: str | None = None) -> None:
        """Have one place say a value; a name that is not there yet is added, behind the name `after`."""
        before = self._value(path)
        if before == value and type(before) is type(value):
            return
        wanted = self._wanted(path, value)
        words = self._words(path, value, after)
        if self._spans.name_node(path) is None:
            self._spans.add_value(path, words, [], after=after)
        else:
            self._spans.set_value(path, words, [])
        self._require(wanted)

    def delete(self, path: Sequence[Key]) -> None:
        """Take a name and its value away, if it is there."""
        if self._spans.name_node(path) is not None:
            wanted = self._wanted(path, None)
            _at(wanted, path[:-1]).pop(path[-1])
            self._spans.drop_value(path)
            self._require(wanted)

    def arrange(self, path: Sequence[Key], entries: Sequence[int | Entry]) -> None:
        """Have a list hold these entries: a number keeps the one that stood there, in the order they stood.

        New ones go to the end, whatever their place in `entries`.
        """
        found = self._value(path)
        before = found if isinstance(found, list) else []
        kept = sorted(entry for entry in entries if isinstance(entry, int))
        added = [entry for entry in entries if not isinstance(entry, int)]
        if kept == list(range(len(before))) and not added:
            return
        wanted = self._wanted(path, [*(before[index] for index in kept), *added])
        if added:
            self._add(path, added, some=bool(before))
        self._drop(path, [index for index in range(len(before)) if index not in kept])
        if not kept and not added and self._value(path) is None:
            self._spans.set_value(path, "[]", [])
        self._require(wanted)

    def _drop(self, path: Sequence[Key], gone: Sequence[int]) -> None:
        """Take entries out of a list; lines at once, so that no comment between gets into a text above it."""
        for index in reversed(gone):
            self._spans.drop_item((*path, index))
            if self._spans.node(path).flow_style:
                self._go_on()
        self._go_on()

    def _add(self, path: Sequence[Key], added: Sequence[Entry], *, some: bool) -> None:
        """Write entries behind those of a list, or begin it."""
        spans, block = self._spans, self._spans.node(path[:-1])
        items = spans.node(path) if some else None
        column = items.start_mark.column if items else block.start_mark.column + 2 if block else 2
        flow = bool(items and items.flow_style)
        lines = [line for entry in added for line in _lines(entry, column, flow=flow)]
        if items:
            spans.add_item(path, len(items.value), lines)
        elif len(path) == 1:
            spans.add_section(str(path[0]), lines)
        else:
            put = spans.add_value if spans.name_node(path) is None else spans.set_value
            put(path, "", lines)
        self._go_on()

    def _words(self, path: Sequence[Key], value: Scalar, after: str | None) -> str:
        """Write a value as the one before was written, or as its neighbour is."""
        block = self._spans.node(path[:-1])
        pairs = block.value if isinstance(block, MappingNode) else []
        near = {name.value: one for name, one in pairs}
        like = near.get(str(path[-1])) or near.get(after) or (pairs[-1][1] if pairs else None)
        return scalar(value, getattr(like, "style", None), flow=bool(block and block.flow_style))

    def _value(self, path: Sequence[Key]) -> Any:
        try:
            return _at(self.tree, path)
        except (KeyError, IndexError, TypeError):
            return None

    def _wanted(self, path: Sequence[Key], value: Any) -> Any:
        """Return what the file would say with that value, and with no other that an alias shares with it."""
        wanted = _apart(self.tree)
        try:
            _at(wanted, path[:-1])[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            raise self._spans.refused() from None
        return wanted

    def _require(self, wanted: Any) -> None:
        """Make sure that the file says what it should and nothing else has changed."""
        self._go_on()
        if self.tree != wanted:
            raise self._spans.refused()

    def _go_on(self) -> None:
        self._spans = Spans(self._spans.text, self._spans.name)


def _at(tree: Any, path: Sequence[Key]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _apart(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _apart(one) for key, one in value.items()}
    return [_apart(one) for one in value] if isinstance(value, list) else value


def _lines(entry: Entry, column: int, *, flow: bool) -> list[str]:
    said = (
        [f"{key}: {scalar(value, flow=flow)}" for key, value in entry.items()]
        if isinstance(entry, Mapping)
        else [scalar(entry, flow=flow)]
    )
    return [f"{' ' * column}{'  ' if number else '- '}{words}" for number, words in enumerate(said)]
