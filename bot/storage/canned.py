"""Rows of canned replies."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.storage.tables import canned_replies


@dataclass(frozen=True)
class CannedReply:
    """An answer that agents keep ready, typed as `/code`. Field by field the row."""

    id: str
    code: str
    title: str
    text: str
    changed_by: str | None
    changed_at: datetime


_ALL = select(*(canned_replies.c[field.name] for field in fields(CannedReply)))


def every(connection: Connection) -> list[CannedReply]:
    """Return all of them, by code."""
    return [CannedReply(*row) for row in connection.execute(_ALL.order_by(canned_replies.c.code))]


def find(connection: Connection, id: str) -> CannedReply | None:
    row = connection.execute(_ALL.where(canned_replies.c.id == id)).first()
    return CannedReply(*row) if row else None


def by_code(connection: Connection, code: str) -> CannedReply | None:
    row = connection.execute(_ALL.where(canned_replies.c.code == code)).first()
    return CannedReply(*row) if row else None


def count(connection: Connection) -> int:
    return int(connection.scalar(select(func.count()).select_from(canned_replies)))


def save(connection: Connection, reply: CannedReply) -> None:
    """Write a reply over the one with its id, or as a new one."""
    same = update(canned_replies).where(canned_replies.c.id == reply.id)
    if not connection.execute(same.values(**asdict(reply))).rowcount:
        connection.execute(insert(canned_replies), [asdict(reply)])


def remove(connection: Connection, id: str) -> bool:
    """Remove a reply; tell whether there was one."""
    return bool(connection.execute(delete(canned_replies).where(canned_replies.c.id == id)).rowcount)
