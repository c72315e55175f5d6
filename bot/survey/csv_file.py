"""All answers as a CSV file, a row for each survey."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import sheet
from bot.handoff.model import Survey, iso

COLUMNS = (
    *("asked_at", "cause", "outcome", "with_person", "mood_label"),
    *("understood", "satisfaction", "effort", "recommend", "comment"),
    *("answered_at", "skipped_at", "conversation_id"),
)


def write(path: Path, surveys: Iterable[Survey]) -> int:
    """Write a new file, readable by its owner only; return the number of surveys.

    Raises:
        OwnerFileError: it is there already, or cannot be written.
    """
    return sheet.write(path, COLUMNS, ([_said(getattr(one, name)) for name in COLUMNS] for one in surveys))


def _said(value: Any) -> Any:
    return iso(value) if isinstance(value, datetime) else value
