"""What was asked and not understood, what went badly, what agents said of it; and what an owner does."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field, StrictStr, conlist

from bot.check import check
from bot.desk.access import Session, current_owner
from bot.desk.studio.files import described
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.handoff.model import utc_now
from bot.storage import heard
from bot.storage.engine import Database
from bot.studio.asked.lookback import UNKNOWN, Badly, Found, Lookback
from bot.studio.asked.meaning import Vectors
from bot.studio.asked.teaching import teach, unteach
from bot.studio.asked.unknown import Group, Message

if TYPE_CHECKING:
    from bot.nlu.encoder import SentenceEncoder

DAYS = 30
SOON = 0.7  # seconds until the page is told how far it is, in place of the groups
MOST_GROUPS, MOST_MESSAGES = 100, 50
MOST_ITEMS, MOST_TEXTS = 5_000, 200

router = routed("asked")


class Reader:
    """Looks back for one desk. Sentences are encoded beside everything else, once for all who wait."""

    def __init__(self, studio: Room) -> None:
        self.database = studio.database
        self.questions = studio.questions
        self.vectors = Vectors(lambda texts: _encoder().encode(texts))
        self.lookback = Lookback(studio.database, self.questions, self.vectors)
        self._learning: asyncio.Task[None] | None = None
        self._done = self._of = 0

    async def ready(self, texts: list[str]) -> bool:
        """Encode what is missing; False where that takes longer than a moment, and goes on."""
        if self._learning is None or self._learning.done():
            missing = await asyncio.to_thread(self.vectors.missing, texts)
            if not missing:
                return True
            self._done, self._of = 0, len(missing)
            self._learning = asyncio.create_task(self._learn(missing))
        done, _ = await asyncio.wait([self._learning], timeout=SOON)
        for task in done:
            task.result()
        return bool(done) and not await asyncio.to_thread(self.vectors.missing, texts)

    @property
    def progress(self) -> dict[str, int]:
        return {"done": self._done, "of": self._of}

    async def _learn(self, texts: list[str]) -> None:
        steps = self.vectors.learn(texts)
        while count := await asyncio.to_thread(next, steps, 0):
            self._done += count


def reader(request: Request, studio: Room = Depends(room)) -> Reader:
    """Return the desk's reader, as a dependency."""
    state = request.app.state
    if not hasattr(state, "asked"):
        state.asked = Reader(studio)
    found: Reader = state.asked
    return found


class Which(BaseModel):
    conversation: StrictStr = Field(max_length=64)
    item: StrictStr = Field(max_length=32)


class PutAway(BaseModel):
    about: Literal["unknown", "upset", "verdict"]
    items: conlist(Which, min_items=1, max_items=MOST_ITEMS)  # type: ignore[valid-type]


class Teach(BaseModel):
    intent: StrictStr = Field(max_length=80)
    texts: conlist(StrictStr, min_items=1, max_items=MOST_TEXTS)  # type: ignore[valid-type]
    items: conlist(Which, max_items=MOST_ITEMS) = []  # type: ignore[valid-type]


@router.get("")
async def asked(
    days: int = Query(DAYS, ge=1, le=366), away: bool = False, eye: Reader = Depends(reader)
) -> dict[str, Any]:
    """Give the three lists, or what was put away of them.

    While sentences are still being encoded, it says how far that is instead: `{reading: {done, of}}`.
    """
    found = await eye.database.run(_looked, eye.lookback, days, away)
    if not await eye.ready(found.to_encode):
        return {"reading": eye.progress}
    groups = await asyncio.to_thread(eye.lookback.groups, found)
    return {
        "days": days,
        "asked": found.asked,
        "titles": {one.guess: found.titles[one.guess] for one in found.messages if one.guess in found.titles},
        "groups": [_group(group) for group in groups[:MOST_GROUPS]],
        "more_groups": max(0, len(groups) - MOST_GROUPS),
        "badly": [_badly(one) for one in found.badly],
        "opinions": [one.as_dict() for one in found.opinions],
        "put_away": found.put_away,
    }


@router.post("/put-away")
async def put_away(
    body: PutAway, eye: Reader = Depends(reader), session: Session = Depends(current_owner)
) -> dict[str, Any]:
    """Take messages or verdicts off their list."""
    await eye.database.run(_put, eye.database, body.about, body.items, session.agent.id)
    return {}


@router.post("/bring-back")
async def bring_back(body: PutAway, eye: Reader = Depends(reader)) -> dict[str, Any]:
    """Put them on their list again."""

    def work() -> None:
        with eye.database.write() as connection:
            heard.bring_back(connection, body.about, _items(body.items))

    await eye.database.run(work)
    return {}


@router.post("/teach")
async def add(
    body: Teach,
    eye: Reader = Depends(reader),
    studio: Room = Depends(room),
    session: Session = Depends(current_owner),
) -> dict[str, Any]:
    """Make messages examples of a question, and take them off the list; `added` are those that were new."""
    by = session.agent
    added = await asyncio.to_thread(teach, eye.questions, body.intent, body.texts, author=by.name)
    await eye.database.run(_put, eye.database, UNKNOWN, body.items, by.id, body.intent)
    return {"added": added, "problems": await _problems(studio)}


@router.post("/unteach")
async def take_back(
    body: Teach, eye: Reader = Depends(reader), studio: Room = Depends(room), by: str = Depends(author)
) -> dict[str, Any]:
    """Undo `teach`, with what it gave as `added` for the texts."""
    await asyncio.to_thread(unteach, eye.questions, body.intent, body.texts, author=by)

    def work() -> None:
        with eye.database.write() as connection:
            heard.bring_back(connection, UNKNOWN, _items(body.items))

    await eye.database.run(work)
    return {"problems": await _problems(studio)}


def _looked(lookback: Lookback, days: int, away: bool) -> Found:
    return lookback.look(utc_now() - timedelta(days=days), away=away)


def _put(
    database: Database, about: str, which: list[Which], agent_id: str, taught: str | None = None
) -> None:
    with database.write() as connection:
        heard.put(connection, about, _items(which), agent_id=agent_id, at=utc_now(), taught=taught)


def _items(which: list[Which]) -> list[heard.Item]:
    return [(one.conversation, one.item) for one in which]


async def _problems(studio: Room) -> list[dict[str, Any]]:
    found = await asyncio.to_thread(check, studio.settings.files, studio.settings)
    return [described(problem) for problem in found]


def _group(group: Group) -> dict[str, Any]:
    """Describe a group; `rest` are the messages that are only counted."""
    return {**group.as_dict(MOST_MESSAGES), "rest": _counted(group.messages)}


def _badly(one: Badly) -> dict[str, Any]:
    return {**one.as_dict(MOST_MESSAGES), "rest": _counted([worse.asked for worse in one.cases])}


def _counted(messages: Sequence[Message | heard.Heard]) -> list[dict[str, str]]:
    return [{"conversation": one.conversation, "item": str(one.seq)} for one in messages[MOST_MESSAGES:]]


def _encoder() -> "SentenceEncoder":
    from bot.nlu.encoder import load_encoder  # takes half a second, and few desks are asked

    return load_encoder()
