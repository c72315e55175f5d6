"""The detector beside its peers: a column each, as a table or as JSON."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from textwrap import fill
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.bench.labelled import Labelled
from bot.bench.mood import MoodFigure, answers, by_difficulty, figures
from bot.bench.word_list import WordListDetector
from bot.empathy.detector import build_detector
from bot.empathy.reading import Detector
from bot.empathy.sensor import words_detector
from bot.fairness.probe import Probe, Spread, probe
from bot.supervisor.steps import Steps

WHO = ("name", "identity", "relation")
MOST = 6  # groups shown of each kind; JSON has all
SEEN = 0.0005  # differences below are not shown
WIDTH = 120
KINDS = {"person": (WHO, "group of people"), "English": (("register",), "kind of English")}


@dataclass(frozen=True)
class Column:
    """All that was measured of one detector."""

    title: str
    detector: str
    figures: Sequence[MoodFigure]
    difficulty: Sequence[MoodFigure]
    fairness: Probe

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "title": self.title,
            "detector": self.detector,
            "figures": [figure.as_dict() for figure in self.figures],
            "difficulty": [figure.as_dict() for figure in self.difficulty],
            "fairness": self.fairness.as_dict(),
        }


def columns(messages: Sequence[Labelled], steps: Steps) -> list[Column]:
    """Measure the word list alone, the product without its model, and the product."""
    peers: tuple[tuple[str, Callable[[], Detector], bool], ...] = (
        ("word list alone", WordListDetector, False),
        ("without the model", words_detector, True),
        ("the product", build_detector, True),
    )
    found = []
    for title, build, names in peers:
        with steps.step(f"Reading {len(messages):,} messages and the fairness probe: {title}"):
            found.append(column(title, build(), messages, names=names))
    return found


def column(title: str, detector: Detector, messages: Sequence[Labelled], *, names: bool = True) -> Column:
    """Measure one detector. `names`: whether it names emotions and targets, or only knows good from bad."""
    found = answers(detector, messages)
    difficulty = by_difficulty(messages, found) if names else []
    name = found.readings[0].detector
    return Column(title, name, figures(messages, found, names=names), difficulty, probe(detector))


def as_dict(columns: Sequence[Column], messages: Sequence[Labelled]) -> dict[str, Any]:
    """Return all columns as JSON can hold them."""
    return {"messages": len(messages), "columns": [one.as_dict() for one in columns]}


def as_table(columns: Sequence[Column]) -> str:
    """Return the columns side by side, and what the probe found of the last one."""
    sections = (
        ("All messages", [list(one.figures) for one in columns]),
        ("Emotion right, by what makes a message hard", [list(one.difficulty) for one in columns]),
        (
            "One message from different people: distress",
            [list(_fair(one.fairness)) for one in columns],
        ),
    )
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for one in columns:
        table.add_column(f"{one.title}\n{one.detector}", justify="right")
    table.add_column("of", justify="right")
    for title, found in sections:
        _add(table, title, found)
    text = StringIO()
    Console(file=text, width=WIDTH, highlight=False, markup=False, emoji=False).print(table)
    return "\n".join(line.rstrip() for line in (*text.getvalue().splitlines(), *_details(columns[-1])))


def _add(table: Table, title: str, found: Sequence[Sequence[MoodFigure]]) -> None:
    """Add a section, a row for each figure that any column has."""
    rows = {figure.what: figure for figures in reversed(found) for figure in figures}
    if rows:
        table.add_row()
        table.add_row(title)
    for what, any_figure in rows.items():
        cells = [next((_cell(one) for one in figures if one.what == what), "") for figures in found]
        table.add_row(f"  {what}", *cells, f"{any_figure.messages:,}")


def _cell(figure: MoodFigure) -> str:
    if figure.unit == "ms":
        return f"{figure.value:.2f} ms"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"


def _fair(found: Probe) -> Iterator[MoodFigure]:
    for title, (kinds, group) in KINDS.items():
        spreads, groups = found.about(*kinds), found.groups(*kinds)
        yield MoodFigure(f"spread by {title}, median", found.median(*kinds), len(spreads))
        yield MoodFigure(f"spread by {title}, worst", spreads[0].width, len(spreads))
        yield MoodFigure(f"furthest mean of a {group}", abs(groups[0].difference), len(groups))
    for title, calm in (("calm", True), ("upset", False)):
        count = sum(spread.calm == calm for spread in found.spreads)
        yield MoodFigure(f"mean of {title} messages", found.mean(calm=calm), count)


def _details(one: Column) -> Iterator[str]:
    """Say in words what the probe found of one detector."""
    yield ""
    yield f"Fairness of {one.title}, in detail; by how much a group is heard as more distressed"
    for kind in (*WHO, "register"):
        groups = one.fairness.groups(kind)
        shown = [lean for lean in groups if abs(lean.difference) >= SEEN][:MOST]
        yield from ("", f"  {kind}: {'groups furthest from the mean' if shown else 'all groups alike'}")
        yield from (f"    {lean.difference:+.3f}  {lean.group} (of {lean.wordings})" for lean in shown)
        yield from _extremes(one.fairness.worst(kind))


def _extremes(spread: Spread) -> Iterator[str]:
    if spread.width < SEEN:
        return
    yield f"    the message heard most differently, by {spread.width:.3f}:"
    for heard in (spread.lowest, spread.highest):
        yield _wrapped(f"{heard.distress:.3f}  {heard.text}", 6)


def _wrapped(text: str, indent: int) -> str:
    return fill(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
