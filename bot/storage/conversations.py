"""Rows of conversations and of the tokens that lead to them."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.handoff.model import CLOSED, Conversation
from bot.storage.tables import (
    agent_reads,
    attachments,
    continuations,
    conversations,
    dismissed,
    handoffs,
    messages,
    notes,
    surveys,
    verdicts,
    visitor_tokens,
)

_NAMES = [field.name for field in fields(Conversation)]
_ALL = select(*(conversations.c[name] for name in _NAMES))

# Built once: these run with every message, and building a statement takes longer than running it.
_FIND = _ALL.where(conversations.c.id == bindparam("id"))
_STATE = [name for name in _NAMES if name not in ("mood", "mood_seq")]
_LOCK = select(*(conversations.c[name] for name in _STATE)).where(conversations.c.id == bindparam("id"))
_LOCK = _LOCK.with_for_update()
_CHANGED = (
    *("owner", "agent_id", "version", "last_seq", "changed_at"),
    *("waiting_since", "closed_at", "visitor_seen_seq", "language"),
)
_BELONGING = (
    *(handoffs, notes, messages, agent_reads, visitor_tokens),
    *(attachments, surveys, continuations, dismissed),
)
_SAVE = update(conversations).where(conversations.c.id == bindparam("of"))


def find(connection: Connection, id: str) -> Conversation | None:
    """Return a conversation."""
    return _conversation(connection.execute(_FIND, {"id": id}).first())


def lock(connection: Connection, id: str) -> Conversation | None:
    """Return a conversation, without its mood, that nobody else changes until the transaction ends."""
    row = connection.execute(_LOCK, {"id": id}).first()
    return Conversation(**dict(zip(_STATE, row, strict=True))) if row else None


def by_token(connection: Connection, token_hash: str) -> Conversation | None:
    """Return the conversation that a visitor's token leads to."""
    query = _ALL.join_from(conversations, visitor_tokens)
    return _conversation(connection.execute(query.where(visitor_tokens.c.token_hash == token_hash)).first())


def latest_open_of(connection: Connection, customer_id: str, since: datetime) -> Conversation | None:
    """Return the conversation that a customer was last in, if that is not closed or long ago."""
    query = _ALL.where(
        conversations.c.customer_id == customer_id,
        conversations.c.changed_at > since,
        conversations.c.owner != CLOSED,
    )
    newest_first = query.order_by(conversations.c.changed_at.desc())
    return _conversation(connection.execute(newest_first.limit(1)).first())


def add(connection: Connection, conversation: Conversation) -> None:
    """Write a new conversation."""
    row = {name: getattr(conversation, name) for name in _NAMES}
    connection.execute(insert(conversations), [row])


def save(connection: Connection, conversation: Conversation) -> None:
    """Write who has a conversation that was locked, and how far it has come."""
    changed = {name: getattr(conversation, name) for name in _CHANGED}
    connection.execute(_SAVE, {"of": conversation.id, **changed})


def count_by_owner(connection: Connection) -> dict[str, int]:
    """Count the conversations that are with each kind of owner."""
    query = select(conversations.c.owner, func.count()).group_by(conversations.c.owner)
    return {owner: count for owner, count in connection.execute(query)}


def delete_empty(connection: Connection, before: datetime) -> None:
    """Forget chats that were opened before a moment and in which nobody ever said a thing."""
    unused = (conversations.c.last_seq == 0, conversations.c.opened_at < before)
    _delete(connection, select(conversations.c.id).where(*unused))


def erase(connection: Connection, id: str) -> None:
    """Remove a conversation with all that belongs to it."""
    _delete(connection, select(conversations.c.id).where(conversations.c.id == id))


def _delete(connection: Connection, ids: Select) -> None:
    of_these = handoffs.c.conversation_id.in_(ids)
    judged = verdicts.c.handoff_id.in_(select(handoffs.c.id).where(of_these))
    connection.execute(delete(verdicts).where(judged))
    for table in _BELONGING:
        connection.execute(delete(table).where(table.c.conversation_id.in_(ids)))
    connection.execute(delete(conversations).where(conversations.c.id.in_(ids)))


def identify(connection: Connection, id: str, customer_id: str, customer_name: str) -> None:
    """Note who the visitor is."""
    query = update(conversations).where(conversations.c.id == id)
    connection.execute(query.values(customer_id=customer_id, customer_name=customer_name))


def speak(connection: Connection, id: str, locale: str, language: str | None) -> None:
    """Note the language of the visitor's widget, and what is known of the one they write in."""
    query = update(conversations).where(conversations.c.id == id)
    connection.execute(query.values(locale=locale, language=language))


def set_prechat(connection: Connection, id: str, prechat: dict[str, Any]) -> None:
    """Keep what the visitor answered before the first message."""
    connection.execute(update(conversations).where(conversations.c.id == id).values(prechat=prechat))


def mood(connection: Connection, id: str) -> dict[str, Any]:
    """Return how the visitor feels, as far as it was read."""
    return connection.scalar(select(conversations.c.mood).where(conversations.c.id == id)) or {}


def set_mood(connection: Connection, id: str, mood: dict[str, Any], seq: int) -> bool:
    """Keep the mood as of a message; tell whether it is news."""
    query = update(conversations).where(conversations.c.id == id, conversations.c.mood_seq < seq)
    return bool(connection.execute(query.values(mood=mood, mood_seq=seq)).rowcount)


def add_token(connection: Connection, token_hash: str, conversation_id: str, at: datetime) -> None:
    """Let one more browser into a conversation."""
    row = {"token_hash": token_hash, "conversation_id": conversation_id, "at": at}
    connection.execute(insert(visitor_tokens), [row])


def _conversation(row: Row | None) -> Conversation | None:
    return Conversation(*row) if row else None
