"""What a list of conversations shows of each. Reads only; a few queries, however many conversations."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select, text
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement

from bot.desk.console import surveys
from bot.handoff.life import ENDED, RESOLVED
from bot.handoff.model import AGENT, BOT, CLOSED, VISITOR, WAITING, iso
from bot.handoff.urgency import urgency
from bot.storage.tables import agent_reads, agents, conversations, handoffs, messages

VIEWS = ("queue", "mine", "all", "resolved")
STEPS = ("situation", "state", "assignment", "offered_to", "offered_until", "snoozed_until", "outcome")
CALM = {"level": 0.0, "label": "calm", "trend": "steady"}
Summary = dict[str, Any]
Vip = Callable[[str | None], bool]

# Written out: an index that covers only these rows is used only where the query says so word for word.
OPEN, BEGUN = text("owner <> 'closed'"), text("last_seq > 0")

_C, _H = conversations.c, handoffs.c
# Without the rest of the mood and of the brief, which is long.
_MOOD = (_C.mood["level"].as_float(), _C.mood["label"].as_string(), _C.mood["trend"].as_string())
ROWS = select(
    *(column for column in _C if not column.name.startswith("mood")),
    *(part.label(f"mood_{name}") for name, part in zip(CALM, _MOOD, strict=True)),
)
_HANDOFFS = select(
    *(
        _H[name]
        for name in ("conversation_id", "state", "reasons", "assignment", "offered_to", "offered_until")
    ),
    *(_H.snoozed_until, _H.outcome, _H.brief["situation"].as_string().label("situation")),
)


def in_view(view: str, agent_id: str) -> ColumnElement[bool]:
    """Say which conversations a view shows; one where nothing was said yet is in none."""
    which = {
        "queue": _C.owner == WAITING,
        "mine": and_(_C.owner == AGENT, _C.agent_id == agent_id),
        "all": OPEN,
        "resolved": _C.owner == CLOSED,
    }
    return and_(BEGUN, which[view])


def counts(connection: Connection, agent_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Count for each of the agents what is in each view."""
    query = select(_C.owner, _C.agent_id, func.count()).select_from(conversations).where(BEGUN)
    found = connection.execute(query.group_by(_C.owner, _C.agent_id)).all()
    by_owner = {kind: sum(count for owner, _, count in found if owner == kind) for kind, _, _ in found}
    resolved, queue = by_owner.pop(CLOSED, 0), by_owner.get(WAITING, 0)
    mine = {agent_id: count for owner, agent_id, count in found if owner == AGENT}
    shared = {"queue": queue, "all": sum(by_owner.values()), "resolved": resolved}
    return {id: {**shared, "mine": mine.get(id, 0)} for id in agent_ids}


def open_ones(connection: Connection, most: int) -> list[Row]:
    """Return the open conversations: those with people or waiting for them, then the newest of the bot's."""
    with_bot_last = case((_C.owner == BOT, 1), else_=0)
    query = ROWS.where(BEGUN, OPEN).order_by(with_bot_last, _C.changed_at.desc())
    return connection.execute(query.limit(most)).all()


def waiting(connection: Connection) -> list[Row]:
    """Return the conversations that wait for a person."""
    return connection.execute(ROWS.where(in_view("queue", ""))).all()


def found(connection: Connection, ids: Iterable[str]) -> list[Row]:
    """Return these conversations."""
    return connection.execute(ROWS.where(_C.id.in_(list(ids)))).all()


def summaries(connection: Connection, rows: Sequence[Row], *, vip: Vip, now: datetime) -> list[Summary]:
    """Describe conversations, all but what is different for each agent."""
    ids = [row.id for row in rows]
    names = dict(connection.execute(select(agents.c.id, agents.c.name)).all())
    last, asked = _last_messages(connection, ids), _handoffs(connection, ids)
    said = surveys.newest(connection, ids)
    return [
        {
            **_standing(row, vip(row.customer_id), now, _steps(asked.get(row.id), names)),
            "owner": {"kind": row.owner, "agent_id": row.agent_id, "name": names.get(row.agent_id)},
            "last_message": last.get(row.id),
            "survey": said.get(row.id),
        }
        for row in rows
    ]


def unread(
    connection: Connection, ids: Collection[str], agent_ids: Collection[str]
) -> dict[tuple[str, str], int]:
    """Count for (agent, conversation) what visitors said since the agent last looked; nothing is left out."""
    m, mine = (
        messages.c,
        and_(
            agent_reads.c.conversation_id == messages.c.conversation_id, agent_reads.c.agent_id == agents.c.id
        ),
    )
    query = (
        select(agents.c.id, m.conversation_id, func.count())
        .select_from(messages.join(agents, agents.c.id.in_(agent_ids)).outerjoin(agent_reads, mine))
        .where(m.conversation_id.in_(ids), m.speaker == VISITOR, m.seq > func.coalesce(agent_reads.c.seq, 0))
        .group_by(agents.c.id, m.conversation_id)
    )
    return {(agent, id): count for agent, id, count in connection.execute(query)}


def worst_first(described: list[Summary]) -> list[Summary]:
    """Put those first that need a person most; of equals, who has waited longest."""
    return sorted(described, key=lambda summary: (-summary["urgency"], summary["waiting_since"] or ""))


def _standing(row: Row, is_vip: bool, now: datetime, steps: Summary) -> Summary:
    read = {name: row._mapping[f"mood_{name}"] for name in CALM}
    mood = {name: CALM[name] if read[name] is None else read[name] for name in CALM}
    waited = now - (row.waiting_since or now)
    codes = [reason["code"] for reason in steps["reasons"]]
    return {
        "id": row.id,
        "version": row.version,
        "customer": {"name": row.customer_name, "identified": row.customer_id is not None, "vip": is_vip},
        **steps,
        "mood": mood,
        "urgency": urgency(level=mood["level"], reasons=codes, vip=is_vip, waited=waited),
        "opened_at": iso(row.opened_at),
        "waiting_since": _iso(row.waiting_since),
        "channel": row.channel,
        "language": row.language,
        "page": row.page,
        "resolved_at": _iso(row.closed_at),
    }


def _steps(handoff: Row | None, names: dict[str, str]) -> Summary:
    """Describe the hand-over, if there is one."""
    if handoff is None:
        return {"reasons": [], **dict.fromkeys(STEPS)}
    to = handoff.offered_to
    return {
        "situation": handoff.situation,
        "reasons": [_reason(reason) for reason in handoff.reasons if isinstance(reason, dict)],
        "state": handoff.state,
        "assignment": handoff.assignment,
        "offered_to": {"id": to, "name": names.get(to)} if to else None,
        "offered_until": _iso(handoff.offered_until),
        "snoozed_until": _iso(handoff.snoozed_until),
        "outcome": handoff.outcome,
    }


def _reason(kept: dict[str, Any]) -> dict[str, str]:
    code = str(kept.get("code", ""))
    return {"code": code, "label": str(kept.get("label") or code)}


def _iso(at: datetime | None) -> str | None:
    return iso(at) if at else None


def _last_messages(connection: Connection, ids: list[str]) -> dict[str, dict[str, Any]]:
    newest = and_(messages.c.conversation_id == _C.id, messages.c.seq == _C.last_seq)
    columns = (messages.c[name] for name in ("conversation_id", "speaker", "text", "at"))
    query = select(*columns).join(conversations, newest).where(_C.id.in_(ids))
    return {
        row.conversation_id: {"speaker": row.speaker, "text": row.text, "at": iso(row.at)}
        for row in connection.execute(query)
    }


def _handoffs(connection: Connection, ids: list[str]) -> dict[str, Row]:
    """Return the hand-over that each conversation is in, or was in when it was closed."""
    running = or_(_H.ended_at.is_(None), _H.state.in_((RESOLVED, ENDED)))
    query = _HANDOFFS.join(conversations).where(_H.conversation_id.in_(ids), running, _C.owner != BOT)
    return {row.conversation_id: row for row in connection.execute(query.order_by(_H.opened_at))}
