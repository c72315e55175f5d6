"""All answers as a CSV file that a spreadsheet opens without running anything in it."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.errors import OwnerFileError
from bot.handoff.model import Survey, iso

COLUMNS = (
    *("asked_at", "cause", "outcome", "with_person", "mood_label"),
    *("understood", "satisfaction", "effort", "recommend", "comment"),
    *("answered_at", "skipped_at", "conversation_id"),
)
# With these a spreadsheet takes a cell for a formula, also in the wide forms of East Asian keyboards.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write(path: Path, surveys: Iterable[Survey]) -> int:
    """Write a new file, readable by its owner only; return the number of surveys.

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
        sheet.writerow(COLUMNS)
        rows = [[_cell(getattr(survey, name)) for name in COLUMNS] for survey in surveys]
        sheet.writerows(rows)
    return len(rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    text = value if isinstance(value, str) else iso(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
