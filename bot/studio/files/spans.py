"""Where in a YAML text each value stands, so that a few are replaced and every other letter stays."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot import yaml_tree
from bot.errors import StudioError
from bot.studio.files.scalar import scalar

Key = str | int
_ANCHOR = re.compile(r"(?<=[\s\[{,])&(\S+)\s")
_ALIAS = re.compile(r"(?:[\s\[,:-]|#.*)*\*[^\s,\[\]{}]+")  # with what may stand before it
BESIDE = "It cannot be changed here without touching what stands beside it. Change it in the file {name}."


class Spans:
    """A text and changes to it, all told by their places in the text as it was; take `text` at the end.

    Raises (at construction):
        OwnerFileError: the text is no YAML that an owner may write.
    """

    def __init__(self, text: str, name: str) -> None:
        self.name, self.tree = name, yaml_tree.parse(text, name) or yaml_tree.Block()
        # Where only some lines end in the way of Windows, each keeps its own.
        self._newline = "\r\n" if 0 < text.count("\n") == text.count("\r\n") else "\n"
        self._start = "\ufeff" if text.startswith("\ufeff") else ""
        self.source = text.replace(self._newline, "\n").removeprefix(self._start)
        self._root = _composed(self.source)
        self._changes: list[tuple[int, int, str]] = []

    @property
    def text(self) -> str:
        """Return the text with all changes.

        Raises:
            StudioError: it would be no YAML any more.
        """
        text, before = self.source, len(self.source) + 1
        for start, end, words in reversed(sorted(self._changes, key=lambda change: change[:2])):
            if end > before:
                raise self.refused()
            text, before = text[:start] + words + text[end:], start
        text = _with_anchors(self.source, text, self._root)
        try:
            yaml_tree.parse(text, self.name)
        except Exception:
            raise self.refused() from None
        return self._start + text.replace("\n", self._newline)

    def node(self, path: Sequence[Key]) -> Any:
        """Return the node at a path; None where there is none."""
        node = self._root
        for key in path:
            if isinstance(node, MappingNode):
                node = next((value for name, value in node.value if name.value == str(key)), None)
            elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
            else:
                return None
        return node

    def name_node(self, path: Sequence[Key]) -> Node | None:
        """Return the node of the name itself, for the path of a value under a name."""
        block = self.node(path[:-1])
        pairs = block.value if isinstance(block, MappingNode) else ()
        return next((name for name, _ in pairs if name.value == str(path[-1])), None)

    def refused(self) -> StudioError:
        return StudioError(BESIDE.format(name=self.name))

    def raw(self, node: Node) -> str:
        return self.source[node.start_mark.index : node.end_mark.index]

    def replace(self, start: int, end: int, words: str) -> None:
        self._changes.append((start, min(end, len(self.source)), words))

    def append(self, lines: str) -> None:
        """Write lines at the end of the text, which ends with a line end then."""
        apart = "" if self.source.endswith("\n") or not self.source else "\n"
        self.replace(len(self.source), len(self.source), f"{apart}{lines}\n")

    def end(self, node: Node, after: int = 0) -> int:
        """Return where a value ends; `after`: what is before it ends there, if it may be an alias."""
        if node.start_mark.index < after:  # it stands elsewhere; here is only its name
            alias = _ALIAS.match(self.source, after)
            if alias is None:
                raise self.refused()
            return alias.end()
        if isinstance(node, ScalarNode) or node.flow_style or not node.value:
            return node.start_mark.index + len(self.raw(node).rstrip())
        last = node.value[-1]
        if isinstance(node, MappingNode):
            return max(self.end(last[1], last[0].end_mark.index), last[0].end_mark.index + 1)
        return self.item_end(node, len(node.value) - 1)

    def line_start(self, index: int) -> int:
        return self.source.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        found = self.source.find("\n", index)
        return len(self.source) if found < 0 else found

    def set_value(self, path: Sequence[Key], head: str, lines: Sequence[str]) -> None:
        """Have a name that is there have another value: `head` in its line, and lines below it."""
        name, node = self.name_node(path), self.node(path)
        if name is None:
            raise self.refused()
        colon = self.source.index(":", name.end_mark.index) + 1
        end = max(colon, self.end(node, name.end_mark.index))
        first = self.line_end(colon)
        head_end = end if end <= first else first
        # A comment in the line stays there; a block's text starts below it.
        rest = "" if end > first else self.source[end : self.line_end(end)]
        if end > first and isinstance(node, ScalarNode) and node.style in ("|", ">"):
            comment = re.search(r"\s+#.*", self.source[colon:first])
            rest = comment[0] if comment else ""
        below = "".join(f"\n{line}" for line in lines)
        stop = self.line_end(end) if end <= first else max(end, head_end)
        self.replace(colon, stop, f" {head}{rest}{below}" if head else f"{rest}{below}")

    def add_value(
        self, path: Sequence[Key], head: str, lines: Sequence[str], *, after: Key | None = None
    ) -> None:
        """Add a name with its value to a block that has some: behind the name `after`, or at the end."""
        block = self.node(path[:-1])
        if not isinstance(block, MappingNode) or block.flow_style or not block.value:
            raise self.refused()
        before = next((pair for pair in block.value if pair[0].value == after), block.value[-1])
        end = self.line_end(max(self.end(before[1], before[0].end_mark.index), before[0].end_mark.index))
        below = "".join(f"\n{line}" for line in lines)
        name = f"{' ' * block.value[0][0].start_mark.column}{scalar(str(path[-1]))}:"
        self.replace(end, end, f"\n{name}{' ' if head else ''}{head}{below}")

    def add_section(self, name: str, lines: Sequence[str]) -> None:
        """Begin a section of the file, or fill the empty one."""
        if self.name_node((name,)) is not None:
            self.set_value((name,), "", lines)
        else:
            self.append("\n".join([*([""] if self.source else []), f"{name}:", *lines]))

    def drop_value(self, path: Sequence[Key]) -> None:
        """Take a name and its value away; what stands above the next one stays."""
        name, node, block = self.name_node(path), self.node(path), self.node(path[:-1])
        if name is None or block.flow_style:
            raise self.refused()
        start, end = name.start_mark.index, self.end(node, name.end_mark.index)
        later = [key for key, _ in block.value if key.start_mark.index > start]
        own_line = not self.source[self.line_start(start) : start].strip()
        if own_line:
            self.replace(self.line_start(start), self.line_end(end) + 1, "")
        elif later:  # it stands behind a dash, where the next one goes
            self.replace(start, later[0].start_mark.index, "")
        else:
            raise self.refused()

    def drop_item(self, path: Sequence[Key]) -> None:
        """Take an entry of a list away; what stands above the next one stays."""
        items, index = self.node(path[:-1]), path[-1]
        start, end = self.item_start(items, index), self.item_end(items, index)
        if not items.flow_style:
            self.replace(self.line_start(start), self.line_end(end) + 1, "")
        elif index + 1 < len(items.value):
            self.replace(start, self.item_start(items, index + 1), "")
        else:
            self.replace(self.item_end(items, index - 1) if index else start, end, "")

    def add_item(self, path: Sequence[Key], index: int, lines: Sequence[str]) -> None:
        """Add entries to a list that has some: before the one of that index, or at the end.

        In a list in one line, they come behind another, and each is one line too.
        """
        items = self.node(path)
        if items.flow_style:
            if not index or not all(line.lstrip().startswith("- ") for line in lines):
                raise self.refused()
            end = self.item_end(items, index - 1)
            self.replace(end, end, "".join(f", {line.lstrip()[2:]}" for line in lines))
            return
        before = self.line_end(self.item_end(items, index - 1)) + 1 if index else None
        at = self.line_start(self.item_start(items, 0)) if before is None else min(before, len(self.source))
        apart = "" if self.source[at - 1 : at] == "\n" or not at else "\n"
        self.replace(at, at, apart + "".join(f"{line}\n" for line in lines))

    def item_start(self, items: Node, index: int) -> int:
        """Return where the dash of an entry is; in a list in one line, where its value begins."""
        at, first = items.value[index].start_mark.index, items.start_mark.index
        at = self.source.rindex("*", 0, self.item_end(items, index)) if at < first else at
        return at if items.flow_style else self.source.rindex("-", 0, at)

    def item_end(self, items: Node, index: int) -> int:
        first, alias = items.start_mark.index, items.value[index].start_mark.index < items.start_mark.index
        return self.end(items.value[index], self.item_end(items, index - 1) if alias and index else first)


def line_at(tree: Any, path: Sequence[Key]) -> int:
    """Return the line, from 1, at which what lies at a path of a tree begins."""
    line = 1
    for key in path:
        if isinstance(tree, yaml_tree.Block):
            line, tree = tree.lines.get(key, line), tree.get(key)
        elif isinstance(tree, yaml_tree.Items) and isinstance(key, int):
            line, tree = tree.lines[key], tree[key]
    return line


def path_at(tree: Any, line: int) -> tuple[Key, ...]:
    """Return the path of what stands in a line, from 1, as far as it can be told."""
    path: list[Key] = []
    while isinstance(tree, (yaml_tree.Block, yaml_tree.Items)):
        places = tree.lines.items() if isinstance(tree, yaml_tree.Block) else enumerate(tree.lines)
        before = sorted((at, number, key) for number, (key, at) in enumerate(places) if at <= line)
        if not before:
            break
        path.append(before[-1][2])
        tree = tree[path[-1]]
    return tuple(path)


def _composed(source: str) -> Any:
    try:
        return YAML(typ="safe").compose(source)
    except YAMLError:  # libyaml refuses some of what YAML 1.2 allows
        return YAML(typ="safe", pure=True).compose(source)


def _with_anchors(before: str, after: str, root: Any) -> str:
    """Bring back what aliases stand for, where the place that said it has gone: to the first of them."""
    for anchor in _ANCHOR.finditer(before):
        name = re.escape(anchor[1])
        alias = re.search(rf"(?<=\s)\*{name}(?=[\s,\]}}]|$)", after)
        if alias and not re.search(rf"(?<=[\s\[{{,])&{name}\s", after):
            node = next((one for one in _nodes(root) if one.start_mark.index >= anchor.start()), None)
            after = f"{after[: alias.start()]}&{anchor[1]} {_in_one_line(node)}{after[alias.end() :]}"
    return after


def _nodes(node: Any) -> Iterator[Any]:
    if node is not None:
        yield node
    for one in node.value if isinstance(node, (MappingNode, SequenceNode)) else ():
        for part in one if isinstance(one, tuple) else (one,):
            yield from _nodes(part)


def _in_one_line(node: Any) -> str:
    if isinstance(node, MappingNode):
        pairs = (f"{_in_one_line(name)}: {_in_one_line(value)}" for name, value in node.value)
        return f"{{{', '.join(pairs)}}}"
    if isinstance(node, SequenceNode):
        return f"[{', '.join(map(_in_one_line, node.value))}]"
    text = node.tag.endswith(":str") if node else False
    return json.dumps(node.value, ensure_ascii=False) if text else str(getattr(node, "value", "null"))
