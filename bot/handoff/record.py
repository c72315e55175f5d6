"""One conversation opened for writing: what is said and moved in it is saved together, then told."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy.engine import Connection

from bot.errors import NotFound, ProtocolError
from bot.handoff import life
from bot.handoff.events import Event, HandoffMoved, MessageAdded, OwnerChanged, VisitorRead
from bot.handoff.model import (
    AGENT,
    BOT,
    CLOSED,
    DROPPED,
    PENDING,
    WAITING,
    Agent,
    Conversation,
    Handoff,
    Message,
    Question,
)
from bot.storage import conversations, handoffs, messages
from bot.storage.engine import Database

INSTANT = timedelta(microseconds=1)  # the least by which one moment is later than another


class Record:
    """A conversation that nobody else changes until it is saved; `events` are told after the commit."""

    def __init__(self, connection: Connection, conversation: Conversation, now: datetime) -> None:
        self.connection, self.conversation, self.now = connection, conversation, now
        self.events: list[Event] = []
        self.briefless: Handoff | None = None  # a new hand-over, whose brief is composed afterwards
        self.gone = False  # erased within this transaction
        self._said: list[Message] = []

    # What is said.

    def said_before(self, speaker: str, cmid: str, text: str | None = None) -> Message | None:
        """Return the message that was already stored under this id; the desk's own may have any text.

        Raises:
            ProtocolError: it had another text.
        """
        known = messages.by_cmid(self.connection, self.conversation.id, speaker, cmid)
        if known and text is not None and known.text != text:
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

    def hear(self, language: str | None) -> None:
        """Note the language that the visitor writes in; None: their message did not tell."""
        if language and language != self.conversation.language:
            self.conversation = replace(self.conversation, language=language)

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

    def parts_with(self, question: Question) -> bool:
        """Tell whether the bot asked for a person while it was busy with this question, and nothing since."""
        now = self.conversation
        if now.owner != WAITING or now.version != question.version + 1:
            return False
        asked = messages.find(self.connection, now.id, question.seq)
        return asked is not None and asked.turn == PENDING

    def seen_by_visitor(self, seq: int) -> None:
        """Note how far the visitor has read."""
        self.conversation = replace(self.conversation, visitor_seen_seq=seq)
        self.events.append(VisitorRead(self.conversation.id, seq))

    # What is moved.

    @cached_property
    def handoff(self) -> Handoff | None:
        """The open hand-over, or else the last one."""
        return handoffs.latest(self.connection, self.conversation.id)

    @property
    def state(self) -> str:
        """Return where the hand-over stands, or `life.NONE` while the conversation is the bot's."""
        if self.conversation.owner == BOT:
            return life.NONE
        if self.conversation.owner == CLOSED:
            # Nobody resolves what they do not have; without an agent it was the visitor.
            return life.RESOLVED if self.conversation.agent_id else life.ENDED
        if self.handoff and self.handoff.ended_at is None:
            return self.handoff.state
        return life.QUEUED if self.conversation.owner == WAITING else life.IN_PROGRESS

    def roles(self, agent: Agent) -> set[str]:
        """Return all that an agent is in this hand-over, in the words of `life`."""
        offered = self.state == life.OFFERED and self.handoff and self.handoff.offered_to == agent.id
        known = {
            life.ANY_AGENT: True,
            life.HOLDER: self.conversation.owned_by(agent.id),
            life.OFFERED_AGENT: offered,
            life.BUSINESS_OWNER: agent.is_owner,
        }
        return {role for role, is_one in known.items() if is_one}

    def begin(
        self,
        handoff: Handoff,
        verb: str,
        who: Collection[str],
        agent: Agent | None = None,
        *,
        parting: bool = False,
    ) -> life.Step:
        """Take the first step of a new hand-over; `parting` as in `move`.

        Raises:
            IllegalTransition: one is open already, or the conversation is closed.
        """
        step = life.find(verb, self.state, who)
        # The clock may have been set back since the last one; the order of hand-overs must not be.
        opened_at = max(handoff.opened_at, self.handoff.opened_at + INSTANT) if self.handoff else self.now
        self.handoff = self.briefless = replace(handoff, state=step.after, opened_at=opened_at)
        handoffs.add(self.connection, self.handoff)
        self._follow(step, agent, parting=parting)
        return step

    def step(self, verb: str, who: Collection[str], agent: Agent | None = None, **changes: Any) -> life.Step:
        """Take a step of the hand-over; `changes` are further fields of its row.

        Raises:
            IllegalTransition: there is no such step from here, or it is somebody else's to take.
        """
        step = life.find(verb, self.state, who)
        fresh = {"state": step.after, **changes}
        if step.after != life.OFFERED:
            fresh |= {"offered_to": None, "offered_until": None}
        if step.after != life.SNOOZED:
            fresh["snoozed_until"] = None
        if (step.after in life.OVER) != (self.state in life.OVER):
            fresh["ended_at"] = self.now if step.after in life.OVER else None
        # Without an open one there is none to change: the last one ended in its own way.
        if self.state == life.NONE or self.change(**fresh):
            self._follow(step, agent)
        return step

    def move(self, owner: str, agent: Agent | None = None, *, parting: bool = False) -> None:
        """Give the conversation to an owner; what the bot still had to answer is dropped.

        With `parting`, the bot may still answer the question it is busy with.
        """
        messages.settle_all(self.connection, self.conversation.id, DROPPED, but_first=parting)
        keeps_agent = owner in (AGENT, CLOSED) and agent
        moved = self.conversation.moved(owner, self.now, agent.id if keeps_agent else None)
        self.conversation = moved
        name = agent.name if keeps_agent else None
        self.events.append(OwnerChanged(moved.id, moved.owner, moved.version, moved.agent_id, name))

    def change(self, **values: Any) -> bool:
        """Write fields of the hand-over that are news; tell whether any was."""
        if self.handoff is None:
            return True
        news = {name: value for name, value in values.items() if getattr(self.handoff, name) != value}
        if news:
            handoffs.change(self.connection, self.handoff.id, **news)
            self.handoff = replace(self.handoff, **news)
        return bool(news)

    def save(self) -> None:
        """Write what was said and moved."""
        if self.gone:
            return
        if self._said:
            messages.add(self.connection, *self._said)
        if self.events:
            conversations.save(self.connection, self.conversation)

    def _follow(self, step: life.Step, agent: Agent | None, *, parting: bool = False) -> None:
        """Give the conversation to whom the step leads, and tell of both."""
        if step.owner != self.conversation.owner:
            self.move(step.owner, agent, parting=parting)
        handoff = self.handoff
        told = HandoffMoved(
            self.conversation.id,
            handoff.id if handoff else "",
            step.verb,
            step.after,
            agent.id if agent else None,
        )
        if handoff and step.after == life.OFFERED:
            told = replace(
                told,
                offered_to=handoff.offered_to,
                offered_until=handoff.offered_until,
                assignment=handoff.assignment,
            )
        self.events.append(told)


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
