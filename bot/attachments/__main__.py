"""The process that opens one file and writes what is kept of it: `python -m bot.attachments FILE FOLDER`.

Answers with one line of JSON: `{kind, width, height}` or `{refused, problem}`. It has no secrets, little
memory and little time, and it may die: then the file is refused.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.attachments.kinds import ENOUGH, HEIC, PDF, kind_of
from bot.attachments.refusals import AttachmentRefused

WHOLE, SMALL = "whole", "small"  # what is written into the folder
MEMORY = 1 << 30  # bytes
SECONDS = 20  # of processor time
LARGEST = 64 << 20  # bytes of a file that is written


def main(source: Path, folder: Path) -> dict[str, Any]:
    """Open a file of whatever kind; write what is kept of it."""
    with source.open("rb") as file:
        kind = kind_of(file.read(ENOUGH))
    if kind is None:
        raise AttachmentRefused("unknown_kind")
    if kind is HEIC:
        raise AttachmentRefused("heic")
    if kind is PDF:
        from bot.attachments import papers

        papers.rewrite(source, folder / WHOLE)
        return {"kind": PDF.mime, "width": None, "height": None}
    from bot.attachments import pictures

    drawn = pictures.draw(source, folder / WHOLE, folder / SMALL)
    return {"kind": drawn.kind.mime, "width": drawn.width, "height": drawn.height}


def limit() -> None:
    """Let this process take no more than it should, where the system knows such limits."""
    os.umask(0o077)
    with suppress(ImportError, ValueError, OSError):
        import resource

        limits = {"CORE": 0, "FSIZE": LARGEST, "CPU": SECONDS, "AS": MEMORY}
        for name, most in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


if __name__ == "__main__":
    limit()
    try:
        answer = main(Path(sys.argv[1]), Path(sys.argv[2]))
    except AttachmentRefused as refusal:
        answer = {"refused": refusal.code, "problem": refusal.text}
    sys.stdout.write(json.dumps(answer))
