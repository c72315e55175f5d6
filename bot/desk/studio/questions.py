"""Questions and their answers over the wire."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, Field, StrictInt, StrictStr

from bot.check import check
from bot.check.questions import ENOUGH_EXAMPLES
from bot.desk.studio.asked import Reader, reader
from bot.desk.studio.files import described
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.handoff.model import utc_now
from bot.studio.asked.health import DAYS, Counts, counts
from bot.studio.questions.likeness import Likeness, MixedUp, Near
from bot.studio.questions.question import TONES, Button, Wording
from bot.studio.questions.questions import Questions
from bot.studio.questions.taught import Taught

SETTLED = 2.0  # seconds for which the files are taken to be as they were, while somebody types


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


class Typed(BaseModel):
    text: StrictStr = Field(max_length=2000)
    intent: StrictStr | None = None


class Examples(BaseModel):
    texts: list[StrictStr]


def questions(studio: Room = Depends(room)) -> Questions:
    """Return what knows the questions, as a dependency."""
    return studio.questions


def likenesses(request: Request, eye: Reader = Depends(reader)) -> Likeness:
    """Return what compares examples, as a dependency."""
    state = request.app.state
    if not hasattr(state, "likeness"):
        state.likeness = Likeness(eye.vectors)
    found: Likeness = state.likeness
    return found


@router.get("")
async def listed(
    studio: Room = Depends(room),
    known: Questions = Depends(questions),
    eye: Reader = Depends(reader),
    likeness: Likeness = Depends(likenesses),
) -> dict[str, Any]:
    """List the questions and how they do; `compared` is false while their examples are still compared."""
    taught = await asyncio.to_thread(known.taught)
    counted = asyncio.to_thread(counts, studio.database, utc_now() - timedelta(days=DAYS))
    compared = await _compared(likeness, taught, eye)
    mixed = await asyncio.to_thread(likeness.mixed_up, taught.examples) if compared else {}
    asked = await counted
    rows = [_row(taught, intent, mixed.get(intent), asked.get(intent)) for intent in taught.questions]
    topics = list(dict.fromkeys(one["topic"] for one in rows))
    return {"questions": rows, "topics": topics, "compared": compared}


@router.post("/near")
async def near(
    body: Typed,
    known: Questions = Depends(questions),
    eye: Reader = Depends(reader),
    likeness: Likeness = Depends(likenesses),
) -> dict[str, Any]:
    """Say which questions are near to a text that is to be an example of `intent`."""
    taught = await asyncio.to_thread(lambda: known.taught(within=SETTLED))
    if not await _compared(likeness, taught, eye):
        return {"near": [], "compared": False}
    found = await asyncio.to_thread(likeness.near, body.text, taught.examples, body.intent)
    return {"near": [_near(taught, one) for one in found], "compared": True}


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


async def _compared(likeness: Likeness, taught: Taught, eye: Reader) -> bool:
    """Tell whether all examples can be compared; else they are being encoded."""
    texts = [text for texts in taught.examples.values() for text in texts]
    return likeness.knows(taught.examples) or await eye.ready(texts)


def _row(taught: Taught, intent: str, mixed: MixedUp | None, counted: Counts | None) -> dict[str, Any]:
    found, question = taught.questions[intent], taught.questions[intent].question
    return {
        "intent": intent,
        "title": question.title,
        "topic": found.topic,
        "file": found.file,
        "examples": len(question.examples),
        "wordings": {tone: sum(one.tone == tone for one in question.wordings) for tone in TONES},
        "weak": len(question.examples) < ENOUGH_EXAMPLES,
        "confusions": mixed.examples if mixed else 0,
        "nearest": {
            "intent": mixed.other,
            "title": taught.title(mixed.other),
            "likeness": round(mixed.likeness, 2),
        }
        if mixed
        else None,
        "asked": counted.asked if counted else 0,
        "upset": counted.upset if counted else 0,
    }


def _near(taught: Taught, one: Near) -> dict[str, Any]:
    told = {
        "intent": one.intent,
        "title": taught.title(one.intent),
        "question": one.intent in taught.questions,
    }
    return {**told, "example": one.example, "likeness": round(one.likeness, 2), "too_near": one.too_near}


def _wording(one: Wording) -> dict[str, Any]:
    buttons = [{"title": button.title, "payload": button.payload} for button in one.buttons]
    return {"tone": one.tone, "text": one.text, "buttons": buttons, "number": one.number}


async def _problems(studio: Room, first: Sequence[str]) -> list[dict[str, Any]]:
    """Say what is wrong in all files, those that are looked at first."""
    found = await asyncio.to_thread(check, studio.settings.files, studio.settings)
    return [described(problem) for problem in sorted(found, key=lambda one: one.path not in first)]
