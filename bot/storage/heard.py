"""Rows of what the bot's model heard in messages, how that went on, and what the owner has put away of it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, func, insert, literal_column, null, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select
from sqlalchemy.sql.elements import ColumnElement

from bot.handoff.model import BOT, VISITOR
from bot.storage.tables import agents, conversations, dismissed, handoffs, messages, notes, verdicts

MOST = 20_000  # messages at once, the newest; so that a busy year does not fill the memory
Item = tuple[str, str]  # the conversation's id and the message's seq, or the hand-over's id
_M, _V = messages.c, verdicts.c
# What somebody typed and the bot answered; a click is no question of theirs.
_TYPED = and_(_M.speaker == VISITOR, _M.heard.is_not(null()), _M.payload.is_(None))


class Heard(NamedTuple):
    """A message of a visitor, and what was heard in it: see the column `messages.heard`."""

    conversation: str
    seq: int
    text: str
    at: datetime
    heard: dict[str, Any]


class Judged(NamedTuple):
    """What an agent thinks of a hand-over."""

    handoff: str
    conversation: str
    agent: str
    at: datetime
    escalation: str | None
    mood: str | None
    reasons: list[dict[str, Any]]
    note: str | None


def since(connection: Connection, at: datetime, *, most: int = MOST) -> list[Heard]:
    """Return what was asked after a moment, the newest first."""
    query = select(_M.conversation_id, _M.seq, _M.text, _M.at, _M.heard).where(_TYPED, _M.at >= at)
    newest_first = query.order_by(_M.at.desc(), _M.conversation_id, _M.seq.desc()).limit(most)
    return [Heard(*row) for row in connection.execute(newest_first)]


def counts(connection: Connection, at: datetime) -> dict[str, int]:
    """Count what was asked after a moment, by intent."""
    intent: ColumnElement[str] = literal_column("messages.heard ->> 'intent'")
    query = select(intent, func.count()).select_from(messages).where(_TYPED, _M.at >= at)
    return {name: count for name, count in connection.execute(query.group_by(intent)) if name}


def failures(connection: Connection, at: datetime) -> list[tuple[str, int]]:
    """Return where the bot said after a moment that it did not understand: conversation and seq."""
    query = select(_M.conversation_id, _M.seq).where(_M.failed, _M.speaker == BOT, _M.at >= at)
    return [(row.conversation_id, row.seq) for row in connection.execute(query)]


def moments(connection: Connection, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """Return for each conversation that went on after a moment how the visitor felt at each message."""
    c = conversations.c
    query = select(c.id, c.mood["moments"]).where(c.changed_at >= at, c.mood.is_not(null()))
    return {id: found or [] for id, found in connection.execute(query)}


def judged(connection: Connection, at: datetime) -> list[Judged]:
    """Return what agents found wrong after a moment with hand-overs, the newest first."""
    h = handoffs.c
    columns = (h.id, h.conversation_id, agents.c.name, _V.at, _V.escalation, _V.mood, h.reasons, h.note)
    found_wrong = or_(
        _V.escalation.in_(("not_needed", "too_late", "wrong_person")), _V.mood.in_(("too_high", "too_low"))
    )
    query = select(*columns).select_from(verdicts.join(handoffs).join(agents, agents.c.id == _V.agent_id))
    newest_first = query.where(found_wrong, _V.at >= at).order_by(_V.at.desc(), h.id)
    return [Judged(*row) for row in connection.execute(newest_first)]


def written(connection: Connection, ids: Collection[str]) -> dict[str, list[str]]:
    """Return what agents noted for each other in these conversations, in order."""
    found: dict[str, list[str]] = {}
    query = select(notes.c.conversation_id, notes.c.text).where(notes.c.conversation_id.in_(ids))
    for id, text in connection.execute(query.order_by(notes.c.at)):
        found.setdefault(id, []).append(text)
    return found


def put_away(connection: Connection, about: str) -> set[Item]:
    """Return what was put away of one list."""
    query = select(dismissed.c.conversation_id, dismissed.c.item).where(dismissed.c.about == about)
    return {(row.conversation_id, row.item) for row in connection.execute(query)}


def put(
    connection: Connection,
    about: str,
    items: Iterable[Item],
    *,
    agent_id: str,
    at: datetime,
    taught: str | None = None,
) -> None:
    """Put away what is still there of these; `taught` is the intent that they became examples of."""
    wanted = list(dict.fromkeys(items))
    bring_back(connection, about, wanted)
    there = set(connection.scalars(_there([conversation for conversation, _ in wanted])))
    common = {"about": about, "agent_id": agent_id, "taught": taught, "at": at}
    rows = [{"conversation_id": id, "item": item, **common} for id, item in wanted if id in there]
    if rows:
        connection.execute(insert(dismissed), rows)


def bring_back(connection: Connection, about: str, items: Sequence[Item]) -> None:
    """Undo `put`."""
    for conversation, item in items:
        same = (dismissed.c.conversation_id == conversation, dismissed.c.item == item)
        connection.execute(delete(dismissed).where(dismissed.c.about == about, *same))


def _there(ids: Collection[str]) -> Select:
    # Locked, so that a conversation which is erased just now takes with it what is put down here.
    return select(conversations.c.id).where(conversations.c.id.in_(set(ids))).with_for_update()
