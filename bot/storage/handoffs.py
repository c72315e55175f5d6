"""Rows of hand-overs."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.handoff.model import WAITING, Handoff
from bot.storage.tables import conversations, handoffs

_LISTS = ("reasons", "filled", "missing", "passed_by", "skills")
_NAMES = [field.name for field in fields(Handoff)]
_COLUMNS = [handoffs.c[name] for name in _NAMES]
_ALL = select(*_COLUMNS)


def add(connection: Connection, handoff: Handoff) -> None:
    """Write a new hand-over."""
    row = {field.name: getattr(handoff, field.name) for field in fields(handoff)}
    connection.execute(insert(handoffs), [row | {name: list(row[name]) for name in _LISTS}])


def find(connection: Connection, id: str) -> Handoff | None:
    return _handoff(connection.execute(_ALL.where(handoffs.c.id == id)).first())


def by_cause(connection: Connection, conversation_id: str, cause: str) -> Handoff | None:
    """Return the hand-over that this cause has opened."""
    query = _ALL.where(handoffs.c.conversation_id == conversation_id, handoffs.c.cause == cause)
    return _handoff(connection.execute(query).first())


def latest(connection: Connection, conversation_id: str) -> Handoff | None:
    """Return the newest hand-over of a conversation: the open one, or else the last that ended."""
    query = _ALL.where(handoffs.c.conversation_id == conversation_id)
    newest_first = query.order_by(handoffs.c.ended_at.isnot(None), handoffs.c.opened_at.desc())
    return _handoff(connection.execute(newest_first.limit(1)).first())


def ids(connection: Connection, conversation_id: str) -> list[str]:
    """Return the ids of all hand-overs of a conversation."""
    query = select(handoffs.c.id).where(handoffs.c.conversation_id == conversation_id)
    return list(connection.execute(query).scalars())


def in_line(connection: Connection) -> list[Handoff]:
    """Return all that wait: first who has had an agent already, then who waits longest."""
    query = _ALL.join(conversations).where(handoffs.c.ended_at.is_(None), conversations.c.owner == WAITING)
    rows = connection.execute(query.order_by(handoffs.c.released == 0, conversations.c.waiting_since))
    return [found for row in rows if (found := _handoff(row))]


def without_brief(connection: Connection) -> list[Handoff]:
    """Return the open hand-overs whose brief was never composed."""
    query = _ALL.where(handoffs.c.brief.is_(None), handoffs.c.ended_at.is_(None))
    return [found for row in connection.execute(query) if (found := _handoff(row))]


def change(connection: Connection, id: str, **values: Any) -> None:
    """Write some fields of a hand-over."""
    connection.execute(update(handoffs).where(handoffs.c.id == id).values(**values))


def _handoff(row: Sequence[Any] | None) -> Handoff | None:
    if row is None:
        return None
    values = dict(zip(_NAMES, row, strict=True))
    return Handoff(**values | {name: tuple(values[name]) for name in _LISTS})
