"""How a question is written into its files: in place where it is there, else in a file of its own."""

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml.nodes import MappingNode, SequenceNode

from bot.studio.files.plain_text import plain
from bot.studio.files.spans import Key, Spans
from bot.studio.questions.question import (
    ENTITY_MARK,
    TONES,
    Button,
    Wording,
    bare,
    buttons_of,
    example_in,
    tone_condition,
    tone_of,
)
from bot.studio.questions.wording_lines import asked_tone, dumped, item_lines, merged_buttons, text_lines


def new_file(intent: str, answer: str, examples: Sequence[str], wordings: Sequence[Wording]) -> str:
    """Return a question as a file of its own, written as those of the demo are."""
    said = "".join(f"      - {example}\n" for example in examples)
    nlu = f"nlu:\n  - intent: {intent}\n    examples: " + (f"|\n{said}" if examples else '""\n')
    told = "".join(f"{line}\n" for wording in wordings for line in item_lines(wording, 4))
    responses = f"responses:\n  {answer}:{'' if wordings else ' []'}\n{told}"
    rules = f"rules:\n  - rule: {intent}\n    steps:\n      - intent: {intent}\n      - action: {answer}\n"
    return f'version: "3.1"\n\n{nlu}\n{responses}\n{rules}'


def edited_examples(blocks: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Return the texts of `examples:` with these examples instead.

    Lines that stay keep all they have, such as marks of entities, and comments stay where they are.
    """
    lines = [(n, line) for n, block in enumerate(blocks) for line in block.splitlines()]
    at = [i for i, (_, line) in enumerate(lines) if example_in(line)]
    behind = at[-1] + 1 if at else len(lines)
    before = [bare(example_in(lines[i][1])) for i in at]
    new: dict[int, list[str]] = {}  # what comes before that line
    gone: set[int] = set()
    for what, start, end, first, last in SequenceMatcher(None, before, list(wanted), False).get_opcodes():
        if what != "equal":
            old = [example_in(lines[i][1]) for i in at[start:end]]
            same_many = len(old) == last - first
            new[at[start] if start < len(at) else behind] = [
                _marked(old[n], example) if same_many else example
                for n, example in enumerate(wanted[first:last])
            ]
            gone.update(at[start:end])
    texts: list[list[str]] = [[] for _ in blocks]
    for i in range(len(lines) + 1):
        if i in new:
            block = lines[i - 1 if i == behind and i else i][0] if lines else 0
            texts[block] += [f"- {example}" for example in new[i]]
        if i < len(lines) and i not in gone:
            texts[lines[i][0]].append(lines[i][1])
    return ["".join(f"{line}\n" for line in text) for text in texts]


def set_examples(spans: Spans, path: Sequence[Key], text: str) -> None:
    """Write the text of an intent's `examples:`, which lies at this path of the file's tree."""
    name = spans.name_node(path)
    block = spans.node(path[:-1])
    column = (name or block).start_mark.column
    old = re.search(r"\n( *)\S", spans.raw(spans.node(path))) if name else None
    indent = " " * (len(old[1]) if old and len(old[1]) > column else column + 2)
    lines = [f"{indent}{line}" if line else "" for line in text.splitlines()]
    put = spans.set_value if name else spans.add_value
    put(path, "|" if lines else '""', lines)


def add_examples(spans: Spans, intent: str, examples: Sequence[str]) -> None:
    """Begin an intent's examples in a file that has none of it yet."""
    said = [f"    - {example}" for example in examples]
    add_lines(spans, ("nlu",), None, [f"- intent: {intent}", "  examples: |", *said])


def add_answer(spans: Spans, answer: str, wordings: Sequence[Wording]) -> None:
    """Begin an answer in a file that has none of it yet."""
    known = spans.node(("responses",))
    column = known.value[0][0].start_mark.column if isinstance(known, MappingNode) and known.value else 2
    lines = [line for wording in wordings for line in item_lines(wording, column + 2)]
    if isinstance(known, MappingNode) and known.value:
        spans.add_value(("responses", answer), "", lines)
    else:
        spans.add_section("responses", [f"  {answer}:", *lines])


def add_lines(spans: Spans, path: tuple[Key, ...], index: int | None, lines: Sequence[str]) -> None:
    """Add entries to a list of the file, before the one with that index, or at its end."""
    items = spans.node(path)
    if not isinstance(items, SequenceNode) or not items.value:
        spans.add_section(str(path[0]), [f"  {line}" for line in lines])
        return
    indent = " " * items.start_mark.column
    spans.add_item(path, len(items.value) if index is None else index, [f"{indent}{line}" for line in lines])


def without(text: str, name: str, paths: Collection[tuple[Key, ...]]) -> str | None:
    """Return a file's text without what lies at these paths; None where nothing would be left of it."""
    spans = Spans(text, name)
    sections: dict[Key, int] = {}
    for path in paths:
        sections[path[0]] = sections.get(path[0], 0) + 1
    empty = {key for key, gone in sections.items() if gone == len(spans.tree[key] or ()) and key != "skills"}
    if spans.tree.keys() - empty <= {"version"}:
        return None
    for section in empty:
        spans.drop_value((section,))
    for path in paths:
        if path[0] not in empty:
            items = spans.node(path[:-1])
            if isinstance(items, MappingNode):
                spans.drop_value(path)
            elif len(items.value) == 1:
                spans.set_value(path[:-1], "[]", [])
            else:
                spans.drop_item(path)
    return spans.text


def set_wordings(spans: Spans, path: Sequence[Key], old: Sequence[Any], wanted: Sequence[Wording]) -> None:
    """Have the answer at this path say these wordings; what they do not show of the old ones stays.

    Those that stay also keep their order, which means nothing to customers; new ones go behind the last of
    their tone.
    """
    known = _paired(old, wanted)
    items = spans.node(path)
    if not isinstance(items, SequenceNode) or items.flow_style or not items.value:
        shown = [known.get(n) for n in range(len(wanted))] == [n for n, one in enumerate(old) if tone_of(one)]
        if not shown or any(_differs(old[known[n]], wording) for n, wording in enumerate(wanted)):
            _write_anew(spans, path, old, known, wanted)
        return
    kept = set(known.values())
    for n, wording in enumerate(wanted):
        if n in known:
            _change(spans, (*path, known[n]), old[known[n]], wording)
    gone = [n for n, one in enumerate(old) if n not in kept and tone_of(one)]
    new = [wording for n, wording in enumerate(wanted) if n not in known]
    if len(gone) == len(old) and not new:
        spans.set_value(path, "[]", [])
        return
    for n in gone:
        spans.drop_item((*path, n))
    column = items.start_mark.column
    for tone in sorted({wording.tone for wording in new}, key=_rank):
        same = [n for n, one in enumerate(old) if _rank(tone_of(one)) <= _rank(tone)]
        lines = [line for w in new if w.tone == tone for line in item_lines(w, column)]
        spans.add_item(path, same[-1] + 1 if same else len(old), lines)


def _write_anew(
    spans: Spans, path: Sequence[Key], old: Sequence[Any], known: dict[int, int], wanted: Sequence[Wording]
) -> None:
    """Write a list that is empty, missing, or all in one line."""
    column = 4
    lines: list[str] = []
    for n, wording in enumerate(wanted):
        lines += item_lines(wording, column, old[known[n]] if n in known else None)
    lines += [line for one in old if tone_of(one) is None for line in dumped([one], column)]
    put = spans.set_value if spans.name_node(path) is not None else spans.add_value
    put(path, "" if lines else "[]", lines)


def _change(spans: Spans, path: tuple[Key, ...], old: Any, wording: Wording) -> None:
    block = spans.node(path)
    if block.flow_style:
        if _differs(old, wording):
            lines = item_lines(wording, block.start_mark.column - 2, old)
            words = "\n".join(lines).lstrip()[2:]
            spans.replace(block.start_mark.index, block.end_mark.index, words)
        return
    column = block.start_mark.column
    if plain(str(old["text"])) != plain(wording.text):
        style = getattr(spans.node((*path, "text")), "style", None)
        spans.set_value((*path, "text"), *text_lines(wording.text, column, style))
    if buttons_of(old) != wording.buttons:
        _change_buttons(spans, (*path, "buttons"), old, wording.buttons, column)
    if tone_of(old) != wording.tone:
        _change_tone(spans, path, old, wording.tone, column)


def _change_buttons(
    spans: Spans, path: tuple[Key, ...], old: Any, buttons: Sequence[Button], column: int
) -> None:
    if not buttons:
        spans.drop_value(path)
        return
    put = spans.set_value if "buttons" in old else spans.add_value
    put(path, "", dumped(merged_buttons(old, buttons), column + 2))


def _change_tone(spans: Spans, path: tuple[Key, ...], old: Any, tone: str, column: int) -> None:
    number, conditions = tone_condition(old), old.get("condition") or []
    if number is not None and tone != "plain":
        spans.set_value((*path, "condition", number, "value"), tone, [])
        return
    asked = [one for n, one in enumerate(conditions) if n != number] + asked_tone(tone)
    if not asked:
        spans.drop_value((*path, "condition"))
    else:
        put = spans.set_value if conditions else spans.add_value
        put((*path, "condition"), "", dumped(asked, column + 2))


def _rank(tone: str | None) -> int:
    return TONES.index(tone) if tone in TONES else 0


def _marked(old: str, new: str) -> str:
    """Mark in a changed example what was marked in the old one, where its words are still there."""
    for mark in ENTITY_MARK.finditer(old):
        if new.count(mark[1]) == 1:
            new = new.replace(mark[1], mark[0])
    return new


def _paired(old: Sequence[Any], wanted: Sequence[Wording]) -> dict[int, int]:
    """Tell which wanted wording (by its place) is which old one: by its number, else by its words."""
    free = {n for n, one in enumerate(old) if tone_of(one)}
    pairs: dict[int, int] = {}
    for n, wording in enumerate(wanted):
        if wording.number in free:
            pairs[n] = wording.number
            free.discard(wording.number)
    for n, wording in enumerate(wanted):
        same = [o for o in sorted(free) if not _differs(old[o], wording)]
        if n not in pairs and same:
            pairs[n] = same[0]
            free.discard(same[0])
    return pairs


def _differs(old: Any, wording: Wording) -> bool:
    shown = (tone_of(old), plain(str(old["text"])), buttons_of(old))
    return shown != (wording.tone, plain(wording.text), wording.buttons)
