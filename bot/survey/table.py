"""Figures of the survey as a table for a terminal; shares are counts, so that few look like few."""

from collections.abc import Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table

from bot.survey.figures import Figures, Middle, Section

WIDTH = 120
FEW = 10  # answers, below which a difference between two groups says nothing
COLUMNS = ("asked", "answered", "skipped", "understood: yes, partly, no", "satisfied", "effort", "recommend")


def as_table(sections: Sequence[Section], period: str) -> str:
    """Return the sections one below the other; `period` says of which time, such as “the last 90 days”."""
    everything = sections[0].groups["all"]
    if not everything.asked:
        return f"Nobody was asked in {period}. Whether and when is in data/business/widget.yml, “survey”."
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for title in COLUMNS:
        table.add_column(title, justify="right")
    for section in sections:
        if section.title:
            table.add_row()
            table.add_row(section.title)
        for name, figures in section.groups.items():
            table.add_row(f"  {name}" if section.title else name, *_cells(figures))
    text = StringIO()
    Console(file=text, width=WIDTH, highlight=False, markup=False, emoji=False).print(table)
    lines = [line.rstrip() for line in text.getvalue().splitlines()]
    return "\n".join([f"Asked in {period}", "", *lines, "", *_words(everything)])


def _cells(figures: Figures) -> tuple[str, ...]:
    understood = figures.understood
    return (
        f"{figures.asked:,}",
        f"{figures.answered:,}",
        f"{figures.skipped:,}",
        ", ".join(f"{count:,}" for count in understood.values()) if any(understood.values()) else "-",
        _median(figures.satisfaction),
        _median(figures.effort),
        _median(figures.recommend),
    )


def _median(middle: Middle) -> str:
    return "-" if middle.median is None else f"{middle.median:g} ({middle.n:,})"


def _words(all_of_them: Figures) -> list[str]:
    lines = [
        "Medians, and in brackets of how many. Satisfied, 1 to 5: 5 is best. Effort, 1 to 5: 5 is hardest.",
        "Who did not answer may have found it otherwise. Asked are only those who were there to see it.",
    ]
    if all_of_them.recommend.n:
        asked = all_of_them.recommend.n
        lines.append(
            f"Recommend, 0 to 10: {all_of_them.promoters} of {asked} said 9 or 10, "
            f"{all_of_them.detractors} said 6 or less."
        )
    if all_of_them.answered < FEW:
        lines.append("These are few answers: read them one by one rather than compare them.")
    if all_of_them.comments:
        written = "1 comment was" if all_of_them.comments == 1 else f"{all_of_them.comments} comments were"
        lines.append(f"{written} written. All answers as a file:  ./kindhand survey --csv FILE")
    return lines
