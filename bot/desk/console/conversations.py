"""The console's calls about conversations: look, take over, reply, hand back, resolve."""

import asyncio
from collections.abc import Coroutine
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


async def conversation(
    id: str, room: Room = Depends(room), agent: SignedIn = Depends(current_agent)
) -> Conversation:
    """Return the conversation that a call is about, if the agent may see it."""
    return await room.database.run(_found, room, agent, id)


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
async def detail(
    conversation: Conversation = Depends(conversation),
    room: Room = Depends(room),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """Give everything about a conversation, and note that the agent has read it."""
    await room.read(agent.id, conversation.id, conversation.last_seq)
    card, (said, brief), summary = await asyncio.gather(
        room.cards.card(conversation.customer_id),
        room.database.run(_said, room, conversation),
        room.summary(conversation.id, agent.id),
    )
    mood = (conversation.mood or {}).get("moments", [])
    return {"summary": summary, "messages": said, "brief": brief, "card": card, "mood": mood}


@router.post("/{id}/claim")
async def claim(
    body: Versioned,
    conversation: Conversation = Depends(conversation),
    room: Room = Depends(room),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """Take over, from the queue or from the bot."""
    await _unless_moved(
        room, agent, room.service.claim(conversation.id, agent, body.version), conversation.id
    )
    return {"summary": await room.summary(conversation.id, agent.id)}


@router.post("/{id}/reply")
async def reply(
    body: Reply,
    conversation: Conversation = Depends(conversation),
    room: Room = Depends(room),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """Say something; the same `cmid` again says it once."""
    said = room.service.reply(conversation.id, agent, body.cmid, body.text)
    message = await _unless_moved(room, agent, said, conversation.id)
    await room.read(agent.id, conversation.id, message.seq)
    return {"message": message.as_dict()}


@router.post("/{id}/hand-back")
async def hand_back(
    body: HandBack,
    conversation: Conversation = Depends(conversation),
    room: Room = Depends(room),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """Give the conversation back to the bot."""
    moved = room.service.hand_back(conversation.id, agent, body.version, body.note)
    await _unless_moved(room, agent, moved, conversation.id)
    return {"summary": await room.summary(conversation.id, agent.id)}


@router.post("/{id}/resolve")
async def resolve(
    body: Versioned,
    conversation: Conversation = Depends(conversation),
    room: Room = Depends(room),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """Close the conversation."""
    await _unless_moved(
        room, agent, room.service.resolve(conversation.id, agent, body.version), conversation.id
    )
    return {"summary": await room.summary(conversation.id, agent.id)}


def _found(room: Room, agent: SignedIn, id: str) -> Conversation:
    with room.database.read() as connection:
        return conversation_for_agent(connection, agent, id)


def _said(room: Room, conversation: Conversation) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    since = max(conversation.last_seq - SHOWN, 0)
    with room.database.read() as connection:
        said = [message.as_dict() for message in messages.after(connection, conversation.id, since)]
        handoff = handoffs.latest(connection, conversation.id)
    return said, handoff.brief if handoff else None


async def _unless_moved(room: Room, agent: SignedIn, step: Coroutine[Any, Any, T], id: str) -> T:
    """Take the step; if somebody was faster, say who has the conversation now."""
    try:
        return await step
    except HandoffError as problem:
        owner = (await room.summary(id, agent.id))["owner"]
        current = problem.current if isinstance(problem, StaleVersion) else None
        raise Conflict(_who_has_it(owner, agent), code=problem.code, current=current, owner=owner) from None


def _who_has_it(owner: dict[str, Any], agent: SignedIn) -> str:
    if owner["kind"] == AGENT:
        yours = owner["agent_id"] == agent.id
        return "You have this conversation." if yours else f"{owner['name']} has this conversation."
    words = {WAITING: "is waiting for a person", CLOSED: "has been resolved"}
    return f"This conversation {words.get(owner['kind'], 'is with the assistant')}."
