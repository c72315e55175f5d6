"""Rows of the audit log: who did what, in ids and names of fields, never in anybody's words."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Row

from bot.storage.tables import audit


def add(connection: Connection, at: datetime, agent_id: str | None, act: str, **values: Any) -> None:
    """Write down an act; without an agent it was done on the server's command line, or by a visitor.

    `values` are conversation_id, subject (the id of what it was done to) and detail, each if there is one.
    """
    connection.execute(insert(audit).values(at=at, agent_id=agent_id, act=act, **values))


def before(
    connection: Connection, id: int | None, limit: int, *, agent_id: str = "", conversation_id: str = ""
) -> list[Row]:
    """Return what was done before entry `id`, the newest first: by everybody or one, to all or one."""
    query = select(audit)
    if id is not None:
        query = query.where(audit.c.id < id)
    if agent_id:
        query = query.where(audit.c.agent_id == agent_id)
    if conversation_id:
        query = query.where(audit.c.conversation_id == conversation_id)
    return connection.execute(query.order_by(audit.c.id.desc()).limit(limit)).all()
