"""The owner's scenes, playing them, and what the last real messages would be answered."""

import asyncio
import sys
from typing import Any

from fastapi import Depends
from pydantic import BaseModel, StrictInt, StrictStr, conlist, constr
from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.desk.studio.files import described
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.dialogue.topics import title
from bot.empathy.ladder import LABELS
from bot.errors import NotFound
from bot.handoff.model import VISITOR
from bot.lessons import Lessons
from bot.storage import conversations, handoffs
from bot.storage.tables import messages
from bot.studio.jobs import Job, Jobs
from bot.studio.publishing.live import snapshot
from bot.studio.publishing.objects import tree_of
from bot.studio.scenes.rehearsals import Rehearsals, blank
from bot.studio.scenes.results import ANSWERS, REHEARSAL, Results
from bot.studio.trial import comparison
from bot.supervisor.services import child_environment

router = routed("rehearsals")
MODULES = {REHEARSAL: "bot.studio.scenes.rehearse", ANSWERS: "bot.studio.trial.comparison"}
MESSAGE = constr(strict=True, max_length=4096)


class Handoff(BaseModel):
    expect: StrictStr
    turn: StrictInt | None = None
    tolerance: StrictInt = 0
    reasons: conlist(StrictStr, max_items=20) = []  # type: ignore[valid-type]


class Scene(BaseModel):
    id: constr(strict=True, max_length=100) = ""  # type: ignore[valid-type]
    kind: constr(strict=True, max_length=100)  # type: ignore[valid-type]
    visitor: conlist(MESSAGE, min_items=1, max_items=40)  # type: ignore[valid-type]
    handoff: Handoff
    answers: conlist(StrictStr, max_items=40) = []  # type: ignore[valid-type]
    note: constr(strict=True, max_length=1000) = ""  # type: ignore[valid-type]


class Place(BaseModel):
    file: StrictStr
    mark: StrictStr


class Changed(Place):
    scene: Scene


@router.get("")
async def scenes(studio: Room = Depends(room)) -> dict[str, Any]:
    """List the scenes, what is wrong with some, and what can be chosen in one."""

    def read() -> dict[str, Any]:
        found, problems = Rehearsals(studio.workspace).all()
        intents = Lessons.read(studio.settings.files).intents
        asked = {intent: one.question.title for intent, one in studio.questions.taught().questions.items()}
        titles = {intent: asked.get(intent) or title(intent) for intent in intents}
        return {
            "scenes": [line.as_dict() for line in found],
            "problems": [described(problem) for problem in problems],
            "questions": [
                {"intent": intent, "title": titles[intent]}
                for intent in sorted(intents, key=lambda one: titles[one].lower())
            ],
            "reasons": [{"code": code, "label": label} for code, label in LABELS.items()],
        }

    return await asyncio.to_thread(read)


@router.post("")
async def add(body: Scene, studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Write a new scene."""
    made = await asyncio.to_thread(Rehearsals(studio.workspace).add, body.dict(), by)
    return made.as_dict()


@router.put("")
async def change(body: Changed, studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Write a scene in place of another; 409 `written_meanwhile` when that is not there as it was."""
    rehearsals = Rehearsals(studio.workspace)
    made = await asyncio.to_thread(rehearsals.change, body.file, body.mark, body.scene.dict(), by)
    return made.as_dict()


@router.post("/delete")
async def delete(body: Place, studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Delete a scene."""
    await asyncio.to_thread(Rehearsals(studio.workspace).delete, body.file, body.mark, by)
    return {}


@router.get("/from/{conversation}")
async def begin(conversation: str, studio: Room = Depends(room)) -> dict[str, Any]:
    """Give the beginning of a scene that a real conversation makes: what its visitor said."""

    def read() -> dict[str, Any]:
        with studio.database.read() as connection:
            return _begun(connection, conversation)

    return await studio.database.run(read)


def _begun(connection: Connection, conversation: str) -> dict[str, Any]:
    if conversations.find(connection, conversation) is None:
        raise NotFound("That conversation is not there any more.")
    columns = messages.c
    typed = (columns.conversation_id == conversation) & (columns.speaker == VISITOR)
    asked = select(columns.text, columns.at, columns.heard).where(typed & columns.payload.is_(None))
    said = [row for row in connection.execute(asked.order_by(columns.seq)) if row.text.strip()]
    handoff = handoffs.latest(connection, conversation)
    until = [row for row in said if handoff is None or row.at <= handoff.opened_at] or said
    heard = [(row.heard or {}).get("intent", "") for row in until]
    return blank([row.text for row in until], handed_over=len(until) if handoff else None, heard=heard)


@router.get("/results")
async def results(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give the last results, whether they are of the files as they are now, and the jobs for new ones."""

    def read() -> dict[str, Any]:
        kept, jobs = _results(studio), _jobs(studio)
        present = tree_of(snapshot(studio.settings.files))
        told: dict[str, Any] = {}
        for name in MODULES:
            result, job = kept.read(name), jobs.state(name)
            told[name] = {
                "result": {key: value for key, value in result.items() if key != "rows"} if result else None,
                "current": bool(result and result["fingerprint"] == present),
                "job": job.as_dict() if job else None,
            }
        return told

    return await asyncio.to_thread(read)


@router.get("/answers")
async def answers(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give the real messages of the last comparison, those that differ first; erased ones are gone."""

    def read() -> list[dict[str, Any]]:
        result = _results(studio).read(ANSWERS)
        with studio.database.read() as connection:
            return comparison.with_words(connection, result["rows"] if result else [])

    return {"rows": await studio.database.run(read)}


@router.post("/{name}/start")
async def start(name: str, studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Play the scenes (`rehearsal`), or read the last messages (`answers`), in the background."""
    command = (sys.executable, "-m", _module(name), by)
    environment = child_environment(studio.settings)
    job = await asyncio.to_thread(lambda: _jobs(studio).start(name, command, by, environment=environment))
    return job.as_dict()


@router.post("/{name}/cancel")
async def cancel(name: str, studio: Room = Depends(room)) -> dict[str, Any]:
    """Call that off."""
    _module(name)
    job: Job | None = await asyncio.to_thread(_jobs(studio).cancel, name)
    return job.as_dict() if job else {}


def _module(name: str) -> str:
    if name not in MODULES:
        raise NotFound("There is no such work.")
    return MODULES[name]


def _jobs(studio: Room) -> Jobs:
    return Jobs(studio.settings.var / "studio" / "jobs")


def _results(studio: Room) -> Results:
    return Results(studio.settings.var / "studio" / "results")
