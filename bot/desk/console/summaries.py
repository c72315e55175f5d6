"""What a list of conversations shows of each. Reads only; a few queries, however many conversations."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement

from bot.handoff.model import AGENT, CLOSED, VISITOR, WAITING, iso
from bot.handoff.urgency import urgency
from bot.storage.tables import agent_reads, agents, conversations, handoffs, messages

VIEWS = ("queue", "mine", "all", "resolved")
LONGEST = 200  # conversations in one list
CALM = {"level": 0.0, "label": "calm", "trend": "steady"}
Vip = Callable[[str | None], bool]


def in_view(view: str, agent_id: str) -> ColumnElement[bool]:
    """Say which conversations a view shows; one where nothing was said yet is in none."""
    c = conversations.c
    which = {
        "queue": c.owner == WAITING,
        "mine": and_(c.owner == AGENT, c.agent_id == agent_id),
        "all": c.owner != CLOSED,
        "resolved": c.owner == CLOSED,
    }
    return and_(c.last_seq > 0, which[view])


def counts(connection: Connection, agent_id: str) -> dict[str, int]:
    """Count what is in each view."""
    columns = [func.count().filter(in_view(view, agent_id)).label(view) for view in VIEWS]
    return dict(connection.execute(select(*columns).select_from(conversations)).one()._mapping)


def listed(connection: Connection, view: str, agent_id: str) -> list[Row]:
    """Return the conversations of a view: people who wait, then by the newest change."""
    query = select(conversations).where(in_view(view, agent_id))
    order = (conversations.c.waiting_since.is_(None), conversations.c.changed_at.desc())
    return connection.execute(query.order_by(*order).limit(LONGEST)).all()


def found(connection: Connection, ids: Iterable[str]) -> list[Row]:
    """Return these conversations."""
    return connection.execute(select(conversations).where(conversations.c.id.in_(list(ids)))).all()


def summaries(
    connection: Connection, rows: Sequence[Row], agent_id: str, *, vip: Vip, now: datetime
) -> list[dict[str, Any]]:
    """Describe conversations as one agent sees them."""
    ids = [row.id for row in rows]
    names = dict(connection.execute(select(agents.c.id, agents.c.name)).all())
    last, asked = _last_messages(connection, ids), _handoffs(connection, ids)
    unread = _unread(connection, ids, agent_id)
    return [
        {
            **_standing(row, asked.get(row.id), vip(row.customer_id), now),
            "owner": {"kind": row.owner, "agent_id": row.agent_id, "name": names.get(row.agent_id)},
            "last_message": last.get(row.id),
            "unread": unread.get(row.id, 0),
        }
        for row in rows
    ]


def worst_first(described: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put those first that need a person most; of equals, who has waited longest."""
    return sorted(described, key=lambda summary: (-summary["urgency"], summary["waiting_since"] or ""))


def _standing(row: Row, handoff: Row | None, is_vip: bool, now: datetime) -> dict[str, Any]:
    reasons = [_reason(reason) for reason in handoff.reasons] if handoff else []
    mood = {name: (row.mood or CALM).get(name, CALM[name]) for name in CALM}
    waited = now - (row.waiting_since or now)
    codes = [reason["code"] for reason in reasons]
    return {
        "id": row.id,
        "version": row.version,
        "customer": {"name": row.customer_name, "identified": row.customer_id is not None, "vip": is_vip},
        "situation": (handoff.brief or {}).get("situation") if handoff else None,
        "reasons": reasons,
        "mood": mood,
        "urgency": urgency(level=mood["level"], reasons=codes, vip=is_vip, waited=waited),
        "opened_at": iso(row.opened_at),
        "waiting_since": iso(row.waiting_since) if row.waiting_since else None,
        "channel": row.channel,
        "resolved_at": iso(row.closed_at) if row.closed_at else None,
    }


def _reason(kept: dict[str, Any]) -> dict[str, str]:
    code = str(kept.get("code", ""))
    return {"code": code, "label": str(kept.get("label") or code)}


def _last_messages(connection: Connection, ids: list[str]) -> dict[str, dict[str, Any]]:
    newest = and_(
        messages.c.conversation_id == conversations.c.id, messages.c.seq == conversations.c.last_seq
    )
    query = select(messages).join(conversations, newest).where(conversations.c.id.in_(ids))
    return {
        row.conversation_id: {"speaker": row.speaker, "text": row.text, "at": iso(row.at)}
        for row in connection.execute(query)
    }


def _handoffs(connection: Connection, ids: list[str]) -> dict[str, Row]:
    """Return the hand-over that each conversation is in, or was in when it was closed."""
    running = or_(handoffs.c.ended_at.is_(None), handoffs.c.state == "resolved")
    of_present = and_(handoffs.c.conversation_id.in_(ids), running)
    query = select(handoffs).join(conversations).where(of_present, conversations.c.owner != "bot")
    return {row.conversation_id: row for row in connection.execute(query.order_by(handoffs.c.opened_at))}


def _unread(connection: Connection, ids: list[str], agent_id: str) -> dict[str, int]:
    """Count what visitors said since this agent last looked."""
    mine = and_(
        agent_reads.c.conversation_id == messages.c.conversation_id, agent_reads.c.agent_id == agent_id
    )
    query = (
        select(messages.c.conversation_id, func.count())
        .outerjoin(agent_reads, mine)
        .where(messages.c.conversation_id.in_(ids), messages.c.speaker == VISITOR)
        .where(messages.c.seq > func.coalesce(agent_reads.c.seq, 0))
        .group_by(messages.c.conversation_id)
    )
    return dict(connection.execute(query).all())
