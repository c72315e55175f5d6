"""The rehearsal before a version is published: played with these files, and no scene worse than live."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from bot.errors import StudioError
from bot.rehearsal.scene import FOLDER
from bot.settings import ROOT, Settings
from bot.studio.scenes.results import REHEARSAL, Results
from bot.supervisor.services import child_environment

RIGHT = "right"
NAMED = 3  # scenes, in a message
ENDS_WITHIN = 60.0  # seconds that it has to stop its copy of the product

Told = Callable[[Mapping[str, Any]], None]


def rehearse(settings: Settings, author: str, draft: str, live: str, told: Told) -> None:
    """See to it that the scenes were played with the draft, and that none goes worse than with what is live.

    `settings` are those of what is live; `draft` and `live` are the trees of their files. A rehearsal of just
    these is not played again.

    Raises:
        StudioError: a scene goes worse, or the rehearsal did not come to its end.
    """
    results = Results(settings.var / "studio" / "results")
    found = results.read(REHEARSAL)
    if not found or (found["fingerprint"], found.get("live")) != (draft, live):
        _play(settings, author, told)
        found = results.read(REHEARSAL)
    worse = worse_than_live(found or {})
    if worse:
        scenes = f"{len(worse)} scenes go" if len(worse) > 1 else "One scene goes"
        named = ", ".join(f"“{id}”" for id in worse[:NAMED]) + (" and more" if len(worse) > NAMED else "")
        raise StudioError(
            f"{scenes} worse with your changes than with what is live: {named}. "
            "Look at the rehearsal, and mend it; or publish without one."
        )


def has_scenes(files: Mapping[str, bytes]) -> bool:
    """Tell whether there is anything to play."""
    return any(name.startswith(f"{FOLDER}/") and content.strip() for name, content in files.items())


def worse_than_live(result: Mapping[str, Any]) -> list[str]:
    """Return the scenes of a rehearsal that went right with what is live, and do not with the draft."""
    was = {_key(scene): scene["verdict"] for scene in result.get("before", {}).get("scenes", ())}
    now = result.get("draft", {}).get("scenes", ())
    return [one["id"] for one in now if one["verdict"] != RIGHT and was.get(_key(one)) == RIGHT]


def _key(scene: Mapping[str, Any]) -> tuple[str, str]:
    return str(scene.get("file")), str(scene["id"])


def _play(settings: Settings, author: str, told: Told) -> None:
    """Play them in a process of its own, as the owner's page does; it ends when this one does."""
    command = (sys.executable, "-m", "bot.studio.scenes.rehearse", author)
    problem = "The rehearsal broke off. Try again, or publish without one."
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=child_environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            assert process.stdout
            for line in process.stdout:
                said = _read(line)
                if "step" in said:
                    told(said)
                problem = f"The rehearsal did not work: {said['failed']}" if "failed" in said else problem
        except BaseException:
            process.terminate()
            try:
                process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
            raise
    if process.returncode:
        raise StudioError(problem)


def _read(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}  # a library's own words
    return said if isinstance(said, dict) else {}
