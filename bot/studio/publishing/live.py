"""What visitors are served: the files of the version published last, unpacked where nobody works on them."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import OwnerFileError, StudioError
from bot.settings import Settings
from bot.studio.files.workspace import Workspace
from bot.studio.publishing.objects import tree_of
from bot.studio.publishing.versions import StoreDamaged, Version, Versions
from bot.supervisor.control import Control

OURS = "Kindhand"  # who publishes the first version
FIRST = "As it was at the first start"
RECOVERED = "As it was live; the versions before it could not be read any more"
NAME = 16  # letters of a folder's name
KEEP = 4  # folders
LARGEST = 20_000_000  # bytes of a file


class Live:
    """The published versions and the folders that they are served from, below `settings.var`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._place = settings.var.resolve() / "studio" / "live"
        self.versions = Versions(settings.var / "studio" / "versions.git")

    def folder(self, version: Version) -> Path:
        """Return where its files lie; the same files always lie in the same folder."""
        return self._place / version.tree[:NAME]

    def settings(self, version: Version) -> Settings:
        """Return the settings of a process that serves it."""
        return replace(self._settings, live=str(self.folder(version)))

    def unpack(self, version: Version) -> Path:
        """Return the folder with its files, unpacked again where they are not as they were published.

        Raises:
            StoreDamaged: they cannot be read.
            StudioError: the disk does not take them.
        """
        folder = self.folder(version)
        if _holds(folder, version.tree):
            return folder
        files = self.versions.files(version)
        try:
            self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._place, prefix=".") as drafts:
                draft = Path(drafts) / folder.name
                for name, content in files.items():
                    path = draft / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                if folder.exists():
                    folder.rename(Path(drafts) / "damaged")
                draft.rename(folder)
        except OSError as problem:
            raise StudioError(
                f"The new version cannot be put beside the live one ({problem.strerror}). "
                f"Nothing was changed; make room in {self._place}."
            ) from problem
        return folder

    @contextmanager
    def alone(self, *, wait: float = 0) -> Iterator[None]:
        """Keep others from publishing meanwhile; `wait` seconds for those who do.

        Raises:
            StudioError: somebody else publishes still, or the disk does not take it.
        """
        lock = FileLock(self._place.parent / "publishing.lock")
        try:
            self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire(timeout=wait)
        except Timeout:
            raise StudioError(
                "A version is being published right now, or Kindhand is just starting. Wait for that to end, "
                "then look again."
            ) from None
        except OSError as problem:
            raise StudioError(
                f"{self._place} cannot be used ({problem.strerror}). Make room there."
            ) from None
        try:
            self.versions.unlock()
            yield
        finally:
            lock.release()

    def begin(self) -> Version:
        """Unpack what may become the first version: the owner's files as they are."""
        version = self.versions.draft(snapshot(self._settings.files), OURS, FIRST)
        self.unpack(version)
        return version

    def settle(self, version: Version) -> None:
        """Note that a version is what is live; what `begin` gave becomes the first one."""
        if self.versions.newest() is None:
            self.versions.publish(version)
        self.point(version)
        self.forget_old()

    def point(self, version: Version) -> None:
        """Note which folder is live, for the day on which the versions cannot be read."""
        fresh = self._place / ".current"
        with suppress(OSError):
            os.utime(self.folder(version))
            fresh.write_text(self.folder(version).name)
            fresh.replace(self._place / "current")

    def newest(self, tell: Callable[[str], None] = lambda words: None) -> Version | None:
        """Return the version that is to be served; None before the first.

        Where the versions are lost or damaged, what is live becomes the first one of a new beginning; what is
        left of them is put aside, and `tell` gets a line.

        Raises:
            StudioError: there is nothing left to serve.
        """
        left = self._left()
        try:
            newest = self.versions.newest()
            if newest is None and left is not None:
                raise StoreDamaged(f"The versions are gone from {self.versions.folder}.")
            if newest is not None:
                self.unpack(newest)
            return newest
        except StoreDamaged as problem:
            return self._begin_anew(left, problem, tell)

    def forget_old(self) -> None:
        """Delete folders that nothing serves any more; their versions stay."""
        with suppress(OSError):
            folders = [path for path in self._place.iterdir() if path.is_dir() and path.name[0] != "."]
            kept = {self._left(), Control(self._settings.var).serving()}
            by_age = sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)
            for folder in by_age[KEEP:]:
                if folder not in kept:
                    shutil.rmtree(folder, ignore_errors=True)

    def _left(self) -> Path | None:
        try:
            name = (self._place / "current").read_text().strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self._place / name
        return folder if name and name == Path(name).name and (folder / "domain.yml").is_file() else None

    def _begin_anew(
        self, left: Path | None, problem: StoreDamaged, tell: Callable[[str], None]
    ) -> Version | None:
        if left is None:
            raise StudioError(
                f"{problem} Bring {self.versions.folder} back from a copy, or move it away: "
                "then your files as they are now become the first version."
            ) from problem
        if self.versions.folder.exists():
            aside = self.versions.folder.with_name(f"versions-damaged-{datetime.now():%Y%m%d-%H%M%S}.git")
            self.versions.folder.rename(aside)
            tell(f"The published versions are damaged; they are in {aside} now. What is live stays live.")
        else:
            tell("The published versions are gone. What is live stays live, as version 1.")
        version = self.versions.draft(snapshot(left), OURS, RECOVERED)
        self.versions.publish(version)
        self.unpack(version)
        self.point(version)
        return version


def snapshot(root: Path) -> dict[str, bytes]:
    """Read all files that an owner teaches the assistant in, as they are, well or not.

    Raises:
        OwnerFileError: one cannot be read, or is far too large.
    """
    found = {}
    for name in Workspace(root, root).names():
        path = root / name
        try:
            if path.stat().st_size > LARGEST:
                raise OwnerFileError(name, 0, "is larger than 20 MB", "Move it out of data/")
            found[name] = path.read_bytes()
        except OSError as problem:
            raise OwnerFileError(
                name, 0, f"cannot be read ({problem.strerror})", "Check who may read it"
            ) from None
    return found


def _holds(folder: Path, tree: str) -> bool:
    try:
        return folder.is_dir() and tree_of(snapshot(folder)) == tree
    except OwnerFileError:
        return False
