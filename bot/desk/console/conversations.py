"""The console's calls about conversations: look, take over, reply, hand back, resolve."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, StrictInt, constr

from bot.desk.access import SignedIn, conversation_for_agent, current_agent
from bot.desk.console.answers import Conflict, ConsoleRoute
from bot.desk.console.room import Room
from bot.errors import HandoffError, StaleVersion
from bot.handoff.model import AGENT, CLOSED, WAITING, Conversation
from bot.storage import handoffs, messages

SHOWN = 1000  # messages of one conversation
router = APIRouter(prefix="/api/console/conversations", route_class=ConsoleRoute, tags=["console"])
T = TypeVar("T")


class Versioned(BaseModel):
    version: StrictInt


class HandBack(Versioned):
    note: constr(strict=True, max_length=2000) = ""


class Reply(BaseModel):
    cmid: constr(strict=True, regex=r"^[A-Za-z0-9_-]{1,64}\Z")
    text: constr(strict=True, max_length=4096)


def room(request: Request) -> Room:
    return request.app.state.console


@dataclass(frozen=True)
class Call:
    """A call about one conversation, by an agent who may see it."""

    room: Room
    agent: SignedIn
    conversation: Conversation

    async def summary(self) -> dict[str, Any]:
        """Describe the conversation as it stands now."""
        return await self.room.summary(self.conversation.id, self.agent.id)

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


@router.get("")
async def listed(
    view: Literal["queue", "mine", "all", "resolved"] = "queue",
    room: Room = Depends(room),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """List conversations: the worst first in `queue` and `mine`, the newest first in `all` and `resolved`."""
    summaries, counts = await room.listed(view, agent.id)
    return {"conversations": summaries, "counts": counts}


@router.get("/{id}")
async def detail(call: Call = Depends(about)) -> dict[str, Any]:
    """Give everything about a conversation, and note that the agent has read it."""
    room, conversation = call.room, call.conversation
    await room.read(call.agent.id, conversation.id, conversation.last_seq)
    card, (said, brief), summary = await asyncio.gather(
        room.cards.card(conversation.customer_id),
        room.database.run(_said, room, conversation),
        call.summary(),
    )
    mood = (conversation.mood or {}).get("moments", [])
    return {"summary": summary, "messages": said, "brief": brief, "card": card, "mood": mood}


@router.post("/{id}/claim")
async def claim(body: Versioned, call: Call = Depends(about)) -> dict[str, Any]:
    """Take over, from the queue or from the bot."""
    await call.take(call.room.service.claim(call.conversation.id, call.agent, body.version))
    return {"summary": await call.summary()}


@router.post("/{id}/reply")
async def reply(body: Reply, call: Call = Depends(about)) -> dict[str, Any]:
    """Say something; the same `cmid` again says it once."""
    id = call.conversation.id
    message = await call.take(call.room.service.reply(id, call.agent, body.cmid, body.text))
    await call.room.read(call.agent.id, id, message.seq)
    return {"message": message.as_dict()}


@router.post("/{id}/hand-back")
async def hand_back(body: HandBack, call: Call = Depends(about)) -> dict[str, Any]:
    """Give the conversation back to the bot."""
    id = call.conversation.id
    await call.take(call.room.service.hand_back(id, call.agent, body.version, body.note))
    return {"summary": await call.summary()}


@router.post("/{id}/resolve")
async def resolve(body: Versioned, call: Call = Depends(about)) -> dict[str, Any]:
    """Close the conversation."""
    await call.take(call.room.service.resolve(call.conversation.id, call.agent, body.version))
    return {"summary": await call.summary()}


def _found(room: Room, agent: SignedIn, id: str) -> Conversation:
    with room.database.read() as connection:
        return conversation_for_agent(connection, agent, id)


def _said(room: Room, conversation: Conversation) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    since = max(conversation.last_seq - SHOWN, 0)
    with room.database.read() as connection:
        said = [message.as_dict() for message in messages.after(connection, conversation.id, since)]
        handoff = handoffs.latest(connection, conversation.id)
    return said, handoff.brief if handoff else None


def _who_has_it(owner: dict[str, Any], agent: SignedIn) -> str:
    if owner["kind"] == AGENT:
        yours = owner["agent_id"] == agent.id
        return "You have this conversation." if yours else f"{owner['name']} has this conversation."
    words = {WAITING: "is waiting for a person", CLOSED: "has been resolved"}
    return f"This conversation {words.get(owner['kind'], 'is with the assistant')}."
