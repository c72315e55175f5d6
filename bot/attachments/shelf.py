"""Where files lie: `var/attachments/CONVERSATION/ID`, for the desk's own eyes.

Rows say what there is. A file without a row is what a kill or an error left behind, and goes at the next
start; so whoever adds a file puts it here first and writes the row afterwards.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bot.attachments.__main__ import SMALL, WHOLE
from bot.attachments.refusals import AttachmentRefused

ARRIVING = ".arriving"  # no conversation's id begins with a dot
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Shelf:
    """A folder of files. Calls block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def desk(self) -> Iterator[Path]:
        """Make a folder to work in, which is gone afterwards with all that is left in it."""
        place = self._folder / ARRIVING / secrets.token_urlsafe(12)
        with room():
            place.mkdir(mode=0o700, parents=True)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def put(self, worked: Path, conversation_id: str, id: str) -> int:
        """Keep what was written into a folder to work in; return its bytes. It is on the disk for good.

        Raises:
            AttachmentRefused: there is no room.
        """
        with room():
            place = self._folder / conversation_id
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            for made in (SMALL, WHOLE):
                if (worked / made).exists():
                    target = self._path(conversation_id, id, small=made == SMALL)
                    _sync(worked / made)
                    (worked / made).chmod(0o600)
                    os.replace(worked / made, target)
            for folder in (place, self._folder):
                _sync(folder)
            return self._path(conversation_id, id).stat().st_size

    def open(self, conversation_id: str, id: str, *, small: bool = False) -> BinaryIO | None:
        """Open a file to read; without a small one the whole. None: it is not there."""
        for path in (self._path(conversation_id, id, small=small), self._path(conversation_id, id)):
            with suppress(FileNotFoundError):
                return path.open("rb")
        return None

    def remove(self, conversation_id: str, id: str) -> None:
        """Remove one file."""
        for small in (True, False):
            self._path(conversation_id, id, small=small).unlink(missing_ok=True)

    def clear(self, conversation_id: str) -> None:
        """Remove all files of a conversation."""
        with suppress(FileNotFoundError):
            shutil.rmtree(self._folder / conversation_id)

    def sweep(self, known: Collection[tuple[str, str]]) -> int:
        """Remove what belongs to nothing known, as (conversation, id); return how many files went."""
        shutil.rmtree(self._folder / ARRIVING, ignore_errors=True)
        gone = 0
        for place in _listed(self._folder):
            for file in _listed(place):
                if (place.name, file.name.partition(".")[0]) not in known:
                    file.unlink(missing_ok=True)
                    gone += 1
            with suppress(OSError):  # not empty
                place.rmdir()
        return gone

    def _path(self, conversation_id: str, id: str, *, small: bool = False) -> Path:
        return self._folder / conversation_id / (f"{id}.{SMALL}" if small else id)


@contextmanager
def room() -> Iterator[None]:
    """Say it in our own way when the disk is full."""
    try:
        yield
    except OSError as problem:
        if problem.errno in FULL:
            raise AttachmentRefused("no_room") from None
        raise


def _listed(folder: Path) -> list[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(folder.iterdir())
    return []


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
