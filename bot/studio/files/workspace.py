"""The owner's files as a place to work in: read, and written all together or not at all."""

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from bot.errors import OwnerFileError, StudioError, WrittenMeanwhile

TAUGHT_IN = ("domain.yml", "config.yml", "data")  # what an owner teaches the assistant in
KINDS = (".yml", ".yaml", ".jsonl")
LARGEST = 1_000_000  # bytes of one file
PATIENCE = 10.0  # seconds to wait for another writer


@dataclass(frozen=True)
class File:
    """A file as it was read. `name` is its path in the project, with slashes."""

    name: str
    text: str

    @property
    def digest(self) -> str:
        return digest(self.text)


@dataclass(frozen=True)
class Hand:
    """Who last wrote a file here, and when. An editor leaves none."""

    author: str
    at: datetime


class Workspace:
    """The files below `root`; what is noted about them lies in `aside`, out of their way.

    Every name that leaves the folder, or is no file of the assistant's, is refused with `StudioError`.
    """

    def __init__(self, root: Path, aside: Path) -> None:
        self.root, self._aside = root, aside

    def names(self) -> list[str]:
        """List the files that there are, in order."""
        found = []
        for name in TAUGHT_IN:
            place = self.root / name
            inside = place.rglob("*") if place.is_dir() else [place]
            found += [path for path in inside if path.is_file() and path.suffix in KINDS]
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def read(self, name: str) -> File:
        """Read a file.

        Raises:
            OwnerFileError: it is not there, too large, or no plain text in UTF-8.
        """
        path = self._path(name)
        try:
            if path.stat().st_size > LARGEST:
                raise OwnerFileError(name, 0, "is larger than 1 MB", "Divide it into several files")
            return File(name, path.read_bytes().decode())
        except FileNotFoundError:
            raise OwnerFileError(name, 0, "is missing", "Somebody moved or deleted it") from None
        except UnicodeDecodeError:
            raise OwnerFileError(name, 0, "cannot be read", "Save it as plain text in UTF-8") from None
        except OSError as problem:
            raise OwnerFileError(
                name, 0, f"cannot be read ({problem.strerror})", "Check who may read it"
            ) from None

    def has(self, name: str) -> bool:
        return self._path(name).is_file()

    def digest(self, name: str) -> str | None:
        """Tell the file as it is now from others; None where there is none."""
        path = self._path(name)
        return digest(_text(path.read_bytes())) if path.is_file() else None

    def hand(self, name: str) -> Hand | None:
        """Return who wrote the file as it is now; None if that was an editor, or git."""
        noted = self._noted().get(name)
        if not noted or not self.has(name) or noted["digest"] != self.read(name).digest:
            return None
        return Hand(noted["author"], datetime.fromisoformat(noted["at"]))

    @contextmanager
    def edit(self, author: str) -> Iterator["Edit"]:
        """Change files: all that the block writes is kept at its end, or none of it where it raises.

        Raises:
            WrittenMeanwhile: an editor wrote a file between its reading and the end.
            StudioError: somebody else writes for too long, or the disk does not take it.
        """
        with self.still():
            edit = Edit(self)
            yield edit
            edit.keep(self._path, lambda: self._note(edit, author))

    @contextmanager
    def still(self) -> Iterator[None]:
        """Keep others from changing files here meanwhile, so that nobody sees half of what they save.

        Raises:
            StudioError: somebody else writes for too long, or the disk does not take it.
        """
        lock = FileLock(self._aside / "files.lock", timeout=PATIENCE)
        try:
            self._aside.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise StudioError("Somebody else is saving just now. Try again in a moment.") from None
        except OSError as problem:
            why = f"{self._aside} cannot be used ({problem.strerror}). Make room there."
            raise StudioError(why) from problem
        try:
            yield
        finally:
            lock.release()

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        path = self.root.joinpath(*parts)
        ours = parts and parts[0] in TAUGHT_IN and path.suffix in KINDS and ".." not in parts
        # The folder data/ may be a link to elsewhere, such as to a volume; what lies in it may not lead out.
        places = (self.root, self.root / parts[0]) if ours else ()
        if not any(path.resolve().is_relative_to(place.resolve()) for place in places):
            raise StudioError(f"“{name}” is not a file that the assistant is taught in.")
        return path

    def _noted(self) -> dict[str, dict[str, str]]:
        try:
            return dict(json.loads((self._aside / "hands.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}  # only who it was is lost

    def _note(self, edit: "Edit", author: str) -> None:
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        noted = {name: hand for name, hand in self._noted().items() if name not in edit.written}
        for name, text in edit.written.items():
            if text is not None:
                noted[name] = {"digest": digest(text), "author": author, "at": at}
        with suppress(OSError):  # the files are written; only who it was would be lost
            _replace(self._aside / "hands.json", json.dumps(noted, ensure_ascii=False).encode())


class Edit:
    """Files that are changed together. What it reads is what it has written, once it has."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._found: dict[str, str | None] = {}  # digests of what was read; None: there was no such file
        self.written: dict[str, str | None] = {}  # None: to be deleted

    def read(self, name: str) -> File:
        """Read a file as `Workspace.read` does."""
        if (text := self.written.get(name)) is not None:
            return File(name, text)
        file = self._workspace.read(name)
        self._found.setdefault(name, file.digest)
        return file

    def has(self, name: str) -> bool:
        return self.written[name] is not None if name in self.written else self._workspace.has(name)

    def write(self, name: str, text: str) -> None:
        """Have a file say this. One that was never read must not be there yet.

        Raises:
            OwnerFileError: it would be larger than files may be.
        """
        if len(text.encode()) > LARGEST:
            raise OwnerFileError(name, 0, "would be larger than 1 MB", "Divide it into several files")
        self._found.setdefault(name, None)
        self.written[name] = text

    def replace(self, name: str, known: str, text: str) -> None:
        """Have a file say this, if it is still as the caller knew it, by its digest.

        Raises:
            WrittenMeanwhile: it is not; names who wrote it, if that was done here.
        """
        if self.read(name).digest != known:
            hand = self._workspace.hand(name)
            raise WrittenMeanwhile(name, hand.author if hand else None)
        self.write(name, text)

    def delete(self, name: str) -> None:
        """Delete a file."""
        self.read(name)
        self.written[name] = None

    def overwrite(self, name: str, content: bytes | None, *, known: bytes | None) -> None:
        """Have a file be this instead of what the caller knew, even no text; None: no such file."""
        self._found[name] = digest(_text(known)) if known is not None else None
        self.written[name] = _text(content) if content is not None else None

    def keep(self, path_of: Callable[[str], Path], done: Callable[[], None]) -> None:
        """Write it all down; called at the end of the block."""
        changes = {path_of(name): text for name, text in self.written.items()}
        drafts: dict[Path, Path] = {}
        before: dict[Path, bytes | None] = {}
        try:
            for path, text in changes.items():
                if text is not None:
                    drafts[path] = _draft(path, text.encode(errors="surrogateescape"))
            for name, found in self._found.items():
                if name in self.written:
                    self._require_unchanged(name, found)
            for path in changes:
                before[path] = path.read_bytes() if path.exists() else None
                drafts[path].replace(path) if path in drafts else path.unlink(missing_ok=True)
        except OSError as problem:
            for path, content in before.items():
                with suppress(OSError):
                    _replace(path, content) if content is not None else path.unlink(missing_ok=True)
            why = (
                "The disk is full"
                if problem.errno == errno.ENOSPC
                else f"It cannot be written ({problem.strerror})"
            )
            raise StudioError(
                f"{why}. Nothing was changed; make room or check who may write, and save again."
            ) from problem
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
        done()

    def _require_unchanged(self, name: str, found: str | None) -> None:
        if self._workspace.digest(name) != found:
            raise WrittenMeanwhile(name, None)


def digest(text: str) -> str:
    """Return what tells two texts apart."""
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]


def _text(content: bytes) -> str:
    return content.decode(errors="surrogateescape")


def _draft(path: Path, content: bytes) -> Path:
    """Write what is to become `path` beside it, down to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".kindhand-", suffix=".tmp")
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _replace(path: Path, content: bytes) -> None:
    _draft(path, content).replace(path)
