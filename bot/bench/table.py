"""Figures as a table for a terminal."""

from collections.abc import Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table

from bot.bench.figure import Figure


def as_table(figures: Sequence[Figure]) -> str:
    """Return the figures side by side with their peers, ratios and aims."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title, justify in (("what", "left"), ("ours", "right"), ("peer", "right"), ("ratio", "right")):
        table.add_column(title, justify=justify, no_wrap=title != "what")  # type: ignore[arg-type]
    table.add_column("aim")
    table.add_column("how it was measured", overflow="fold")
    for figure in figures:
        peer = _number(figure.peer, figure.unit) if figure.peer is not None else ""
        ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
        table.add_row(figure.what, _number(figure.ours, figure.unit), peer, ratio, figure.aim, figure.note)
    text = StringIO()
    Console(file=text, width=150).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.1f} {unit}"
