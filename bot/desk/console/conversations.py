"""The console's calls that change a conversation: the verbs of `handoff.life`, notes and verdicts."""

from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, StrictInt, constr, validator

from bot.desk.access import SignedIn, conversation_for_agent, current_agent
from bot.desk.console.answers import Conflict, ConsoleRoute
from bot.desk.console.room import Room
from bot.errors import HandoffError, StaleVersion
from bot.handoff.aside import ESCALATIONS, MOODS
from bot.handoff.life import OUTCOMES
from bot.handoff.model import AGENT, CLOSED, WAITING, Conversation, iso
from bot.handoff.service import HandoffService

router = APIRouter(prefix="/api/console/conversations", route_class=ConsoleRoute, tags=["console"])
T = TypeVar("T")


Cmid = constr(strict=True, regex=r"^[A-Za-z0-9_-]{1,64}\Z")
Note = constr(strict=True, max_length=2000)


class Versioned(BaseModel):
    version: StrictInt


class HandBack(Versioned):
    note: Note = ""  # type: ignore[valid-type]


class Resolve(Versioned):
    outcome: Literal[OUTCOMES] | None = None  # type: ignore[valid-type]


class Transfer(Versioned):
    """To a colleague, or to whoever has a skill."""

    agent: constr(strict=True, min_length=1, max_length=32) | None = None  # type: ignore[valid-type]
    skill: constr(strict=True, min_length=1, max_length=40) | None = None  # type: ignore[valid-type]
    note: Note = ""  # type: ignore[valid-type]


class Snooze(Versioned):
    until: datetime

    @validator("until", pre=True)
    def is_written(cls, value: Any) -> Any:
        if not isinstance(value, str) or "T" not in value:
            raise ValueError("a time in ISO 8601")
        return value

    @validator("until")
    def has_a_zone(cls, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise ValueError("a time with its zone")
        return value


class Said(BaseModel):
    """A reply or a note."""

    cmid: Cmid  # type: ignore[valid-type]
    text: constr(strict=True, max_length=4096)  # type: ignore[valid-type]


class Judged(BaseModel):
    escalation: Literal[ESCALATIONS] | None = None  # type: ignore[valid-type]
    mood: Literal[MOODS] | None = None  # type: ignore[valid-type]


def room(request: Request) -> Room:
    return request.app.state.console


@dataclass(frozen=True)
class Call:
    """A call about one conversation, by an agent who may see it."""

    room: Room
    agent: SignedIn
    conversation: Conversation

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def service(self) -> HandoffService:
        return self.room.service

    async def summary(self) -> dict[str, Any]:
        """Describe the conversation as it stands now."""
        return await self.room.summary(self.id, self.agent.id)

    async def step(self, step: Coroutine[Any, Any, Any]) -> dict[str, Any]:
        """Take a step and answer with the conversation as it stands then."""
        await self.take(step)
        return {"summary": await self.summary()}

    async def take(self, step: Coroutine[Any, Any, T]) -> T:
        """Take the step; if somebody was faster, say who has the conversation now."""
        try:
            return await step
        except HandoffError as problem:
            owner = (await self.summary())["owner"]
            current = problem.current if isinstance(problem, StaleVersion) else None
            text = _who_has_it(owner, self.agent)
            raise Conflict(text, code=problem.code, current=current, owner=owner) from None


async def about(id: str, room: Room = Depends(room), agent: SignedIn = Depends(current_agent)) -> Call:
    """Find the conversation that a call is about."""
    return Call(room, agent, await room.database.run(_found, room, agent, id))


@router.post("/{id}/claim")
async def claim(body: Versioned, call: Call = Depends(about)) -> dict[str, Any]:
    """Take over, from the queue or from the bot."""
    return await call.step(call.service.claim(call.id, call.agent, body.version))


@router.post("/{id}/pass")
async def pass_on(call: Call = Depends(about)) -> dict[str, Any]:
    """Let an offer go to somebody else."""
    return await call.step(call.service.pass_on(call.id, call.agent))


@router.post("/{id}/reply")
async def reply(body: Said, call: Call = Depends(about)) -> dict[str, Any]:
    """Say something; the same `cmid` again says it once."""
    message = await call.take(call.service.reply(call.id, call.agent, body.cmid, body.text))
    await call.room.read(call.agent.id, call.id, message.seq)
    return {"message": message.as_dict()}


@router.post("/{id}/hand-back")
async def hand_back(body: HandBack, call: Call = Depends(about)) -> dict[str, Any]:
    """Give the conversation back to the bot, with a note of what was agreed."""
    return await call.step(call.service.hand_back(call.id, call.agent, body.version, body.note))


@router.post("/{id}/resolve")
async def resolve(body: Resolve, call: Call = Depends(about)) -> dict[str, Any]:
    """Close the conversation, with how it came out."""
    return await call.step(call.service.resolve(call.id, call.agent, body.version, body.outcome))


@router.post("/{id}/reopen")
async def reopen(body: Versioned, call: Call = Depends(about)) -> dict[str, Any]:
    """Go on with a conversation that was resolved."""
    return await call.step(call.service.reopen(call.id, call.agent, body.version))


@router.post("/{id}/release")
async def release(body: Versioned, call: Call = Depends(about)) -> dict[str, Any]:
    """Put the conversation back into the queue."""
    return await call.step(call.service.release(call.id, call.agent, body.version))


@router.post("/{id}/transfer")
async def transfer(body: Transfer, call: Call = Depends(about)) -> dict[str, Any]:
    """Pass the conversation to a colleague, or to whoever has a skill."""
    where = {"to": body.agent, "skill": body.skill, "note": body.note}
    return await call.step(call.service.transfer(call.id, call.agent, body.version, **where))


@router.post("/{id}/snooze")
async def snooze(body: Snooze, call: Call = Depends(about)) -> dict[str, Any]:
    """Put the conversation aside until a time, or until its visitor writes."""
    return await call.step(call.service.snooze(call.id, call.agent, body.version, body.until))


@router.post("/{id}/notes")
async def note(body: Said, call: Call = Depends(about)) -> dict[str, Any]:
    """Write a note for colleagues; the same `cmid` again writes it once."""
    kept = await call.service.note(call.id, call.agent, body.cmid, body.text)
    told = {"id": kept.id, "author": call.agent.name, "text": kept.text, "at": iso(kept.at)}
    return {"note": told}


@router.post("/{id}/verdict")
async def verdict(body: Judged, call: Call = Depends(about)) -> dict[str, Any]:
    """Say whether the hand-over was due and the mood read right; what is left out stays as it was."""
    given = {"escalation": body.escalation, "mood": body.mood}
    kept = await call.service.judge(call.id, call.agent, **given)
    return {"verdict": {"escalation": kept.escalation, "mood": kept.mood}}


def _found(room: Room, agent: SignedIn, id: str) -> Conversation:
    with room.database.read() as connection:
        return conversation_for_agent(connection, agent, id)


def _who_has_it(owner: dict[str, Any], agent: SignedIn) -> str:
    if owner["kind"] == AGENT:
        yours = owner["agent_id"] == agent.id
        return "You have this conversation." if yours else f"{owner['name']} has this conversation."
    words = {WAITING: "is waiting for a person", CLOSED: "has been resolved"}
    return f"This conversation {words.get(owner['kind'], 'is with the assistant')}."
