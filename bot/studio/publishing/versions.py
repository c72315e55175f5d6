"""What was published, version by version, and work that was put aside: a bare Git repository of our own.

The files of a version never change. `draft` writes them down, `publish` makes them the newest version; what
was drafted and never published is no version. One process writes at a time: see `publish.py`.
"""

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from dulwich.object_store import iter_tree_contents
from dulwich.objects import Commit, ShaFile
from dulwich.repo import Repo

from bot.errors import StudioError
from bot.studio.publishing.objects import BROKEN, commit_of, content, put, trees

PUBLISHED = b"refs/heads/published"
KEPT = b"refs/kept"
_MESSAGE = re.compile(r"(?P<note>.*?)(?:\n\nVersion: (?P<number>[0-9]+))?", re.DOTALL)


class StoreDamaged(StudioError):
    """What was published cannot be read any more."""


@dataclass(frozen=True)
class Version:
    """The files at one moment. `number` counts from 1; work that was put aside has 0."""

    id: str
    number: int
    author: str
    note: str
    at: datetime  # in UTC
    tree: str  # the same for the same files

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON can hold it."""
        return {
            "id": self.id,
            "number": self.number,
            "author": self.author,
            "note": self.note,
            "at": self.at.isoformat(),
        }


class Versions:
    """The versions in the repository at `folder`, which is made with the first one.

    Raises (all methods):
        StoreDamaged: something in it cannot be read; the text names what.
        StudioError: the disk does not take it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def newest(self) -> Version | None:
        """Return the version published last; None before the first."""
        if not self.folder.is_dir():
            return None
        with self._opened() as repo:
            head = _head(repo)
            return _described(repo[head]) if head else None

    def all(self) -> list[Version]:
        """List the versions, the newest first, as far back as they can be read."""
        found: list[Version] = []
        if not self.folder.is_dir():
            return found
        with self._opened() as repo:
            at = _head(repo)
            while at:
                try:
                    commit = repo[at]
                except BROKEN:
                    if not found:
                        raise
                    break
                found.append(_described(commit))
                at = commit.parents[0] if commit.parents else None
        return found

    def before(self, version: Version) -> Version | None:
        """Return the version before it; None if it is the first."""
        with self._opened() as repo:
            parents = repo[version.id.encode()].parents
            return _described(repo[parents[0]]) if parents else None

    def kept(self) -> list[Version]:
        """List work that was put aside, the newest first."""
        found = []
        if not self.folder.is_dir():
            return found
        with self._opened() as repo:
            for ref in repo.refs.keys(base=KEPT):
                with suppress(*BROKEN):
                    found.append(_described(repo[repo.refs[KEPT + b"/" + ref]]))
        return sorted(found, key=lambda one: (one.at, one.id), reverse=True)

    def find(self, id: str) -> Version:
        """Return a version, or work that was put aside.

        Raises:
            StudioError: there is none by that name.
        """
        for version in (*self.all(), *self.kept()):
            if version.id == id:
                return version
        raise StudioError("There is no such version (any more). Look at the list again.")

    def numbered(self, number: int) -> Version:
        """Return the version of that number.

        Raises:
            StudioError: there is none.
        """
        found = self.all()
        for version in found:
            if version.number == number:
                return version
        there = f"They go from {found[-1].number} to {found[0].number}." if found else "There are none yet."
        raise StudioError(f"There is no version {number}. {there}")

    def names(self, version: Version) -> dict[str, str]:
        """Return the digest of each file, as `digest` gives it."""
        with self._opened() as repo:
            entries = iter_tree_contents(repo.object_store, version.tree.encode())
            return {os.fsdecode(entry.path): entry.sha.decode() for entry in entries}

    def file(self, version: Version, name: str) -> bytes:
        """Return one of its files."""
        id = self.names(version)[name]
        with self._opened() as repo:
            return content(repo, id.encode())

    def files(self, version: Version) -> dict[str, bytes]:
        """Return all of its files."""
        with self._opened() as repo:
            entries = iter_tree_contents(repo.object_store, version.tree.encode())
            return {os.fsdecode(entry.path): content(repo, entry.sha) for entry in entries}

    def draft(self, files: Mapping[str, bytes], author: str, note: str) -> Version:
        """Write down what may become the next version."""
        newest = self.newest()
        number = newest.number + 1 if newest else 1
        with self._opened() as repo:
            commit = commit_of(files, author, f"{note}\n\nVersion: {number}")
            if newest:
                commit.parents = [newest.id.encode()]
            for one in (*trees(files), commit):
                put(repo, one)
            return _described(commit)

    def publish(self, version: Version) -> None:
        """Make what was drafted the newest version.

        Raises:
            StudioError: another one was published since.
        """
        with self._opened() as repo:
            parents = repo[version.id.encode()].parents
            if _head(repo) != next(iter(parents), None):
                raise StudioError(
                    "Another version was published meanwhile. Look at the difference, and publish again."
                )
            repo.refs[PUBLISHED] = version.id.encode()

    def withdraw(self, version: Version) -> None:
        """Take back the newest version, which never went live; unless it is not the newest any more."""
        with self._opened() as repo:
            if _head(repo) != version.id.encode():
                return
            parents = repo[version.id.encode()].parents
            if parents:
                repo.refs[PUBLISHED] = parents[0]
            else:
                del repo.refs[PUBLISHED]

    def keep(self, files: Mapping[str, bytes], author: str, note: str) -> Version:
        """Put work aside that was not published."""
        with self._opened() as repo:
            commit = commit_of(files, author, note)
            for one in (*trees(files), commit):
                put(repo, one)
            repo.refs[KEPT + b"/" + commit.id] = commit.id
            return _described(commit)

    def forget(self, version: Version) -> None:
        """Forget work that was put aside."""
        with self._opened() as repo:
            ref = KEPT + b"/" + version.id.encode()
            if ref in repo.refs:
                del repo.refs[ref]

    def unlock(self) -> None:
        """Take away what a power cut has left locked. Only for whoever writes here alone."""
        for place in ("refs", "objects"):
            for left in (self.folder / place).rglob("*.lock"):
                left.unlink(missing_ok=True)

    @contextmanager
    def _opened(self) -> Iterator[Repo]:
        try:
            if not self.folder.is_dir():
                self.folder.mkdir(mode=0o700, parents=True)
                with closing(Repo.init_bare(str(self.folder))) as made:
                    config = made.get_config()
                    config.set((b"core",), b"fsyncObjectFiles", True)
                    config.write_to_path()
            with closing(Repo(str(self.folder))) as repo:
                yield repo
        except OSError as problem:
            full = problem.errno == errno.ENOSPC
            why = "The disk is full" if full else f"It cannot be used ({problem.strerror or problem})"
            raise StudioError(
                f"{why}: {self.folder}. Nothing was changed; make room, or check who may write there."
            ) from problem
        except BROKEN as problem:
            raise StoreDamaged(
                f"What was published cannot be read any more ({type(problem).__name__} in {self.folder})."
            ) from problem


def _described(commit: ShaFile) -> Version:
    if not isinstance(commit, Commit):
        raise ValueError("not a version")
    found = _MESSAGE.fullmatch(commit.message.decode(errors="replace"))
    return Version(
        commit.id.decode(),
        int(found["number"] or 0) if found else 0,
        commit.author.decode(errors="replace").partition(" <")[0],
        found["note"] if found else "",
        datetime.fromtimestamp(commit.author_time, timezone.utc),
        commit.tree.decode(),
    )


def _head(repo: Repo) -> bytes | None:
    return repo.refs.follow(PUBLISHED)[1]
