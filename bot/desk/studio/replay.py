"""Past conversations decided again with another ladder: read once by a job, then answered at once."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from fastapi import Depends, Request
from pydantic import ValidationError

from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.desk.studio.settings import Ladder
from bot.empathy.ladder import LadderSettings
from bot.errors import ProtocolError, StudioError
from bot.studio.jobs import Jobs
from bot.studio.settings import escalation, past, readings, replay
from bot.studio.settings.escalation import Escalation
from bot.studio.settings.readings import Readings
from bot.studio.settings.replay import Course, Stretch

JOB = "readings"
KEPT = 300.0  # seconds that past conversations stay in memory: what is erased meanwhile is gone then too
MOST_KEPT = 16  # ladders whose courses are remembered

router = routed("settings/replay")


@dataclass
class Loaded:
    """Past conversations that can be decided at once; `unread`: those that came after the last reading."""

    stretches: list[Stretch]
    unread: int
    days: float
    readings: Readings
    stamp: float  # of the file of readings
    since: float  # when that was, by a clock that nobody sets
    courses: dict[tuple[LadderSettings, LadderSettings], list[Course]] = field(default_factory=dict)

    def play(self, saved: LadderSettings, chosen: LadderSettings) -> list[Course]:
        """Decide all of them with the chosen ladder, or recall how that went."""
        key = saved, chosen
        if key not in self.courses:
            usual = [] if saved == chosen else [course.steps for course in self.play(saved, saved)]
            steps: Sequence[Mapping[int, str] | None] = usual or [None] * len(self.stretches)
            look, pairs = (self.readings, self.readings.similar), zip(self.stretches, steps, strict=True)
            found = [replay.play(one, chosen, *look, usual=known) for one, known in pairs]
            if len(self.courses) >= MOST_KEPT:
                self.courses.clear()
            self.courses[key] = found
        return self.courses[key]


class Memory:
    """The past of one desk. Calls block, and are safe between threads."""

    def __init__(self, studio: Room) -> None:
        self._studio, self._lock = studio, threading.Lock()
        self._loaded: Loaded | None = None
        self.jobs = Jobs(studio.settings.var / "studio" / "jobs")

    def state(self) -> dict[str, Any]:
        """Say how the reading gets on; else how many conversations are read, and how many are not."""
        job = self.jobs.state(JOB)
        told = {"days": past.DAYS, "most": past.MOST, "job": job.as_dict() if job else None}
        if job and job.running:
            return {**told, "conversations": None, "unread": None}
        loaded = self._past(anew=True)
        return {**told, "conversations": len(loaded.stretches), "unread": loaded.unread}

    def start(self, by: str) -> None:
        """Read what is not read yet; one that is under way already is as good."""
        environment = {**os.environ, **self._studio.settings.environment()}
        job = self.jobs.state(JOB)
        if job is None or not job.running:
            argv = [sys.executable, "-m", readings.__name__]
            self.jobs.start(JOB, argv, by, environment=environment)

    def report(self, chosen: LadderSettings) -> dict[str, Any]:
        """Compare what happened with what the saved ladder and another one would do."""
        saved = Escalation.read(self._studio.workspace.read(escalation.FILE).text).ladder
        loaded = self._past()
        with self._lock:
            usual, courses = loaded.play(saved, saved), loaded.play(saved, chosen)
        told = replay.report(loaded.stretches, usual, courses, loaded.days)
        return {**told, "unread": loaded.unread}

    def _past(self, *, anew: bool = False) -> Loaded:
        with self._lock:
            stamp, now = self._stamp(), time.monotonic()
            known = self._loaded
            if anew or known is None or known.stamp != stamp or now - known.since > KEPT:
                known = self._loaded = self._load(stamp)
            return known

    def _load(self, stamp: float) -> Loaded:
        found = readings.readings_of(self._studio.settings)
        now = datetime.now(timezone.utc)
        with self._studio.database.read() as connection:
            stretches, owners = past.stretches(connection, now)
        read = [one for one in readings.with_vips(stretches, owners, found) if found.knows(one)]
        unread = len(stretches) - len(read)
        return Loaded(read, unread, past.days(read, now), found, stamp, time.monotonic())

    def _stamp(self) -> float:
        try:
            return (self._studio.settings.var / "studio" / readings.FILE).stat().st_mtime
        except OSError:
            return 0.0


def memory(request: Request, studio: Room = Depends(room)) -> Memory:
    """Return the desk's memory of its past, made when it is first asked for."""
    state = request.app.state
    if not hasattr(state, "studio_past"):
        state.studio_past = Memory(studio)
    found: Memory = state.studio_past
    return found


@router.get("")
async def state(known: Memory = Depends(memory)) -> dict[str, Any]:
    """Say how many past conversations there are, and whether they are read."""
    return await asyncio.to_thread(known.state)


@router.post("")
async def read(known: Memory = Depends(memory), by: str = Depends(author)) -> dict[str, Any]:
    """Begin to read those that are not read yet."""

    def work() -> dict[str, Any]:
        try:
            known.start(by)
        except StudioError:
            job = known.jobs.state(JOB)
            if job is None or not job.running:  # else somebody else was faster
                raise
        return known.state()

    return await asyncio.to_thread(work)


@router.get("/at")
async def at(ladder: str, known: Memory = Depends(memory)) -> dict[str, Any]:
    """Decide them with a ladder (`Ladder` as JSON), beside what happened and what the saved one would do."""
    try:
        chosen = Ladder.parse_raw(ladder).escalation().ladder
    except ValidationError:
        raise ProtocolError("This ladder cannot be read.") from None
    return await asyncio.to_thread(known.report, chosen)
