"""Rows of agents' private notes."""

from dataclasses import asdict, fields

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.handoff.model import Note
from bot.storage.tables import notes

_ALL = select(*(notes.c[field.name] for field in fields(Note)))


def add(connection: Connection, note: Note) -> None:
    """Write a new note."""
    connection.execute(insert(notes), [asdict(note)])


def by_cmid(connection: Connection, conversation_id: str, cmid: str) -> Note | None:
    """Return what was already noted under the sender's own id."""
    query = _ALL.where(notes.c.conversation_id == conversation_id, notes.c.cmid == cmid)
    row = connection.execute(query).first()
    return Note(*row) if row else None


def of(connection: Connection, conversation_id: str) -> list[Note]:
    """Return the notes on a conversation, the oldest first."""
    query = _ALL.where(notes.c.conversation_id == conversation_id)
    return [Note(*row) for row in connection.execute(query.order_by(notes.c.at, notes.c.id))]
