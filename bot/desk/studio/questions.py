"""Questions and their answers over the wire."""

import asyncio
from collections.abc import Sequence
from typing import Any, Literal

from fastapi import Depends
from pydantic import BaseModel, StrictInt, StrictStr

from bot.check import check
from bot.desk.studio.files import described
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.studio.question import TONES, Button, Wording
from bot.studio.questions import Questions
from bot.studio.taught import Found

router = routed("questions")


class AButton(BaseModel):
    title: StrictStr
    payload: StrictStr


class AWording(BaseModel):
    tone: Literal["plain", "warm", "careful"] = "plain"
    text: StrictStr
    buttons: list[AButton] = []
    number: StrictInt | None = None  # as it was given; null for a new one


class Content(BaseModel):
    examples: list[StrictStr]
    wordings: list[AWording]

    def read(self) -> tuple[list[str], list[Wording]]:
        return self.examples, [
            Wording(one.tone, one.text, tuple(Button(b.title, b.payload) for b in one.buttons), one.number)
            for one in self.wordings
        ]


class Changed(Content):
    mark: StrictStr
    rename: StrictStr | None = None  # a title, to make another name from


class Fresh(Content):
    title: StrictStr


class Marked(BaseModel):
    mark: StrictStr


class Examples(BaseModel):
    texts: list[StrictStr]


def questions(studio: Room = Depends(room)) -> Questions:
    """Return what knows the questions, as a dependency."""
    return studio.questions


@router.get("")
async def listed(known: Questions = Depends(questions)) -> dict[str, Any]:
    """List the questions."""
    taught = await asyncio.to_thread(known.taught)
    found = [_row(one) for one in taught.questions.values()]
    return {"questions": found, "topics": list(dict.fromkeys(one["topic"] for one in found))}


@router.get("/{intent}")
async def look(
    intent: str, studio: Room = Depends(room), known: Questions = Depends(questions)
) -> dict[str, Any]:
    """Give one question, who last wrote it here, and what is wrong in its files."""
    return await _told(studio, known, intent)


@router.put("/{intent}")
async def change(
    intent: str,
    body: Changed,
    studio: Room = Depends(room),
    known: Questions = Depends(questions),
    by: str = Depends(author),
) -> dict[str, Any]:
    """Have it be asked and answered so; 409 `written_meanwhile` when it is not as `mark` says."""

    def write() -> str:
        return known.save(intent, body.mark, body.read(), author=by, rename=body.rename)

    return await _told(studio, known, await asyncio.to_thread(write))


@router.post("")
async def add(
    body: Fresh,
    studio: Room = Depends(room),
    known: Questions = Depends(questions),
    by: str = Depends(author),
) -> dict[str, Any]:
    """Add a question; its name is made from its title."""
    name = await asyncio.to_thread(lambda: known.add(body.title, body.read(), author=by))
    return await _told(studio, known, name)


@router.post("/{intent}/examples")
async def add_examples(
    intent: str,
    body: Examples,
    studio: Room = Depends(room),
    known: Questions = Depends(questions),
    by: str = Depends(author),
) -> dict[str, Any]:
    """Add examples, such as what customers wrote; `added` counts those that were new to it."""
    added = await asyncio.to_thread(lambda: known.add_examples(intent, body.texts, author=by))
    return {"added": added, **await _told(studio, known, intent)}


@router.delete("/{intent}")
async def delete(
    intent: str,
    body: Marked,
    studio: Room = Depends(room),
    known: Questions = Depends(questions),
    by: str = Depends(author),
) -> dict[str, Any]:
    """Delete it, unless something needs it; the answer then says what, and where."""
    await asyncio.to_thread(lambda: known.delete(intent, body.mark, author=by))
    return {"problems": await _problems(studio, [])}


async def _told(studio: Room, known: Questions, intent: str) -> dict[str, Any]:
    found = await asyncio.to_thread(known.find, intent)
    hand = await asyncio.to_thread(known.hand, found)
    return {
        "intent": intent,
        "title": found.question.title,
        "mark": found.question.mark,
        "file": found.file,
        "topic": found.topic,
        "examples": list(found.question.examples),
        "wordings": [_wording(one) for one in found.question.wordings],
        "extra": found.question.extra,
        "hand": {"author": hand.author, "at": hand.at.isoformat()} if hand else None,
        "problems": await _problems(studio, found.files),
    }


def _row(found: Found) -> dict[str, Any]:
    question = found.question
    return {
        "intent": question.intent,
        "title": question.title,
        "topic": found.topic,
        "file": found.file,
        "examples": len(question.examples),
        "wordings": {tone: sum(one.tone == tone for one in question.wordings) for tone in TONES},
    }


def _wording(one: Wording) -> dict[str, Any]:
    buttons = [{"title": button.title, "payload": button.payload} for button in one.buttons]
    return {"tone": one.tone, "text": one.text, "buttons": buttons, "number": one.number}


async def _problems(studio: Room, first: Sequence[str]) -> list[dict[str, Any]]:
    """Say what is wrong in all files, those that are looked at first."""
    found = await asyncio.to_thread(check, studio.settings.files, studio.settings)
    return [described(problem) for problem in sorted(found, key=lambda one: one.path not in first)]
