"""A wording as lines of YAML: short texts bare or in quotation marks, long ones folded."""

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from bot.studio.questions.question import Button, Wording, buttons_of, tone_condition

WIDTH = 96  # columns of a folded text, as in the demo's files
SHORT = 80  # letters of a text that may stand bare, or in quotation marks
_BARE = re.compile(r"[A-Za-z][\w ,.'’“”!?/()€£$%+-]*(?<! )")
_NO_WORDS = ("y", "n", "yes", "no", "true", "false", "on", "off", "null")


def item_lines(wording: Wording, column: int, old: Any = None) -> list[str]:
    """Write a wording as an entry of a list whose dashes stand in that column."""
    within = column + 2
    more = {key: value for key, value in (old or {}).items() if key not in ("condition", "text", "buttons")}
    number = tone_condition(old) if old else None
    conditions = [one for n, one in enumerate((old or {}).get("condition") or ()) if n != number]
    asked = conditions + asked_tone(wording.tone)
    head, below = text_lines(wording.text, within, ">")
    lines = ["condition:", *dumped(asked, within + 2)] if asked else []
    lines += [f"text: {head}", *below]
    if wording.buttons:
        lines += ["buttons:", *dumped(merged_buttons(old or {}, wording.buttons), within + 2)]
    lines += [line for key, value in more.items() for line in dumped({key: value}, within)]
    indented = [line if line.startswith(" ") or not line else f"{' ' * within}{line}" for line in lines]
    return [f"{' ' * column}- {indented[0].lstrip()}", *indented[1:]]


def text_lines(text: str, column: int, style: str | None) -> tuple[str, list[str]]:
    """Write a text below a name in that column: in quotation marks where it was, folded where it is long."""
    indent = " " * (column + 2)
    if "\n" in text:
        return "|-", [f"{indent}{line}" if line else "" for line in text.split("\n")]
    if len(text) <= SHORT and style in ('"', "'"):
        return json.dumps(text, ensure_ascii=False), []
    if len(text) <= SHORT and style is None and _is_bare(text):
        return text, []
    width = max(20, WIDTH - column - 2)
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return (">-", [f"{indent}{line}" for line in lines]) if lines else ('""', [])


def _is_bare(text: str) -> bool:
    return bool(_BARE.fullmatch(text)) and text.lower() not in _NO_WORDS


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value, default=str)
    if _is_bare(value) or re.fullmatch(r"/\w+", value):
        return value
    if '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def dumped(value: Any, column: int) -> list[str]:
    """Write lists and blocks in lines that start in that column."""
    return [" " * column + line for line in _lines(value)]


def _lines(value: Any) -> Iterator[str]:
    entries = (
        [("- ", one) for one in value]
        if isinstance(value, list)
        else [(f"{_scalar(key)}:", one) for key, one in value.items()]
    )
    for start, one in entries:
        if isinstance(one, (list, dict)) and one:
            if start == "- ":
                first, *rest = _lines(one)
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
            else:
                yield start
                yield from (f"  {line}" for line in _lines(one))
        else:
            yield f"{start.rstrip()} {_scalar(one)}"


def asked_tone(tone: str) -> list[dict[str, str]]:
    return [] if tone == "plain" else [{"type": "slot", "name": "tone", "value": tone}]


def merged_buttons(old: Any, buttons: Sequence[Button]) -> list[Any]:
    """Return buttons with what the form does not show of those that were there."""
    found = {
        buttons_of({"buttons": [one]})[0]: one for one in old.get("buttons") or () if isinstance(one, dict)
    }
    return [found.get(button, {"title": button.title, "payload": button.payload}) for button in buttons]
