"""What a visitor does: write, ask for a person or leave the queue again, read."""

from typing import Any

from bot.empathy.language import language
from bot.errors import ProtocolError
from bot.handoff import availability, life
from bot.handoff.contact import contact_in
from bot.handoff.ledger import Ledger
from bot.handoff.model import (
    BOT,
    FAILED,
    PENDING,
    SYSTEM,
    VISITOR,
    WAITING,
    Cause,
    Message,
    Receipt,
)
from bot.handoff.plain import plain
from bot.handoff.record import Record
from bot.storage import messages


class VisitorSide(Ledger):
    """The visitor's verbs. Those with a `cmid` do the same once, however often it comes."""

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
                record.say(SYSTEM, self._words(record, "card_masked"))
            self._note_contact(record, typed.text)
            self._reassure(record)
            return Receipt(message, record.conversation)

        return await self._change(conversation_id, work)

    async def request_person(self, conversation_id: str, cmid: str, *, button: str | None = None) -> Receipt:
        """Store that the visitor asks for a person, by a button's title or without words, and open."""
        speaker = VISITOR if button else SYSTEM

        def work(record: Record) -> Receipt:
            known = record.said_before(speaker, cmid, button)
            if known:
                return Receipt(known, record.conversation, fresh=False)
            self._come_back(record)
            text = button or self._words(record, "person_requested")
            message = record.say(speaker, text, cmid=cmid)
            if record.conversation.owner == WAITING:
                self._tell_again(record)
            self._open(record, explicit_request(message.seq, message.text), life.THE_VISITOR)
            return Receipt(message, record.conversation)

        return await self._change(conversation_id, work)

    async def leave_queue(self, conversation_id: str, cmid: str) -> Receipt:
        """Let the visitor go on with the bot instead of waiting for a person.

        Raises:
            ProtocolError: `not_waiting`, because a person is there, or nobody was asked for.
        """

        def work(record: Record) -> Receipt:
            known = record.said_before(SYSTEM, cmid)
            if known:
                return Receipt(known, record.conversation, fresh=False)
            if record.conversation.owner != WAITING:
                raise ProtocolError("You are not waiting for a person.", code="not_waiting")
            record.step("withdraw", {life.THE_VISITOR})
            text = self._words(record, "left_queue")
            return Receipt(record.say(SYSTEM, text, cmid=cmid), record.conversation)

        return await self._change(conversation_id, work)

    async def retry(self, conversation_id: str, cmid: str, title: str) -> Receipt:
        """Store that the visitor wants the bot to try again, and ask it what it could not answer."""

        def work(record: Record) -> Receipt:
            known = record.said_before(VISITOR, cmid, title)
            if known:
                return Receipt(known, record.conversation, fresh=False)
            self._come_back(record)
            asked = messages.last_in_turn(record.connection, conversation_id, FAILED, PENDING)
            if not asked or record.conversation.owner != BOT:
                return Receipt(record.say(VISITOR, title, cmid=cmid), record.conversation)
            messages.set_turn(record.connection, conversation_id, asked.seq, PENDING)
            message = record.say(VISITOR, title, cmid=cmid, asks=record.question(asked))
            return Receipt(message, record.conversation)

        return await self._change(conversation_id, work)

    async def visitor_read(self, conversation_id: str, seq: int) -> bool:
        """Note that the visitor has seen all up to a message; tell whether that is news."""

        def work(record: Record) -> bool:
            if not record.conversation.visitor_seen_seq < seq <= record.conversation.last_seq:
                return False
            record.seen_by_visitor(seq)
            return True

        return await self._change(conversation_id, work)

    def _visitor_says(self, record: Record, text: str, **fields: Any) -> Message:
        self._come_back(record)
        if fields.get("payload") is None:
            record.hear(language(text))
        turn = PENDING if record.conversation.owner == BOT else None
        message = record.say(VISITOR, text, turn=turn, **fields)
        if life.is_step("write", record.state):
            record.step("write", {life.THE_VISITOR})
        return message

    def _tell_again(self, record: Record) -> None:
        """Say how it stands now to somebody who waits already; what was promised stays promised."""
        told = self._told(record)
        promised = told.decision.promised_at or (record.handoff and record.handoff.promised_at)
        record.change(availability=told.decision.kind, promised_at=promised)
        record.say(SYSTEM, told.text)

    def _note_contact(self, record: Record, text: str) -> None:
        """Keep where the answer goes that was promised to somebody who waits."""
        if record.conversation.owner != WAITING:  # before the hand-over is looked up: most messages end here
            return
        handoff = record.handoff
        if handoff is None or handoff.availability != availability.LATER:
            return
        if contact := contact_in(text, self._business.country):
            record.change(contact={**(handoff.contact or {}), **contact})
            self._postings.promised(record)

    def _reassure(self, record: Record) -> None:
        """Answer the first message of somebody who waits for a person."""
        since, handoff = record.conversation.waiting_since, record.handoff
        if since is None or handoff is None:
            return
        if messages.count_since(record.connection, record.conversation.id, since, SYSTEM):
            return
        told, promised, spoken = handoff.availability, handoff.promised_at, self._language(record)
        record.say(SYSTEM, self._queue.reassured(record.now, told, promised, language=spoken))


def explicit_request(seq: int, quote: str) -> Cause:
    """Return the cause of a hand-over that the visitor asked for in so many words."""
    evidence = [{"seq": seq, "quote": quote}]
    reason = {"code": "explicit_request", "label": "Asked for a person", "score": 1.0, "threshold": 0.0}
    return Cause(f"explicit_request@{seq}", (reason | {"evidence": evidence},))
