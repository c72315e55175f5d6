"""A rule or story as steps that an owner can change; those that nobody changes keep their letters."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.nodes import SequenceNode

from bot.errors import StudioError
from bot.studio.files.spans import Spans
from bot.studio.files.workspace import digest
from bot.studio.questions.wording_lines import dumped

SECTIONS = {"rule": "rules", "story": "stories"}
SAYS, DOES, ASKS, KNOWN, JOINS, KEPT = "says", "does", "asks", "known", "joins", "kept"
MOST_STEPS = 200
Value = str | bool | int | float | None


@dataclass(frozen=True)
class Step:
    """What happens at one place.

    `what` is `says` (a customer, any of the intents in `names`), `does` (the answer, action or form in
    `names`), `asks` (the form in `names` goes on asking; none: it is done), `known` (slots with their
    `values`), `joins` (the checkpoint in `names`), or `kept`: something else, which stays as it is in the
    file. `number` is the place in the file of a step that was there; None for a new one.
    """

    what: str
    names: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    number: int | None = None

    def same_as(self, other: "Step") -> bool:
        return (self.what, self.names, dict(self.values)) == (other.what, other.names, dict(other.values))


@dataclass(frozen=True)
class Flow:
    """A rule or story. `condition`, `at_start` and `waits` are a rule's: see `bot.lessons.Flow`."""

    kind: str
    name: str
    steps: tuple[Step, ...]
    condition: tuple[Step, ...] = ()
    at_start: bool = False
    waits: bool = True


def understood(kind: str, item: Any) -> Flow:
    """Read an entry of a file, whatever is in it."""
    item = item if isinstance(item, dict) else {}
    steps, condition = (
        item.get(key) if isinstance(item.get(key), list) else [] for key in ("steps", "condition")
    )
    return Flow(
        kind,
        str(item.get(kind) or ""),
        tuple(_step(step, number) for number, step in enumerate(steps)),
        tuple(_step(step, number) for number, step in enumerate(condition)),
        item.get("conversation_start") is True,
        item.get("wait_for_user_input") is not False,
    )


def _step(step: Any, number: int) -> Step:
    match step:
        case {"intent": str(name)} if len(step) == 1:
            return Step(SAYS, (name,), number=number)
        case {"or": [_, *_] as choices} if len(step) == 1 and all(
            _step(one, 0).what == SAYS for one in choices
        ):
            return Step(SAYS, tuple(one["intent"] for one in choices), number=number)
        case {"action": str(name)} if len(step) == 1:
            return Step(DOES, (name,), number=number)
        case {"active_loop": None | str() as form} if len(step) == 1:
            return Step(ASKS, (form,) if form else (), number=number)
        case {"checkpoint": str(name)} if len(step) == 1:
            return Step(JOINS, (name,), number=number)
        case {"slot_was_set": list(slots)} if len(step) == 1:
            values = {key: value for one in slots for key, value in _set(one)}
            if values and all(isinstance(value, Value) for value in values.values()):
                return Step(KNOWN, values=values, number=number)
    return Step(KEPT, number=number)


def _set(slot: Any) -> list[tuple[str, Any]]:
    return (
        [(str(key), value) for key, value in slot.items()] if isinstance(slot, dict) else [(str(slot), True)]
    )


def raw(step: Any) -> str:
    """Return a step as short YAML, for one that is kept as it is."""
    return json.dumps(step, ensure_ascii=False, default=str)


def written(step: Step) -> dict[str, Any]:
    """Return a step as the file has it.

    Raises:
        StudioError: something is missing in it.
    """
    name = step.names[0] if step.names else ""
    if step.what == SAYS and all(step.names) and step.names:
        return {"intent": name} if len(step.names) == 1 else {"or": [{"intent": one} for one in step.names]}
    if step.what == DOES and name:
        return {"action": name}
    if step.what == ASKS:
        return {"active_loop": name or None}
    if step.what == JOINS and name.strip():
        return {"checkpoint": name.strip()}
    if step.what == KNOWN and step.values:
        return {"slot_was_set": [{key: value} for key, value in step.values.items()]}
    raise StudioError("A step is not filled in yet. Choose what happens there, or delete it.")


def mark(spans: Spans, section: str, index: int) -> str:
    """Return what tells this text of a rule or story from another."""
    return digest(_own_text(spans, section, index))


def change(spans: Spans, section: str, index: int, old: Flow, new: Flow) -> None:
    """Have the entry at that place say `new`."""
    path = (section, index)
    if old.name != new.name:
        spans.set_value((*path, new.kind), _scalar(new.name), [])
    if list(old.steps) != list(new.steps):
        _change_list(spans, (*path, "steps"), old.steps, new.steps)
    if list(old.condition) != list(new.condition):
        if not new.condition:
            spans.drop_value((*path, "condition"))
        elif old.condition:
            _change_list(spans, (*path, "condition"), old.condition, new.condition)
        else:
            spans.add_value((*path, "condition"), "", _block(spans, path, new.condition))
    _change_flag(spans, (*path, "conversation_start"), old.at_start, new.at_start, default=False)
    _change_flag(spans, (*path, "wait_for_user_input"), old.waits, new.waits, default=True)


def add(spans: Spans, flow: Flow, *, after: int | None = None) -> None:
    """Write a new entry behind the one at place `after`, or behind all others."""
    section = SECTIONS[flow.kind]
    entries = spans.node((section,))
    have = len(entries.value) if entries is not None and isinstance(entries.value, list) else 0
    if not have:
        if entries is not None and section in spans.tree:
            spans.drop_value((section,))
        spans.append("\n".join([f"{section}:", *new_lines(flow, 2)]))
        return
    column = entries.value[0].start_mark.column - 2
    spans.add_item((section,), have if after is None else after + 1, new_lines(flow, max(0, column)))


def new_lines(flow: Flow, column: int) -> list[str]:
    """Write a rule or story as an entry of a list whose dashes stand in that column."""
    entry: dict[str, Any] = {flow.kind: flow.name}
    if flow.at_start:
        entry["conversation_start"] = True
    if flow.condition:
        entry["condition"] = [written(step) for step in flow.condition]
    entry["steps"] = [written(step) for step in flow.steps]
    if not flow.waits:
        entry["wait_for_user_input"] = False
    return dumped([entry], column)


def copied_lines(spans: Spans, section: str, index: int, kind: str, name: str) -> list[str]:
    """Return the lines of an entry under another name."""
    lines = _own_text(spans, section, index).split("\n")
    node = spans.name_node((section, index, kind))
    if node is None or spans.node((section,)).flow_style:
        raise StudioError("It is written in one line with others. Change it in the file.")
    value = spans.node((section, index, kind))
    start = spans.line_start(spans.item_start(spans.node((section,)), index))
    line = spans.source.count("\n", start, value.start_mark.index)
    before = spans.source[spans.line_start(value.start_mark.index) : value.start_mark.index]
    behind = spans.source[value.end_mark.index : spans.line_end(value.end_mark.index)]
    lines[line] = f"{before}{_scalar(name)}{behind}"
    return lines


def _own_text(spans: Spans, section: str, index: int) -> str:
    entries = spans.node((section,))
    start = spans.line_start(spans.item_start(entries, index))
    return spans.source[start : spans.line_end(spans.item_end(entries, index))]


def _change_flag(spans: Spans, path: tuple[str | int, ...], old: bool, new: bool, *, default: bool) -> None:
    if old == new:
        return
    if spans.name_node(path) is not None:
        if new == default:
            spans.drop_value(path)
        else:
            spans.set_value(path, json.dumps(new), [])
    else:
        spans.add_value(path, json.dumps(new), [])


def _change_list(spans: Spans, path: tuple[str | int, ...], old: Sequence[Step], new: Sequence[Step]) -> None:
    """Put the pieces of a list together anew: pieces that stay are moved with their comments."""
    node = spans.node(path)
    if not new:
        raise StudioError("Nothing would be left in it. Delete it as a whole instead.")
    name = spans.name_node(path)
    if name is not None and node.start_mark.index < name.start_mark.index:
        raise StudioError("Its steps are written elsewhere, for several at once. Change them in the file.")
    if not isinstance(node, SequenceNode) or not node.value:
        put = spans.add_value if name is None else spans.set_value
        put(path, "", _block(spans, path[:-1], new))
        return
    if node.flow_style:
        pieces = [spans.raw(one).rstrip() for one in node.value]
        said = [pieces[step.number] if _stays(step, old) else _in_line(step) for step in new]  # type: ignore[index]
        one_line = f"[{', '.join(said)}]"
        if len(one_line) + node.start_mark.column <= 110:
            spans.replace(node.start_mark.index, spans.end(node), one_line)
        else:
            spans.set_value(path, "", _block(spans, path[:-1], new))
        return
    column = spans.item_start(node, 0) - spans.line_start(spans.item_start(node, 0))
    start = first = spans.line_start(spans.item_start(node, 0))
    chunks = []
    for index in range(len(node.value)):
        end = spans.line_end(spans.item_end(node, index))
        chunks.append(spans.source[start:end])
        start = end + 1
    said = [
        chunks[step.number] if _stays(step, old) else "\n".join(dumped([written(step)], column))  # type: ignore[index]
        for step in new
    ]
    spans.replace(first, start - 1, "\n".join(said))


def _stays(step: Step, old: Sequence[Step]) -> bool:
    """Tell whether a step is one that was there, as it was.

    Raises:
        StudioError: it is one that only the file can change, and is not there.
    """
    there = step.number is not None and 0 <= step.number < len(old) and step.same_as(old[step.number])
    if step.what == KEPT and not there:
        raise StudioError("This step can only be changed in the file.")
    return there


def _block(spans: Spans, path: tuple[str | int, ...], steps: Sequence[Step]) -> list[str]:
    """Write steps as lines below a name of the entry at `path`."""
    column = spans.node(path).value[0][0].start_mark.column
    return dumped([written(step) for step in steps], column + 2)


def _in_line(step: Step) -> str:
    return _flow_style(written(step))


def _flow_style(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow_style(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow_style(one) for one in value) + "]"
    return _scalar(value)


def _scalar(value: Value) -> str:
    """Write a name or value in a line, in quotation marks where it needs them."""
    [line] = dumped([value], 0)
    bare = line[2:]
    return (
        json.dumps(value, ensure_ascii=False) if isinstance(value, str) and set(bare) & set(",[]{}") else bare
    )
