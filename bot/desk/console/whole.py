"""One conversation with all that an agent needs to take it over in five seconds."""

import asyncio
from typing import Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy import and_, select
from sqlalchemy.engine import Connection

from bot.business import Business
from bot.desk.console.answers import ConsoleRoute
from bot.desk.console.conversations import Call, about
from bot.desk.console.surveys import described
from bot.handoff.model import Conversation, Handoff, Note, iso
from bot.handoff.prechat import labelled
from bot.storage import handoffs, messages, notes, surveys, verdicts
from bot.storage.tables import agents, conversations
from bot.storage.tables import handoffs as handed_over

SHOWN = 1000  # messages of one conversation, the newest
EARLIER = 20  # conversations of the same customer
router = APIRouter(prefix="/api/console/conversations", route_class=ConsoleRoute, tags=["console"])


@router.get("/{id}")
async def whole(request: Request, call: Call = Depends(about)) -> dict[str, Any]:
    """Give everything about a conversation, and note that the agent has read it."""
    room, conversation = call.room, call.conversation
    await room.read(call.agent.id, conversation.id, conversation.last_seq)

    business: Business = request.app.state.business

    def work() -> dict[str, Any]:
        with room.database.read() as connection:
            return _stored(connection, conversation, call.agent.id)

    card, stored, summary = await asyncio.gather(
        room.cards.card(conversation.customer_id), room.database.run(work), call.summary()
    )
    return {
        "summary": summary,
        **stored,
        "card": card,
        "mood": (conversation.mood or {}).get("moments", []),
        "prechat": _prechat(conversation, business),
        "visitor_seen_seq": conversation.visitor_seen_seq,
        "viewers": room.screens.viewers(conversation.id),
    }


def _prechat(conversation: Conversation, business: Business) -> dict[str, Any] | None:
    """Return what the visitor answered before the chat, with what was asked; None: nothing."""
    kept = conversation.prechat
    if kept is None:
        return None
    answers = labelled(business.widget.prechat, kept)
    return {"answers": answers, "consent_at": kept.get("consent_at")}


def _stored(connection: Connection, conversation: Conversation, agent_id: str) -> dict[str, Any]:
    names = dict(connection.execute(select(agents.c.id, agents.c.name)).all())
    since = max(conversation.last_seq - SHOWN, 0)
    handoff = handoffs.latest(connection, conversation.id)
    return {
        "messages": [message.as_dict() for message in messages.after(connection, conversation.id, since)],
        "brief": handoff.brief if handoff else None,
        "handoff": _handoff(connection, handoff, agent_id, names) if handoff else None,
        "notes": [_note(note, names) for note in notes.of(connection, conversation.id)],
        "earlier": _earlier(connection, conversation, names),
        "surveys": [described(one) for one in surveys.of(connection, conversation.id)],
    }


def _handoff(
    connection: Connection, handoff: Handoff, agent_id: str, names: dict[str, str]
) -> dict[str, Any]:
    to, verdict = handoff.offered_to, verdicts.find(connection, handoff.id, agent_id)
    moments = ("offered_until", "snoozed_until", "promised_at")
    return {
        "id": handoff.id,
        "state": handoff.state,
        "assignment": handoff.assignment,
        "offered_to": {"id": to, "name": names.get(to)} if to else None,
        **{name: iso(at) if (at := getattr(handoff, name)) else None for name in moments},
        "outcome": handoff.outcome,
        "availability": handoff.availability,
        "contact": handoff.contact,
        "verdict": {"escalation": verdict.escalation, "mood": verdict.mood} if verdict else None,
    }


def _note(note: Note, names: dict[str, str]) -> dict[str, Any]:
    return {"id": note.id, "author": names.get(note.agent_id), "text": note.text, "at": iso(note.at)}


def _earlier(
    connection: Connection, conversation: Conversation, names: dict[str, str]
) -> list[dict[str, Any]]:
    """Return what else the customer has talked about with us; a stranger has no past here."""
    if conversation.customer_id is None:
        return []
    c, h = conversations.c, handed_over.c
    columns = (c.id, c.opened_at, c.agent_id, h.outcome, h.state, h.claimed_by)
    situation = h.brief["situation"].as_string().label("situation")
    newest = (
        select(h.id)
        .where(h.conversation_id == c.id)
        .order_by(h.opened_at.desc())
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )
    query = (
        select(*columns, situation)
        .select_from(conversations.outerjoin(handed_over, and_(h.conversation_id == c.id, h.id == newest)))
        .where(
            c.customer_id == conversation.customer_id, c.opened_at < conversation.opened_at, c.last_seq > 0
        )
        .order_by(c.changed_at.desc())
        .limit(EARLIER)
    )
    return [
        {
            "id": row.id,
            "at": iso(row.opened_at),
            "situation": row.situation,
            "outcome": row.outcome or row.state,
            "agent": names.get(row.claimed_by or row.agent_id),
        }
        for row in connection.execute(query)
    ]
