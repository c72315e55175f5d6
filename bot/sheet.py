"""Rows as a CSV file that a spreadsheet opens without running anything in it."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.errors import OwnerFileError

# With these a spreadsheet takes a cell for a formula, also in the wide forms of East Asian keyboards.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a new file, readable by its owner only; return the number of rows.

    Raises:
        OwnerFileError: it is there already, or cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OwnerFileError(str(path), 0, "is there already", "Name another file, or move it away") from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise OwnerFileError(str(path), 0, f"cannot be written: {reason}", "Name another file") from problem
    # The mark at its beginning tells spreadsheets that it is UTF-8.
    with open(handle, "w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(columns)
        cells = [[_cell(value) for value in row] for row in rows]
        sheet.writerows(cells)
    return len(cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.lstrip().startswith(FORMULA):
        return f"'{value}"
    return str(value)
