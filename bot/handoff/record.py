"""One conversation opened for writing: what is said and moved in it is saved together, then told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from bot.errors import NotFound, ProtocolError
from bot.handoff.events import Event, MessageAdded, OwnerChanged
from bot.handoff.model import DROPPED, PENDING, WAITING, Conversation, Handoff, Message, Question
from bot.storage import conversations, messages
from bot.storage.engine import Database


class Record:
    """A conversation that nobody else changes until it is saved; `events` are told after the commit."""

    def __init__(self, connection: Connection, conversation: Conversation, now: datetime) -> None:
        self.connection, self.conversation, self.now = connection, conversation, now
        self.events: list[Event] = []
        self.briefless: Handoff | None = None  # a new hand-over, whose brief is composed afterwards
        self._said: list[Message] = []

    def said_before(self, speaker: str, cmid: str, text: str) -> Message | None:
        """Return the message that was already stored under this id.

        Raises:
            ProtocolError: it had another text.
        """
        known = messages.by_cmid(self.connection, self.conversation.id, speaker, cmid)
        if known and known.text != text:
            raise ProtocolError("That id was used for another message.", code="cmid_reused")
        return known

    def say(self, speaker: str, text: str, *, asks: Question | None = None, **fields: Any) -> Message:
        """Add a message. With `turn=PENDING` the bot has to answer it; `asks` has it answer another."""
        said = self.conversation = replace(
            self.conversation, last_seq=self.conversation.last_seq + 1, changed_at=self.now
        )
        message = Message(said.id, said.last_seq, speaker, text, self.now, **fields)
        self._said.append(message)
        question = self.question(message) if message.turn == PENDING else asks
        self.events.append(MessageAdded(said.id, message, question))
        return message

    def question(self, message: Message) -> Question:
        """Return what the bot is asked by a message."""
        now = self.conversation
        return Question(
            conversation_id=now.id,
            seq=message.seq,
            version=now.version,
            text=message.text,
            payload=message.payload,
            customer_id=now.customer_id,
            customer_name=now.customer_name,
        )

    def move(
        self, moved: Conversation, agent_name: str | None = None, *, parting: bool = False
    ) -> None:
        """Give the conversation to another owner; what the bot still had to answer is dropped.

        With `parting`, the bot may still answer the question it is busy with.
        """
        messages.settle_all(self.connection, moved.id, DROPPED, but_first=parting)
        self.conversation = moved
        self.events.append(OwnerChanged(moved.id, moved.owner, moved.version, moved.agent_id, agent_name))

    def parts_with(self, question: Question) -> bool:
        """Tell whether the bot asked for a person while it was busy with this question, and nothing since."""
        now = self.conversation
        if now.owner != WAITING or now.version != question.version + 1:
            return False
        asked = messages.find(self.connection, now.id, question.seq)
        return asked is not None and asked.turn == PENDING

    def save(self) -> None:
        """Write what was said and moved."""
        if self._said:
            messages.add(self.connection, *self._said)
        if self.events:
            conversations.save(self.connection, self.conversation)


@contextmanager
def open_record(database: Database, conversation_id: str, now: datetime) -> Iterator[Record]:
    """Open a conversation for writing; an error inside leaves everything as it was.

    Raises:
        NotFound: there is none.
    """
    with database.write() as connection:
        conversation = conversations.lock(connection, conversation_id)
        if conversation is None:
            raise NotFound("There is no such conversation.")
        record = Record(connection, conversation, now)
        yield record
        record.save()
