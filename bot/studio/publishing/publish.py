"""Publish the owner's files, or take a version back: checked, trained, switched to; or nothing happens.

The version is noted as the newest one before visitors are passed on to it, and taken out again when that does
not work: whenever the power fails, what is newest was checked and trained, and the next start serves it.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.check import check
from bot.errors import OwnerFileError, StudioError, WrittenMeanwhile
from bot.settings import Settings
from bot.studio.files.workspace import Workspace
from bot.studio.publishing.live import Live, snapshot
from bot.studio.publishing.objects import tree_of
from bot.studio.publishing.rehearsed import has_scenes, rehearse
from bot.studio.publishing.versions import Version
from bot.supervisor import training
from bot.supervisor.control import Control

Tell = Callable[[Mapping[str, Any]], None]  # takes `step` (words) and perhaps `done` and `of`
CHECKING, NOTING = "Checking every file", "Noting the version"
LONGEST_NOTE = 500  # letters


@dataclass(frozen=True)
class Outcome:
    """What came of it: the version, whether visitors are served by it now, and what was put aside for it."""

    version: Version
    served: bool  # else Kindhand is not running, and serves it from its next start
    kept: Version | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        kept = self.kept.as_dict() if self.kept else None
        return {"version": self.version.as_dict(), "served": self.served, "kept": kept}


class Publishing:
    """What an owner does with versions; `author` is noted, and `tell` gets each step in words."""

    def __init__(self, settings: Settings, author: str, tell: Tell = lambda step: None) -> None:
        self._settings, self._author, self._told = settings, author, tell
        self._live, self._control = Live(settings), Control(settings.var)
        self._workspace = Workspace(settings.files, settings.var / "studio")

    def publish(self, note: str, *, known: str | None = None, rehearsed: bool = False) -> Outcome:
        """Publish the owner's files as they are; `known` is the tree that they were looked at with.

        With `rehearsed`, the scenes are played first, unless they were with just these files.

        Raises:
            WrittenMeanwhile: they are not as they were looked at.
            StudioError: they hold nothing new, or something to mend, or a scene that goes worse.
            StartError: it cannot be trained, or it did not start; what was live before goes on.
        """
        with self._live.alone():
            with self._workspace.still():
                files = snapshot(self._settings.files)
            newest = self._newest()
            tree = tree_of(files)
            if known is not None and known != tree:
                raise WrittenMeanwhile("your files", None)
            if newest and newest.tree == tree:
                if self._is_served(newest) is not False:
                    raise StudioError(f"There is nothing to publish: all is in version {newest.number}.")
                return self._to_visitors(newest)  # noted, and then the power failed
            before = (lambda: self._rehearse(files, newest)) if rehearsed and newest else None
            return self._publish(files, note, before)

    def take_back(self, to: Version) -> Outcome:
        """Publish an older version again, as a new one. Work that was not published is put aside first.

        Raises:
            StudioError: it is what is live, or cannot be read.
            StartError: as `publish` does.
        """
        with self._live.alone():
            newest = self._newest()
            if newest and newest.tree == to.tree and self._is_served(newest) is not False:
                raise StudioError(f"That is what is live: version {newest.number}.")
            files = self._live.versions.files(to)
            self._work()  # what cannot be put aside then is said now
            outcome = self._publish(files, f"Back to version {to.number}")
            why = f"Work that was not published, before going back to version {to.number}"
            return Outcome(outcome.version, outcome.served, self._replace(files, why))

    def bring_back(self, kept: Version) -> None:
        """Make work that was put aside the owner's files again; what they hold now is put aside instead.

        Raises:
            StudioError: it cannot be read, or not be written.
        """
        with self._live.alone():
            files = self._live.versions.files(kept)
            self._replace(files, "Work that was not published, before other work was brought back")
            self._live.versions.forget(kept)

    def discard(self) -> Version | None:
        """Make the owner's files what is live; what was not published is put aside, and returned.

        Raises:
            StudioError: that cannot be read, or not be written.
        """
        with self._live.alone():
            newest = self._newest()
            if newest is None:
                raise StudioError("Nothing was published yet.")
            files = self._live.versions.files(newest)
            return self._replace(files, "Work that was not published, before it was given up")

    def _newest(self) -> Version | None:
        return self._live.newest(self._tell)

    def _is_served(self, version: Version) -> bool | None:
        """Tell whether visitors are served by it; None if the product does not run."""
        serving = self._control.serving()
        return None if serving is None else serving == self._live.folder(version)

    def _publish(
        self, files: Mapping[str, bytes], note: str, before: Callable[[], None] | None = None
    ) -> Outcome:
        version = self._live.versions.draft(files, self._author, plain(note))
        self._tell(CHECKING)
        folder = self._live.unpack(version)
        self._require_good(folder)
        if before:
            before()
        self._train(version)
        self._tell(NOTING)
        self._live.versions.publish(version)
        return self._to_visitors(version)

    def _tell(self, words: str) -> None:
        self._told({"step": words})

    def _rehearse(self, files: Mapping[str, bytes], newest: Version) -> None:
        if has_scenes(files):
            live = self._live.settings(newest)
            rehearse(live, self._author, tree_of(files), newest.tree, self._told)

    def _require_good(self, folder: Path) -> None:
        problems = check(folder, self._settings)
        if problems:
            more = f" (and {len(problems) - 1} more to mend)" if len(problems) > 1 else ""
            raise StudioError(f"{problems[0]}{more}")

    def _train(self, version: Version) -> None:
        log = self._settings.var / "log" / "training.log"
        training.train(self._live.settings(version), log, told=self._told)

    def _to_visitors(self, version: Version) -> Outcome:
        folder = self._live.folder(version)
        try:
            running = self._control.running()
            if running:
                self._train(version)  # there already, as a rule
                with closing(self._control.switch(folder)) as steps:
                    for step in steps:
                        self._tell(step)
        except BaseException:  # also when the job is cancelled
            if self._control.settled() != folder:
                self._live.versions.withdraw(version)
                raise
        try:
            self._settle(version)
        except KeyboardInterrupt:  # too late to call it off
            self._settle(version)
        return Outcome(version, served=running)

    def _settle(self, version: Version) -> None:
        self._live.settle(version)
        training.pin(self._live.settings(version))

    def _replace(self, files: Mapping[str, bytes], why: str) -> Version | None:
        """Make these the owner's files; what they hold by then is put aside, and returned.

        Nobody saves between the two: what is saved before is put aside too, and who saves after is told.
        """
        with self._workspace.edit(self._author) as edit:
            now = self._work()
            kept = self._put_aside(now, why)
            for name in {*files, *now}:
                if files.get(name) != now.get(name):
                    edit.overwrite(name, files.get(name), known=now.get(name))
        return kept

    def _work(self) -> dict[str, bytes]:
        try:
            return snapshot(self._settings.files)
        except OwnerFileError as problem:
            raise StudioError(f"Your files cannot be put aside: {problem}") from problem

    def _put_aside(self, files: Mapping[str, bytes], why: str) -> Version | None:
        """Put files aside, unless they are in a version as they are."""
        versions, tree = self._live.versions, tree_of(files)
        if any(version.tree == tree for version in versions.all()):
            return None
        return versions.keep(files, self._author, why)


def plain(note: str) -> str:
    """Return a note as it is kept: without what cannot be printed, and not too long."""
    letters = "".join(letter for letter in note if letter.isprintable() or letter == "\n")
    return letters.strip()[:LONGEST_NOTE]


def _job(arguments: Sequence[str]) -> dict[str, Any]:
    """Do what a page asked for, as a job: see `bot.studio.jobs`."""
    from bot.studio import progress

    parser = argparse.ArgumentParser()
    parser.add_argument("--author", required=True)
    parser.add_argument("--note", default="")
    parser.add_argument("--known")
    parser.add_argument("--rehearsed", action="store_true")
    parser.add_argument("--back", help="the version to go back to, by its id")
    asked = parser.parse_args(arguments)
    settings = Settings.load()
    publishing = Publishing(settings, asked.author, lambda told: progress.step(**_step(told)))
    if asked.back:
        return publishing.take_back(Live(settings).versions.find(asked.back)).as_dict()
    return publishing.publish(asked.note, known=asked.known, rehearsed=asked.rehearsed).as_dict()


def _step(told: Mapping[str, Any]) -> dict[str, Any]:
    return {"words": told["step"], "done": told.get("done"), "of": told.get("of")}


if __name__ == "__main__":
    from bot.studio.progress import main

    main(lambda: _job(sys.argv[1:]))
