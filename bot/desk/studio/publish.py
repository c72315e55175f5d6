"""Publishing over the wire: what is not published, the versions, and the job that makes one live."""

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from fastapi import Depends
from pydantic import BaseModel, StrictBool, StrictStr

from bot.check import look
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.studio.jobs import Job, Jobs
from bot.studio.publishing.difference import Change, between, count, unpublished
from bot.studio.publishing.live import Live, snapshot
from bot.studio.publishing.objects import tree_of
from bot.studio.publishing.publish import Publishing, plain
from bot.studio.publishing.versions import StoreDamaged, Version
from bot.supervisor.control import Control
from bot.supervisor.services import child_environment

JOB = "publish"
MOST = 100  # versions of a list

router = routed("publish")


class Noted(BaseModel):
    note: StrictStr = ""
    mark: StrictStr  # of the files whose changes the page showed
    rehearsed: StrictBool = False  # play the scenes first


class Chosen(BaseModel):
    id: StrictStr


@router.get("")
async def overview(studio: Room = Depends(room)) -> dict[str, Any]:
    """Tell what is not published, what was, and how publishing gets on."""
    return await asyncio.to_thread(_overview, studio)


@router.get("/standing")
async def standing(studio: Room = Depends(room)) -> dict[str, Any]:
    """Tell how many changes are not published, and what is to be mended before."""
    return await asyncio.to_thread(_standing, studio)


@router.get("/job")
async def job(studio: Room = Depends(room)) -> dict[str, Any]:
    """Tell how publishing gets on; null if nobody has begun yet."""
    found = await asyncio.to_thread(_jobs(studio).state, JOB)
    return {"job": found.as_dict() if found else None}


@router.get("/versions/{id}")
async def version(id: str, studio: Room = Depends(room)) -> dict[str, Any]:
    """Tell what a version changed, or how work that was put aside differs from what is live."""
    return {"changes": [change.as_dict() for change in await asyncio.to_thread(_changed_by, studio, id)]}


@router.post("")
async def publish(body: Noted, studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Begin to publish; 409 `written_meanwhile` when the files are not as the page showed them."""
    wanted = [f"--note={plain(body.note)}", f"--known={body.mark}"]
    wanted += ["--rehearsed"] if body.rehearsed else []
    return await asyncio.to_thread(_begin, studio, by, wanted, {"what": "publish"})


@router.post("/back")
async def back(body: Chosen, studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Begin to take an older version back."""

    def begin() -> dict[str, Any]:
        to = Live(studio.settings).versions.find(body.id)
        return _begin(studio, by, (f"--back={to.id}",), {"what": "back", "number": to.number})

    return await asyncio.to_thread(begin)


@router.post("/cancel")
async def cancel(studio: Room = Depends(room)) -> dict[str, Any]:
    """Call it off, as long as customers do not get it yet."""
    found = await asyncio.to_thread(_jobs(studio).cancel, JOB)
    return {"job": found.as_dict() if found else None}


@router.post("/discard")
async def discard(studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Make the files what is live; what was not published is put aside."""
    await asyncio.to_thread(Publishing(studio.settings, by).discard)
    return await asyncio.to_thread(_overview, studio)


@router.post("/bring-back")
async def bring_back(body: Chosen, studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Make work that was put aside the owner's files again."""

    def bring() -> dict[str, Any]:
        kept = Live(studio.settings).versions.find(body.id)
        Publishing(studio.settings, by).bring_back(kept)
        return _overview(studio)

    return await asyncio.to_thread(bring)


def _jobs(studio: Room) -> Jobs:
    return Jobs(studio.settings.var / "studio" / "jobs")


def _begin(studio: Room, by: str, wanted: Sequence[str], about: dict[str, Any]) -> dict[str, Any]:
    argv = (sys.executable, "-m", "bot.studio.publishing.publish", f"--author={by}", *wanted)
    started = _jobs(studio).start(JOB, argv, by, environment=child_environment(studio.settings), about=about)
    return {"job": started.as_dict()}


def _overview(studio: Room) -> dict[str, Any]:
    live = Live(studio.settings)
    files = snapshot(studio.settings.files)
    found = look(studio.settings.files, studio.settings)
    state = _jobs(studio).state(JOB)
    told: dict[str, Any] = {
        "mark": tree_of(files),
        "problems": [fault.as_dict() for fault in found.faults],
        "job": state.as_dict() if state else None,
        "lost": "",
    }
    try:
        newest, versions = live.versions.newest(), live.versions.all()
        changed = unpublished(live.versions, newest, files) if newest else []
    except StoreDamaged as problem:
        newest, versions, changed, told["lost"] = None, [], [], str(problem)
    return {
        **told,
        "live": newest.as_dict() if newest else None,
        "pending": _is_pending(studio, live, newest),
        "changes": [change.as_dict() for change in changed],
        "count": count(changed),
        "versions": [one.as_dict() for one in versions[:MOST]],
        "more": max(0, len(versions) - MOST),
        "kept": [one.as_dict() for one in live.versions.kept()] if not told["lost"] else [],
    }


def _standing(studio: Room) -> dict[str, Any]:
    live = Live(studio.settings)
    found = look(studio.settings.files, studio.settings)
    try:
        newest = live.versions.newest()
        changed = unpublished(live.versions, newest, snapshot(studio.settings.files)) if newest else []
    except StoreDamaged:
        newest, changed = None, []
    state: Job | None = _jobs(studio).state(JOB)
    return {
        "live": newest.as_dict() if newest else None,
        "count": count(changed),
        "problems": [fault.as_dict() for fault in found.faults],
        "publishing": bool(state and state.running),
    }


def _is_pending(studio: Room, live: Live, newest: Version | None) -> bool:
    """Tell whether the newest version is not what customers get, because something cut its switch short."""
    serving = Control(studio.settings.var).serving()
    return bool(newest and serving and serving != live.folder(newest))


def _changed_by(studio: Room, id: str) -> list[Change]:
    versions = Live(studio.settings).versions
    chosen = versions.find(id)
    return between(versions, versions.before(chosen) if chosen.number else versions.newest(), chosen)
