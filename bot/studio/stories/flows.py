"""The rules and stories in the owner's files, to be changed, added, divided and deleted there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot import yaml_tree
from bot.errors import NotFound, OwnerFileError, StudioError, WrittenMeanwhile
from bot.studio.files.spans import Spans, line_at
from bot.studio.files.workspace import Edit, Hand, Workspace
from bot.studio.stories import flow as flows
from bot.studio.stories.flow import JOINS, MOST_STEPS, SECTIONS, Flow, Step

LONGEST = 120  # letters of a name
NEW = {"rule": "data/rules/own.yml", "story": "data/stories/own.yml"}
HEAD = 'version: "3.1"\n'
BESIDE = ("data/business/", "data/rehearsals/", "config.yml")


@dataclass(frozen=True)
class Found:
    """A rule or story and where it stands: its file, its place among the others there, its lines from 1."""

    id: str
    flow: Flow
    file: str
    index: int
    lines: tuple[int, ...]  # of each step
    line: int
    last: int

    @property
    def section(self) -> str:
        return SECTIONS[self.flow.kind]

    def has(self, file: str, line: int) -> bool:
        """Tell whether a line of a file is one of its own."""
        return file == self.file and self.line <= line <= self.last

    def step_at(self, line: int) -> int | None:
        """Return which step stands in a line; None where that cannot be told."""
        numbers = [number for number, start in enumerate(self.lines) if start <= line]
        together = len(set(self.lines)) < len(self.lines)
        return numbers[-1] if numbers and not together else None


class Flows:
    """The rules and stories of a workspace. All of it blocks; whatever writes is one edit."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def all(self) -> list[Found]:
        """Read them, in the order of files; a file that cannot be read is left out."""
        return list(_listed(self._workspace))

    def find(self, id: str) -> tuple[Found, str]:
        """Return one and its mark.

        Raises:
            NotFound: there is none.
        """
        found = next((one for one in self.all() if one.id == id), None)
        if found is None:
            raise NotFound("It is not there any more. Somebody may have renamed or deleted it.")
        spans = Spans(self._workspace.read(found.file).text, found.file)
        return found, flows.mark(spans, found.section, found.index)

    def item(self, found: Found) -> dict[str, Any]:
        """Return the entry as the file has it."""
        item = _tree(_text(self._workspace, found.file), found.file)[found.section][found.index]
        return item if isinstance(item, dict) else {}

    def hand(self, found: Found) -> Hand | None:
        """Return who last wrote its file here; None if that was an editor, or git."""
        return self._workspace.hand(found.file)

    def save(self, id: str, mark: str, new: Flow, *, author: str) -> str:
        """Have it go like `new`; return its id, which follows its name.

        Raises:
            NotFound: there is none.
            WrittenMeanwhile: it is not as `mark` says.
            StudioError: a step is not filled in, the name is taken, or it cannot be changed in place.
        """
        with self._workspace.edit(author) as edit:
            found, spans = self._known(edit, id, mark)
            name = self._name(new.name, new.kind, but=found.flow.name)
            _require_few(new)
            flows.change(spans, found.section, found.index, found.flow, replace(new, name=name))
            edit.write(found.file, spans.text)
        return id if name == found.flow.name else f"{new.kind}:{name}"

    def add(self, new: Flow, *, author: str) -> str:
        """Write a new one into the file for those that are made here; return its id."""
        with self._workspace.edit(author) as edit:
            name, file = self._name(new.name, new.kind), NEW[new.kind]
            _require_few(new)
            spans = Spans(edit.read(file).text if edit.has(file) else HEAD, file)
            flows.add(spans, replace(new, name=name))
            edit.write(file, spans.text)
        return f"{new.kind}:{name}"

    def duplicate(self, id: str, mark: str, name: str, *, author: str) -> str:
        """Write the same again below it under another name; return its id."""
        with self._workspace.edit(author) as edit:
            found, spans = self._known(edit, id, mark)
            name = self._name(name, found.flow.kind)
            lines = flows.copied_lines(spans, found.section, found.index, found.flow.kind, name)
            spans.add_item((found.section,), found.index + 1, lines)
            edit.write(found.file, spans.text)
        return f"{found.flow.kind}:{name}"

    def split(self, id: str, mark: str, at: int, name: str, *, joined: bool, author: str) -> str:
        """Let a story end before its step `at`, and another begin there; return the id of that one.

        `joined`: who comes to the end of the first goes on in the second.

        Raises:
            StudioError: it is no story, or one of the two would be empty.
        """
        with self._workspace.edit(author) as edit:
            found, spans = self._known(edit, id, mark)
            steps = found.flow.steps
            if found.flow.kind != "story" or not 0 < at < len(steps):
                raise StudioError("Only a story can be divided, and both parts need a step.")
            name = self._name(name, "story")
            join = (Step(JOINS, (name,)),) if joined else ()
            lines = flows.copied_lines(spans, found.section, found.index, "story", name)
            spans.add_item((found.section,), found.index + 1, lines)
            both = Spans(spans.text, found.file)
            for index, part in enumerate((steps[:at] + join, join + steps[at:]), found.index):
                flows.change(both, found.section, index, found.flow, replace(found.flow, steps=part))
            edit.write(found.file, both.text)
        return f"story:{name}"

    def delete(self, id: str, mark: str, *, author: str) -> None:
        """Delete it, and its file where nothing else is in there."""
        with self._workspace.edit(author) as edit:
            found, spans = self._known(edit, id, mark)
            rest = {key: value for key, value in spans.tree.items() if value and key != "version"}
            if set(rest) == {found.section} and len(rest[found.section]) == 1:
                edit.delete(found.file)
                return
            if len(rest[found.section]) == 1:
                spans.drop_value((found.section,))
            else:
                spans.drop_item((found.section, found.index))
            edit.write(found.file, spans.text)

    def _known(self, edit: Edit, id: str, mark: str) -> tuple[Found, Spans]:
        found, now = self.find(id)
        spans = Spans(edit.read(found.file).text, found.file)
        if now != mark or flows.mark(spans, found.section, found.index) != mark:
            hand = self.hand(found)
            raise WrittenMeanwhile(f"“{found.flow.name}”", hand.author if hand else None)
        return found, spans

    def _name(self, name: str, kind: str, but: str | None = None) -> str:
        name = " ".join(name.split())
        if not name or len(name) > LONGEST:
            raise StudioError(f"Give it a name of 1 to {LONGEST} letters.")
        if not name.isprintable():
            raise StudioError("The name has an invisible sign in it. Type it anew.")
        if name != but and any(one.flow.name == name and one.flow.kind == kind for one in self.all()):
            raise StudioError(f"There is another {kind} “{name}”. Choose another name.")
        return name


def _listed(workspace: Workspace) -> Iterator[Found]:
    seen: Counter[str] = Counter()
    for file in workspace.names():
        if not file.endswith((".yml", ".yaml")) or file.startswith(BESIDE):
            continue
        for found in _within(_text(workspace, file), file):
            seen[found.id] += 1
            again = seen[found.id]
            yield replace(found, id=f"{found.id}:{again}") if again > 1 else found


@lru_cache(maxsize=10_000)
def _within(text: str, file: str) -> tuple[Found, ...]:
    """Read what one file tells; one that has not changed is not read again."""
    tree, found = _tree(text, file), []
    for kind, section in SECTIONS.items():
        entries = tree.get(section)
        for index, item in enumerate(entries if isinstance(entries, list) else ()):
            flow, path = flows.understood(kind, item), (section, index)
            lines = tuple(line_at(tree, (*path, "steps", number)) for number in range(len(flow.steps)))
            place = (index, lines, line_at(tree, path), _last(tree, path))
            found.append(Found(f"{kind}:{flow.name}", flow, file, *place))
    return tuple(found)


def _text(workspace: Workspace, file: str) -> str:
    try:
        return workspace.read(file).text
    except OwnerFileError:  # `check` says what is wrong with it
        return ""


def _tree(text: str, file: str) -> Any:
    try:
        tree = yaml_tree.parse(text, file)
    except OwnerFileError:  # as above
        return {}
    return tree if isinstance(tree, dict) else {}


def _last(tree: Any, path: tuple[str, int]) -> int:
    """Return the last line in which a part of the entry begins."""
    line = line_at(tree, path)
    todo = [tree[path[0]][path[1]]]
    while todo:
        value = todo.pop()
        lines = getattr(value, "lines", ())
        line = max(line, *(lines.values() if isinstance(lines, dict) else lines), line)
        todo += list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return line


def _require_few(flow: Flow) -> None:
    if not flow.steps:
        raise StudioError("Nothing would be left in it. Delete it as a whole instead.")
    if len(flow.steps) > MOST_STEPS:
        raise StudioError(f"It has more than {MOST_STEPS} steps. Divide it.")
