"""Rows of messages."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.handoff.model import BOT, DROPPED, PENDING, Attachment, Button, Message, Question
from bot.storage.tables import conversations, messages

_NAMES = [field.name for field in fields(Message)]
_ALL = select(*(messages.c[name] for name in _NAMES))

# Built once: these run with every message, and building a statement takes longer than running it.
_ADD = insert(messages)
_FIND = _ALL.where(messages.c.conversation_id == bindparam("of"), messages.c.seq == bindparam("seq"))
_BY_CMID = _ALL.where(
    messages.c.conversation_id == bindparam("of"),
    messages.c.speaker == bindparam("speaker"),
    messages.c.cmid == bindparam("cmid"),
)
_PENDING = update(messages).where(messages.c.conversation_id == bindparam("of"), messages.c.turn == PENDING)
_SETTLE = _PENDING.where(messages.c.seq == bindparam("number"))


def add(connection: Connection, *new: Message) -> None:
    """Write new messages."""
    connection.execute(_ADD, [_row(message) for message in new])


def find(connection: Connection, conversation_id: str, seq: int) -> Message | None:
    return _message(connection.execute(_FIND, {"of": conversation_id, "seq": seq}).first())


def by_cmid(connection: Connection, conversation_id: str, speaker: str, cmid: str) -> Message | None:
    """Return what was already stored under the sender's own id."""
    sought = {"of": conversation_id, "speaker": speaker, "cmid": cmid}
    return _message(connection.execute(_BY_CMID, sought).first())


def after(
    connection: Connection, conversation_id: str, seq: int = 0, limit: int | None = None
) -> list[Message]:
    """Return the messages after a sequence number, in order."""
    query = _ALL.where(messages.c.conversation_id == conversation_id, messages.c.seq > seq)
    rows = connection.execute(query.order_by(messages.c.seq).limit(limit))
    return [message for row in rows if (message := _message(row))]


def newest(connection: Connection, conversation_id: str, *speakers: str) -> Message | None:
    """Return what one of these speakers said last."""
    query = _ALL.where(messages.c.conversation_id == conversation_id, messages.c.speaker.in_(speakers))
    return _message(connection.execute(query.order_by(messages.c.seq.desc()).limit(1)).first())


def count_since(connection: Connection, conversation_id: str, at: datetime, speaker: str) -> int:
    """Count what one kind of speaker said after a moment."""
    query = select(func.count()).where(
        messages.c.conversation_id == conversation_id, messages.c.at > at, messages.c.speaker == speaker
    )
    return int(connection.execute(query.select_from(messages)).scalar_one())


def settle(
    connection: Connection, conversation_id: str, turn: str, seq: int, heard: dict[str, Any] | None = None
) -> None:
    """Mark a message, if it is pending, as answered, dropped or failed; keep what was heard in it."""
    changed = {"of": conversation_id, "number": seq, "turn": turn}
    connection.execute(_SETTLE, changed | ({"heard": heard} if heard else {}))


def settle_all(connection: Connection, conversation_id: str, turn: str, *, but_first: bool = False) -> None:
    """Mark all pending messages of a conversation; with `but_first` all except the oldest."""
    change = _PENDING
    if but_first:
        oldest = select(func.min(messages.c.seq)).where(
            messages.c.conversation_id == conversation_id, messages.c.turn == PENDING
        )
        change = change.where(messages.c.seq > (connection.execute(oldest).scalar_one() or 0))
    connection.execute(change, {"of": conversation_id, "turn": turn})


def drop_orphans(connection: Connection) -> None:
    """Drop what the bot was busy with in conversations that a person has by now."""
    with_people = select(conversations.c.id).where(conversations.c.owner != BOT)
    orphans = update(messages).where(messages.c.turn == PENDING, messages.c.conversation_id.in_(with_people))
    connection.execute(orphans.values(turn=DROPPED))


def set_turn(connection: Connection, conversation_id: str, seq: int, turn: str) -> None:
    """Mark one message, whatever it was marked as."""
    query = update(messages).where(messages.c.conversation_id == conversation_id, messages.c.seq == seq)
    connection.execute(query.values(turn=turn))


def last_in_turn(connection: Connection, conversation_id: str, *turns: str) -> Message | None:
    """Return the newest message that is marked as one of these."""
    query = _ALL.where(messages.c.conversation_id == conversation_id, messages.c.turn.in_(turns))
    return _message(connection.execute(query.order_by(messages.c.seq.desc()).limit(1)).first())


def pending(connection: Connection) -> list[Question]:
    """Return all that the bot still has to answer, in order within each conversation."""
    columns = [conversations.c.version, conversations.c.customer_id, conversations.c.customer_name]
    mine = [messages.c.conversation_id, messages.c.seq, messages.c.text, messages.c.payload]
    query = select(*mine, *columns).join_from(messages, conversations).where(messages.c.turn == PENDING)
    rows = connection.execute(query.order_by(messages.c.conversation_id, messages.c.seq))
    return [Question(**row._mapping) for row in rows]


def _row(message: Message) -> dict[str, Any]:
    row = {name: getattr(message, name) for name in _NAMES}
    attachment = message.attachment.as_dict() if message.attachment else None
    return row | {"buttons": [asdict(button) for button in message.buttons] or None, "attachment": attachment}


def _message(row: Row | None) -> Message | None:
    if row is None:
        return None
    values = dict(zip(_NAMES, row, strict=True))
    values["buttons"] = tuple(Button(**button) for button in values["buttons"] or ())
    values["attachment"] = Attachment(**values["attachment"]) if values["attachment"] else None
    return Message(**values)
