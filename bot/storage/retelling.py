"""Rows of conversations with the bot, as an owner may want to make a story of one."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.handoff.model import VISITOR
from bot.storage.tables import conversations, messages

MOST, NEWEST = 40, 2_000  # that are listed, among the newest; those with more messages than one
_M, _C = messages.c, conversations.c


class Begun(NamedTuple):
    """A conversation by its first message."""

    id: str
    name: str | None
    at: datetime
    text: str


class Spoken(NamedTuple):
    """A message; `heard` is what the model heard in a visitor's, see the column `messages.heard`."""

    seq: int
    speaker: str
    text: str
    payload: str | None
    heard: dict[str, Any] | None


def newest(connection: Connection, words: str = "") -> list[Begun]:
    """Return conversations that visitors began, the newest first; with `words` those that begin with them."""
    recent = (
        select(_C.id).where(_C.last_seq > 1).order_by(_C.changed_at.desc()).limit(NEWEST).scalar_subquery()
    )
    first = (
        select(_M.conversation_id, func.min(_M.seq).label("seq"))
        .where(_M.speaker == VISITOR, _M.conversation_id.in_(recent))
        .group_by(_M.conversation_id)
        .subquery()
    )
    query = (
        select(_C.id, _C.customer_name, _C.changed_at, _M.text)
        .join(first, first.c.conversation_id == _C.id)
        .join(messages, (_M.conversation_id == _C.id) & (_M.seq == first.c.seq))
        .order_by(_C.changed_at.desc())
        .limit(MOST)
    )
    if words:
        query = query.where(func.lower(_M.text).contains(words.lower(), autoescape=True))
    return [Begun(*row) for row in connection.execute(query)]


def of(connection: Connection, conversation_id: str) -> list[Spoken]:
    """Return what was said in a conversation, in order."""
    query = select(_M.seq, _M.speaker, _M.text, _M.payload, _M.heard).where(
        _M.conversation_id == conversation_id
    )
    return [Spoken(*row) for row in connection.execute(query.order_by(_M.seq))]
