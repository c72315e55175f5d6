"""What was not understood: for a terminal, and as a CSV file in which a spreadsheet finds nothing to run."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot import sheet
from bot.handoff.model import iso
from bot.studio.asked.feelings import CALM, ORDER
from bot.studio.asked.unknown import Group

COLUMNS = (
    *("group", "asked", "text", "at", "feeling", "why", "guess", "confidence"),
    *("nearest", "likeness", "conversation", "seq"),
)
MOST = 20  # groups that are printed
WIDTH = 56  # signs of a text that are printed


def as_table(groups: Sequence[Group], asked: int, days: int) -> str:
    """Return the largest groups, one a line; `asked` counts all messages of these days."""
    period = f"the last {days} days" if days > 1 else "the last day"
    if not asked:
        return f"Nobody asked anything in {period}."
    unknown = sum(len(group.messages) for group in groups)
    if not unknown:
        return f"All {asked:,} messages of {period} were understood."
    were = "was" if unknown == 1 else "were"
    lines = [f"Of {asked:,} messages of {period}, {unknown:,} {were} not surely understood:", ""]
    lines += [_line(group) for group in groups[:MOST]]
    if len(groups) > MOST:
        lines.append(f"         and {len(groups) - MOST:,} more:  ./kindhand unanswered --csv FILE")
    return "\n".join([*lines, "", "The studio makes examples or new questions of them: “What they asked”."])


def write(path: Path, groups: Sequence[Group]) -> int:
    """Write a new file with a row for each message, readable by its owner only; return their number.

    Raises:
        OwnerFileError: it is there already, or cannot be written.
    """
    return sheet.write(path, COLUMNS, _rows(groups))


def _line(group: Group) -> str:
    text = " ".join(group.text.split())
    shown = text if len(text) <= WIDTH else f"{text[: WIDTH - 1].rstrip()}…"
    worse = [label for label in reversed(ORDER) if label != CALM and label in group.feelings]
    felt = ", ".join(f"{group.feelings[label]} {label}" for label in worse)
    near = f"near “{group.suggested.intent}”, {group.suggested.likeness:.0%}" if group.suggested else ""
    return f"  {len(group.messages):>4} ×  {shown:<{WIDTH}}  {near:<40}  {felt}".rstrip()


def _rows(groups: Sequence[Group]) -> Iterator[tuple[Any, ...]]:
    for number, group in enumerate(groups, 1):
        near = (group.suggested.intent, group.suggested.likeness) if group.suggested else (None, None)
        for one in group.messages:
            about = (one.text, iso(one.at), one.feeling, one.why, one.guess, one.confidence)
            yield number, len(group.messages), *about, *near, one.conversation, one.seq
