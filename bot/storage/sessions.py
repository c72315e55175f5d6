"""Rows of agents' sign-ins. A session is live until it expires, is revoked, or its agent is disabled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement

from bot.storage.tables import agent_sessions, agents


def add(connection: Connection, **values: Any) -> None:
    connection.execute(insert(agent_sessions).values(**values))


def by_cookie(connection: Connection, token_hash: str, now: datetime) -> Row | None:
    """Return the live session of a cookie, with its agent's columns as `agent_…`."""
    return _live(connection, agent_sessions.c.token_hash == token_hash, now)


def by_id(connection: Connection, id: str, now: datetime) -> Row | None:
    """Return a live session, with its agent's columns as `agent_…`."""
    return _live(connection, agent_sessions.c.id == id, now)


def of_agent(connection: Connection, agent_id: str, now: datetime) -> list[Row]:
    """Return an agent's live sessions, the newest first."""
    query = select(agent_sessions).where(agent_sessions.c.agent_id == agent_id, *_open(now))
    return connection.execute(query.order_by(agent_sessions.c.created_at.desc())).all()


def last_seen(connection: Connection) -> dict[str, datetime]:
    """Return when each agent last did something at the desk."""
    query = select(agent_sessions.c.agent_id, agent_sessions.c.seen_at).where(
        agent_sessions.c.seen_at.is_not(None)
    )
    return dict(connection.execute(query.order_by(agent_sessions.c.seen_at)).all())


def change(connection: Connection, id: str, **values: Any) -> None:
    connection.execute(update(agent_sessions).where(agent_sessions.c.id == id).values(**values))


def revoke(
    connection: Connection, now: datetime, *where: ColumnElement[bool], but: str | None = None
) -> Sequence[str]:
    """End the live sessions that all of `where` holds for, except `but`; return their ids."""
    query = select(agent_sessions.c.id).where(*where, *_open(now))
    ended = [id for id in connection.execute(query).scalars() if id != but]
    same = agent_sessions.c.id.in_(ended)
    connection.execute(update(agent_sessions).where(same).values(revoked_at=now))
    return ended


def revoke_all(
    connection: Connection, now: datetime, agent_id: str, *, but: str | None = None
) -> Sequence[str]:
    """End all sessions of an agent, except `but`; return the ids of those that ended."""
    return revoke(connection, now, agent_sessions.c.agent_id == agent_id, but=but)


def _live(connection: Connection, same: ColumnElement[bool], now: datetime) -> Row | None:
    c = agents.c
    shown = (column.label(f"agent_{column.name}") for column in (c.name, c.email, c.role, c.breather_until))
    query = select(agent_sessions, *shown).join(agents, c.id == agent_sessions.c.agent_id)
    return connection.execute(query.where(same, *_open(now), c.disabled.is_(False))).one_or_none()


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return agent_sessions.c.expires_at > now, agent_sessions.c.revoked_at.is_(None)
