"""Rows of links that open a stranger's conversation on another device, each once."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.storage.tables import continuations

_C = continuations.c


def add(connection: Connection, code_hash: str, conversation_id: str, now: datetime, until: datetime) -> None:
    """Keep a new link, and no longer those that ran out."""
    connection.execute(delete(continuations).where(_C.expires_at < now))
    row = {"code_hash": code_hash, "conversation_id": conversation_id, "created_at": now, "expires_at": until}
    connection.execute(insert(continuations), [row])


def use(connection: Connection, code_hash: str, now: datetime) -> str | None:
    """Use a link up; return the conversation that it leads to, None if it is good no more."""
    good = (_C.code_hash == code_hash, _C.used_at.is_(None), _C.created_at <= now, _C.expires_at > now)
    if not connection.execute(update(continuations).where(*good).values(used_at=now)).rowcount:
        return None
    return connection.scalar(select(_C.conversation_id).where(_C.code_hash == code_hash))
