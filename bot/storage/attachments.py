"""Rows of files that were sent, beside the messages that show them."""

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from bot.handoff.model import Attachment
from bot.storage.tables import attachments

_SHOWN = ("id", "name", "kind", "size", "width", "height")
_ALL = select(*(attachments.c[name] for name in _SHOWN), attachments.c.conversation_id)


def add(
    connection: Connection,
    conversation_id: str,
    attachment: Attachment,
    *,
    sha256: str,
    at: datetime,
    agent_id: str | None = None,
) -> None:
    """Write a file that is on the disk already; `sha256` is that of what was sent."""
    about = {"conversation_id": conversation_id, "sha256": sha256, "at": at, "agent_id": agent_id}
    connection.execute(insert(attachments), [{**attachment.as_dict(), **about}])


def find(connection: Connection, id: str) -> tuple[str, Attachment] | None:
    """Return a file with the conversation that it belongs to."""
    row = connection.execute(_ALL.where(attachments.c.id == id)).first()
    return (row.conversation_id, Attachment(*row[: len(_SHOWN)])) if row else None


def sha256_of(connection: Connection, id: str) -> str | None:
    return connection.scalar(select(attachments.c.sha256).where(attachments.c.id == id))


def count(connection: Connection, conversation_id: str) -> int:
    query = select(func.count()).select_from(attachments)
    return int(connection.scalar(query.where(attachments.c.conversation_id == conversation_id)) or 0)


def everything(connection: Connection) -> set[tuple[str, str]]:
    """Return all there are, as (conversation, id)."""
    return {
        (row[0], row[1])
        for row in connection.execute(select(attachments.c.conversation_id, attachments.c.id))
    }
