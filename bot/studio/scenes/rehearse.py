"""A job, `python -m bot.studio.scenes.rehearse AUTHOR`: play the scenes with the draft and what is live."""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.errors import OwnerFileError, StudioError
from bot.lessons import Lessons
from bot.rehearsal import scene as scenes_of
from bot.rehearsal.play import rehearse
from bot.rehearsal.scene import Scene
from bot.settings import Settings
from bot.studio import progress
from bot.studio.publishing.live import snapshot
from bot.studio.publishing.objects import tree_of
from bot.studio.scenes.results import REHEARSAL, Results
from bot.studio.trial.copies import write_files
from bot.supervisor.control import Control
from bot.supervisor.steps import Steps

SIDES = {"draft": "Your changes", "live": "As it is live"}


def run(settings: Settings, author: str) -> dict[str, Any]:
    """Play all scenes and keep the result; what is known of the live version is not played again.

    Raises:
        OwnerFileError: a file is wrong.
        StudioError: there are no scenes, or the result cannot be kept.
        StartError, RehearsalError: a copy did not start or a scene broke off.
    """
    progress.step("Reading your files")
    results = Results(settings.var / "studio" / "results")
    with tempfile.TemporaryDirectory(prefix="kindhand-rehearsal-") as place:
        files = Path(place) / "files"
        draft, live = snapshot(settings.files), snapshot(Control(settings.var).serving() or settings.served)
        write_files(draft, files)
        scenes = _scenes(files)
        played = tree_of({name: text for name, text in draft.items() if name.startswith(scenes_of.FOLDER)})
        known = results.read(REHEARSAL) or {}
        fresh = known.get("live") == tree_of(live) and known.get("scenes") == played
        scores = {"draft": _play(scenes, settings, files, SIDES["draft"])}
        if tree_of(_taught(live)) == tree_of(_taught(draft)):
            scores["live"] = scores["draft"]
        elif fresh and known.get("before"):
            scores["live"] = known["before"]
        else:
            write_files(live, files)
            scores["live"] = _play(scenes, settings, files, SIDES["live"])
    result = {
        "fingerprint": tree_of(draft),
        "live": tree_of(live),
        "scenes": played,
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "author": author,
        "draft": scores["draft"],
        "before": scores["live"],
    }
    results.write(REHEARSAL, result)
    return {"fingerprint": result["fingerprint"], "right": scores["draft"]["right_percent"]}


def _taught(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what an assistant is taught by: all but the scenes."""
    return {name: text for name, text in files.items() if not name.startswith(scenes_of.FOLDER)}


def _scenes(files: Path) -> Sequence[Scene]:
    try:
        scenes = scenes_of.read(scenes_of.own(files))
    except OwnerFileError as problem:  # its path is that of the snapshot
        name = problem.path.removeprefix(f"{files}/")
        if name == scenes_of.FOLDER:
            raise StudioError("There are no scenes yet. Write one, or make one of a conversation.") from None
        raise OwnerFileError(name, problem.line, problem.problem, problem.mend) from None
    named = [replace(one, source=one.source.removeprefix(f"{files}/")) for one in scenes]
    scenes_of.require_known(named, Lessons.read(files).intents)
    return named


def _play(scenes: Sequence[Scene], settings: Settings, files: Path, title: str) -> dict[str, Any]:
    step = f"{title}: playing the scenes"

    def over(number: int) -> None:
        progress.step(step, done=number, of=len(scenes))

    served = replace(settings, live=str(files))
    score = asyncio.run(rehearse(scenes, served, _Told(title), over))
    return score.as_dict()


class _Told(Steps):
    """Says the steps of a copy as a job does."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    @contextmanager
    def step(self, doing: str, done: str = "") -> Iterator[None]:
        if not doing.startswith("Playing"):
            progress.step(f"{self._title}: {doing[0].lower()}{doing[1:]}".partition(" (")[0])
        yield

    def say(self, text: str = "") -> None:
        """Say nothing: there is no terminal."""


if __name__ == "__main__":
    progress.main(lambda: run(Settings.load(), sys.argv[1]), with_parent=True)
