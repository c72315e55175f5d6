"""What people and the bot may do with a conversation: check, change, save, tell.

Every verb is one transaction; what happened is published after its commit, in the order of saving.
"""

import asyncio
import json
import secrets
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

from bot.business import Business
from bot.errors import IllegalTransition
from bot.handoff import availability
from bot.handoff.bus import Bus
from bot.handoff.events import BriefComposed, HandoffOpened, TypingChanged
from bot.handoff.model import (
    AGENT,
    ANSWERED,
    BOT,
    CLOSED,
    DROPPED,
    FAILED,
    PENDING,
    PERSON_BUTTON,
    RETRY_BUTTON,
    SYSTEM,
    VISITOR,
    WAITING,
    Agent,
    Button,
    Cause,
    Conversation,
    Handoff,
    Message,
    Opening,
    Question,
    Receipt,
    Reply,
    utc_now,
)
from bot.handoff.plain import plain, tidy_note
from bot.handoff.presence import Presence
from bot.handoff.record import Record, open_record
from bot.storage import conversations, handoffs, messages
from bot.storage.engine import Database

NOTE_LENGTH = 2000  # characters of an agent's note to the bot
UNUSED = timedelta(days=1)  # after which a chat without a message is forgotten
T = TypeVar("T")


class Briefs(Protocol):
    """Whoever composes the brief of a hand-over."""

    async def compose(self, handoff: Handoff) -> bool:
        """Compose and keep it; tell whether it worked."""


class HandoffService:
    """The only one who changes conversations and publishes what happened."""

    def __init__(
        self,
        database: Database,
        *,
        business: Business,
        briefs: Briefs,
        bus: Bus,
        presence: Presence,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.bus, self.presence = bus, presence
        self._database, self._business, self._briefs, self._clock = database, business, briefs, clock
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    # What a visitor does.

    async def receive(
        self, conversation_id: str, cmid: str, text: str, *, payload: str | None = None
    ) -> Receipt:
        """Store a visitor's message; the bot has to answer it if the conversation is the bot's.

        Raises:
            ProtocolError: it cannot be stored, or its id was used for another text.
        """
        typed = plain(text)

        def work(record: Record) -> Receipt:
            known = record.said_before(VISITOR, cmid, typed.text)
            if known:
                return Receipt(known, record.conversation, fresh=False)
            message = self._visitor_says(record, typed.text, cmid=cmid, payload=payload)
            if typed.masked:
                record.say(SYSTEM, self._business.say("card_masked"))
            self._reassure(record)
            return Receipt(message, record.conversation)

        return await self._change(conversation_id, work)

    async def request_person(self, conversation_id: str, cmid: str, *, button: str | None = None) -> Receipt:
        """Store that the visitor asks for a person, by a button's title or without words, and open."""
        speaker = VISITOR if button else SYSTEM
        text = button or self._business.say("person_requested")

        def work(record: Record) -> Receipt:
            known = record.said_before(speaker, cmid, text)
            if known:
                return Receipt(known, record.conversation, fresh=False)
            self._reopen(record)
            message = record.say(speaker, text, cmid=cmid)
            if record.conversation.owner == WAITING:
                self._announce(record, self._availability(record, ahead_of_last=True))
            self._open(record, explicit_request(message.seq, message.text))
            return Receipt(message, record.conversation)

        return await self._change(conversation_id, work)

    async def retry(self, conversation_id: str, cmid: str, title: str) -> Receipt:
        """Store that the visitor wants the bot to try again, and ask it what it could not answer."""

        def work(record: Record) -> Receipt:
            known = record.said_before(VISITOR, cmid, title)
            if known:
                return Receipt(known, record.conversation, fresh=False)
            self._reopen(record)
            asked = messages.last_in_turn(record.connection, conversation_id, FAILED, PENDING)
            if not asked or record.conversation.owner != BOT:
                return Receipt(record.say(VISITOR, title, cmid=cmid), record.conversation)
            messages.set_turn(record.connection, conversation_id, asked.seq, PENDING)
            message = record.say(VISITOR, title, cmid=cmid, asks=record.question(asked))
            return Receipt(message, record.conversation)

        return await self._change(conversation_id, work)

    # What the bot does.

    async def answer(self, question: Question, replies: Sequence[Reply]) -> bool:
        """Say what the bot answers, unless the conversation has moved on since it was asked."""

        def work(record: Record) -> bool:
            if not (record.parts_with(question) or self._still_asked(record, question)):
                return False
            messages.settle(record.connection, question.conversation_id, ANSWERED, question.seq)
            for reply in replies:
                buttons = tuple(Button(f"b{n}", *button) for n, button in enumerate(reply.buttons, 1))
                record.say(BOT, reply.text, name=self._business.assistant_name, buttons=buttons)
            return True

        return await self._change(question.conversation_id, work)

    async def excuse(self, question: Question, sentence: str) -> int:
        """Tell the visitor that the bot is slow or in trouble; return the sequence number, 0 if moved on."""

        def work(record: Record) -> int:
            return self._excuse(record, sentence).seq if self._still_asked(record, question) else 0

        return await self._change(question.conversation_id, work)

    async def give_up(self, question: Question, sentence: str | None) -> None:
        """Mark a question as one that the bot could not answer, and say so unless it was said."""

        def work(record: Record) -> None:
            if self._still_asked(record, question):
                messages.settle(record.connection, question.conversation_id, FAILED, question.seq)
                if sentence:
                    self._excuse(record, sentence)

        await self._change(question.conversation_id, work)

    async def open_handoff(self, conversation_id: str, cause: Cause, *, by_bot: bool = False) -> Opening:
        """Ask for a person, once per cause. Also returns calmly when one is there already.

        What the bot says in the turn in which it asks for a person itself may still be shown.
        """
        return await self._change(conversation_id, lambda record: self._open(record, cause, by_bot=by_bot))

    # What an agent does.

    async def claim(self, conversation_id: str, agent: Agent, version: int) -> Conversation:
        """Take over, from the queue or from the bot.

        Raises:
            StaleVersion: somebody was faster.
            IllegalTransition: it is with an agent, or closed.
        """

        def work(record: Record) -> Conversation:
            from_bot = record.conversation.owner == BOT
            record.move(record.conversation.claim(agent.id, version, record.now), agent.name)
            if from_bot:
                self._add_handoff(record, Cause(f"taken_over@{version}"), availability.LIVE)
            self._change_handoff(record, state="accepted", claimed_at=record.now, claimed_by=agent.id)
            record.say(SYSTEM, self._business.say("agent_joined", agent=agent.name))
            return record.conversation

        return await self._change(conversation_id, work)

    async def reply(self, conversation_id: str, agent: Agent, cmid: str, text: str) -> Message:
        """Say something as the agent who owns the conversation."""
        typed = plain(text)

        def work(record: Record) -> Message:
            if not record.conversation.owned_by(agent.id):
                raise IllegalTransition("Take the conversation over before you reply.")
            known = record.said_before(AGENT, cmid, typed.text)
            return known or record.say(AGENT, typed.text, cmid=cmid, name=agent.name, agent_id=agent.id)

        return await self._change(conversation_id, work)

    async def hand_back(
        self, conversation_id: str, agent: Agent, version: int, note: str = ""
    ) -> Conversation:
        """Give the conversation back to the bot, which is told by whom and with which note."""
        note = tidy_note(note, NOTE_LENGTH)

        def work(record: Record) -> Conversation:
            record.move(record.conversation.hand_back(agent.id, version, record.now))
            self._change_handoff(record, ended_at=record.now, state="handed_back", note=note or None)
            told = json.dumps({"agent": agent.name, "note": note}, ensure_ascii=False)
            text = self._business.say("agent_left", agent=agent.name)
            record.say(SYSTEM, text, turn=PENDING, payload=f"/handed_back{told}")
            return record.conversation

        return await self._change(conversation_id, work)

    async def resolve(self, conversation_id: str, agent: Agent, version: int) -> Conversation:
        """Close the conversation; the visitor opens it again by writing."""

        def work(record: Record) -> Conversation:
            record.move(record.conversation.resolve(agent.id, version, record.now), agent.name)
            self._change_handoff(record, ended_at=record.now, state="resolved")
            record.say(SYSTEM, self._business.say("resolved"))
            return record.conversation

        return await self._change(conversation_id, work)

    # What is told without being kept, and what is made up for after a start.

    def typing(self, conversation_id: str, speaker: str, name: str | None, on: bool) -> None:
        """Tell that somebody began or stopped typing."""
        self.bus.publish(TypingChanged(conversation_id, speaker, name, on))

    async def resume(self) -> list[Question]:
        """Compose the briefs that a stop cut short; return what the bot still has to answer."""

        def work() -> tuple[list[Question], list[Handoff]]:
            with self._database.write() as connection:
                conversations.delete_empty(connection, self._clock() - UNUSED)
                messages.drop_orphans(connection)
                return messages.pending(connection), handoffs.without_brief(connection)

        questions, without_brief = await self._database.run(work)
        for handoff in without_brief:
            self._later(self._brief(handoff))
        return questions

    async def close(self) -> None:
        """Let what is being done come to its end."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    # Steps within a transaction.

    def _visitor_says(self, record: Record, text: str, **fields: Any) -> Message:
        self._reopen(record)
        turn = PENDING if record.conversation.owner == BOT else None
        return record.say(VISITOR, text, turn=turn, **fields)

    def _reopen(self, record: Record) -> None:
        if record.conversation.owner == CLOSED:
            record.move(record.conversation.reopen(record.now))

    def _reassure(self, record: Record) -> None:
        """Answer the first message of somebody who waits for a person."""
        since = record.conversation.waiting_since
        if since is None:
            return
        if messages.count_since(record.connection, record.conversation.id, since, SYSTEM):
            return
        handoff = handoffs.latest(record.connection, record.conversation.id)
        if handoff and handoff.availability == availability.LATER:
            opening = self._business.next_opening_words(record.now)
            record.say(SYSTEM, self._business.say("details_saved", next_opening=opening))
        else:
            record.say(SYSTEM, self._business.say("still_waiting"))

    def _excuse(self, record: Record, sentence: str) -> Message:
        buttons = [Button(PERSON_BUTTON, self._business.say("button_person"))]
        if sentence == "brain_trouble":
            buttons.insert(0, Button(RETRY_BUTTON, self._business.say("button_retry")))
        return record.say(SYSTEM, self._business.say(sentence), buttons=tuple(buttons))

    def _still_asked(self, record: Record, question: Question) -> bool:
        if record.conversation.version == question.version:
            return True
        messages.settle(record.connection, question.conversation_id, DROPPED, question.seq)
        return False

    def _open(self, record: Record, cause: Cause, *, by_bot: bool = False) -> Opening:
        known = handoffs.by_cause(record.connection, record.conversation.id, cause.id)
        if known or record.conversation.owner != BOT:
            known = known or handoffs.latest(record.connection, record.conversation.id)
            return Opening(False, known.availability if known else availability.LIVE)
        told = self._availability(record)
        record.move(record.conversation.hand_over(record.now), parting=by_bot)
        handoff = self._add_handoff(record, cause, told.kind)
        self._announce(record, told)
        record.events.append(HandoffOpened(record.conversation.id, handoff.id, cause.id, told.kind))
        return Opening(True, told.kind)

    def _add_handoff(self, record: Record, cause: Cause, told: str) -> Handoff:
        handoff = Handoff(
            id=secrets.token_urlsafe(16),
            conversation_id=record.conversation.id,
            cause=cause.id,
            availability=told,
            opened_at=record.now,
            reasons=cause.reasons,
            filled=cause.filled,
            missing=cause.missing,
        )
        handoffs.add(record.connection, handoff)
        record.briefless = handoff
        return handoff

    def _change_handoff(self, record: Record, **values: Any) -> None:
        handoff = handoffs.latest(record.connection, record.conversation.id)
        if handoff and handoff.ended_at is None:
            handoffs.change(record.connection, handoff.id, **values)

    def _availability(self, record: Record, *, ahead_of_last: bool = False) -> availability.Availability:
        counts = conversations.count_by_owner(record.connection)
        return availability.decide(
            is_open=self._business.is_open(record.now),
            agents=len(self.presence.agents),
            held=counts.get(AGENT, 0),
            ahead=counts.get(WAITING, 0) - ahead_of_last,
        )

    def _announce(self, record: Record, told: availability.Availability) -> None:
        words = {
            availability.LIVE: {},
            availability.WAIT: {"wait": told.words},
            availability.LATER: {"next_opening": self._business.next_opening_words(record.now)},
        }
        record.say(SYSTEM, self._business.say(f"handoff_{told.kind}", **words[told.kind]))

    # How a transaction is run.

    async def _change(self, conversation_id: str, work: Callable[[Record], T]) -> T:
        """Run one transaction on a thread, then tell. A caller that goes away does not stop it."""
        return await asyncio.shield(self._later(self._changed(conversation_id, work)))

    async def _changed(self, conversation_id: str, work: Callable[[Record], T]) -> T:
        # One at a time per conversation, so that everybody hears in the order of saving.
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            result, record = await self._database.run(self._transaction, conversation_id, work)
            self.bus.publish(*record.events)
        if record.briefless:
            self._later(self._brief(record.briefless))
        return result

    def _transaction(self, conversation_id: str, work: Callable[[Record], T]) -> tuple[T, Record]:
        with open_record(self._database, conversation_id, self._clock()) as record:
            return work(record), record

    async def _brief(self, handoff: Handoff) -> None:
        """Compose and keep the brief, beside everything else: the CRM may be slow."""
        if await self._briefs.compose(handoff):
            self.bus.publish(BriefComposed(handoff.conversation_id, handoff.id))

    def _later(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def explicit_request(seq: int, quote: str) -> Cause:
    """Return the cause of a hand-over that the visitor asked for in so many words."""
    evidence = [{"seq": seq, "quote": quote}]
    reason = {"code": "explicit_request", "label": "Asked for a person", "score": 1.0, "threshold": 0.0}
    return Cause(f"explicit_request@{seq}", (reason | {"evidence": evidence},))
