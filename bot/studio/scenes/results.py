"""What the owner's trials found, kept until the next: of which files, and whether that still holds.

Each is a JSON object with `fingerprint`, the `tree` of the files that it is about, and `live`, that of what
was live then.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.errors import StudioError

REHEARSAL, ANSWERS = "rehearsal", "answers"


class Results:
    """The results in a folder, each in a file of its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> dict[str, Any] | None:
        """Return a result; None if there is none that can be read."""
        try:
            found = json.loads((self._folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and "fingerprint" in found else None

    def write(self, name: str, result: Mapping[str, Any]) -> None:
        """Keep a result in place of the one before.

        Raises:
            StudioError: the disk does not take it.
        """
        draft = self._folder / f".{name}.tmp"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
                json.dump(result, file, ensure_ascii=True)
            draft.replace(self._folder / f"{name}.json")
        except OSError as problem:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise StudioError(f"The result cannot be kept ({problem.strerror}). Make room.") from problem
