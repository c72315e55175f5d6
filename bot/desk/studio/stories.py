"""Rules and stories over the wire."""

import asyncio
from collections.abc import Callable
from typing import Any, Literal

from fastapi import Depends
from pydantic import BaseModel, Field, StrictBool, StrictFloat, StrictInt, StrictStr

from bot.desk.studio.asked import Reader, reader
from bot.desk.studio.files import described
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.errors import NotFound
from bot.handoff.model import iso
from bot.storage import retelling
from bot.studio.questions.likeness import Likeness
from bot.studio.stories.flow import Flow, Step
from bot.studio.stories.flow_words import said
from bot.studio.stories.stories import Stories

LONGEST = 200  # letters of a name, over the wire

router = routed("stories")
Name = StrictStr


class AStep(BaseModel):
    what: Literal["says", "does", "asks", "known", "joins", "kept"]
    names: list[Name] = Field([], max_items=20)
    values: dict[Name, StrictBool | StrictInt | StrictFloat | StrictStr | None] = {}
    number: StrictInt | None = None

    def read(self) -> Step:
        return Step(self.what, tuple(self.names), self.values, self.number)


class Told(BaseModel):
    kind: Literal["rule", "story"]
    name: Name = Field(max_length=LONGEST)
    steps: list[AStep] = Field(max_items=500)
    condition: list[AStep] = Field([], max_items=50)
    at_start: StrictBool = False
    waits: StrictBool = True

    def read(self) -> Flow:
        steps, condition = ([one.read() for one in many] for many in (self.steps, self.condition))
        return Flow(self.kind, self.name, tuple(steps), tuple(condition), self.at_start, self.waits)


class Changed(Told):
    mark: Name


class Marked(BaseModel):
    mark: Name


class Named(Marked):
    name: Name = Field(max_length=LONGEST)


class Divided(Named):
    at: StrictInt
    joined: StrictBool = False


def stories(studio: Room = Depends(room)) -> Stories:
    """Return what reads rules and stories, as a dependency."""
    return Stories(studio.settings, studio.workspace)


@router.get("")
async def listed(known: Stories = Depends(stories)) -> dict[str, Any]:
    """List rules and stories, each in a sentence, with how many things are wrong in it."""
    return {"flows": await asyncio.to_thread(known.listed)}


@router.get("/words")
async def words(known: Stories = Depends(stories)) -> dict[str, Any]:
    """Give what a step may say, answer, do, ask and know, in words."""
    found = await asyncio.to_thread(known.words)
    answers = found.answers.items()
    return {
        "says": [{"name": name, "text": said(name, found)} for name in found.intents],
        "answers": [{"name": name, "text": one.wordings.get("plain", "")} for name, one in answers],
        "actions": [{"name": name, "text": text} for name, text in found.actions.items()],
        "forms": [{"name": name, "questions": asked} for name, asked in found.forms.items()],
        "slots": [{"name": name, "values": values} for name, values in found.slots.items()],
        "checkpoints": found.checkpoints,
    }


@router.get("/conversations")
async def conversations(q: str = "", studio: Room = Depends(room)) -> dict[str, Any]:
    """List conversations that a story may be made of, the newest first."""

    def read() -> list[retelling.Begun]:
        with studio.database.read() as connection:
            return retelling.newest(connection, q[:100].strip())

    found = await asyncio.to_thread(read)
    return {"conversations": [{**one._asdict(), "at": iso(one.at)} for one in found]}


@router.get("/from/{conversation}")
async def retold(
    conversation: str, known: Stories = Depends(stories), eye: Reader = Depends(reader)
) -> dict[str, Any]:
    """Tell a conversation as steps; what nobody has heard at the time is understood by likeness."""

    def read() -> list[dict[str, Any]]:
        with eye.database.read() as connection:
            spoken = retelling.of(connection, conversation)
        if not spoken:
            raise NotFound("There is no such conversation any more.")
        likeness, examples = Likeness(eye.vectors), eye.questions.taught().examples

        def guess(text: str) -> tuple[str, float] | None:
            near = likeness.near(text, examples)
            return (near[0].intent, near[0].likeness) if near else None

        return known.retold(spoken, guess)

    return {"steps": await asyncio.to_thread(read)}


@router.get("/one")
async def one(id: str, known: Stories = Depends(stories)) -> dict[str, Any]:
    """Give one with its steps in words, its mark, who wrote it last, and what is wrong at which step."""
    return await _done(known, lambda: id)


@router.post("")
async def add(body: Told, known: Stories = Depends(stories), by: str = Depends(author)) -> dict[str, Any]:
    """Add one; its file is the one for those that are made here."""
    return await _done(known, lambda: known.flows.add(body.read(), author=by))


@router.put("/one")
async def change(
    id: str, body: Changed, known: Stories = Depends(stories), by: str = Depends(author)
) -> dict[str, Any]:
    """Have it go like that; 409 `written_meanwhile` when it is not as `mark` says."""
    return await _done(known, lambda: known.flows.save(id, body.mark, body.read(), author=by))


@router.post("/duplicate")
async def duplicate(
    id: str, body: Named, known: Stories = Depends(stories), by: str = Depends(author)
) -> dict[str, Any]:
    """Write the same again under another name, and give that one."""
    return await _done(known, lambda: known.flows.duplicate(id, body.mark, body.name, author=by))


@router.post("/split")
async def split(
    id: str, body: Divided, known: Stories = Depends(stories), by: str = Depends(author)
) -> dict[str, Any]:
    """Divide a story before its step `at`, and give the second part."""

    def write() -> str:
        return known.flows.split(id, body.mark, body.at, body.name, joined=body.joined, author=by)

    return await _done(known, write)


@router.delete("/one")
async def delete(
    id: str, body: Marked, known: Stories = Depends(stories), by: str = Depends(author)
) -> dict[str, Any]:
    """Delete it."""
    await asyncio.to_thread(lambda: known.flows.delete(id, body.mark, author=by))
    found = await asyncio.to_thread(known.findings)
    return {"problems": [described(problem) for problem in found.faults]}


async def _done(known: Stories, work: Callable[[], str]) -> dict[str, Any]:
    """Do something that gives an id, and tell of that one."""
    told = await asyncio.to_thread(lambda: known.told(work()))
    return {**told, "problems": [described(problem) for problem in told.pop("faults")]}
