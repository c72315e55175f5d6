"""How a visitor goes: ends the chat, leaves an address instead of waiting, has all of it deleted."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.errors import ProtocolError
from bot.handoff import life
from bot.handoff.availability import LATER
from bot.handoff.contact import mail_address, phone_number
from bot.handoff.events import ConversationErased, HandoffOpened
from bot.handoff.ledger import Ledger
from bot.handoff.model import AGENT, BOT, CLOSED, SYSTEM, WAITING, Agent, Cause, Receipt
from bot.handoff.record import Record
from bot.storage import agents, audit, conversations

FURTHEST = timedelta(days=60)  # for which a call can be asked
ERASED = "conversations.erased"  # in the audit log
NO_REPLY = "no_reply"


@dataclass(frozen=True)
class Wish:
    """Where an answer is to go: to an e-mail address or a telephone number, perhaps at a moment."""

    email: str | None = None
    phone: str | None = None
    at: datetime | None = None


class Leaving(Ledger):
    """The visitor's last verbs. Those with a `cmid` do the same once, however often it comes."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._wiping = asyncio.Lock()
        self._next_wipe: asyncio.Task[None] | None = None

    async def end(self, conversation_id: str, cmid: str) -> Receipt:
        """Close the conversation for its visitor, whoever has it; they open it again by writing.

        Who left an address and was promised an answer is told so again, and stays in line for it.

        Raises:
            ProtocolError: `closed`, because it is, or nothing was said yet.
        """

        def work(record: Record) -> Receipt:
            if known := record.said_before(SYSTEM, cmid):
                return Receipt(known, record.conversation, fresh=False)
            if record.conversation.owner == CLOSED or not record.conversation.last_seq:
                raise ProtocolError("There is no chat to end.", code="closed")
            if text := self._promised(record):
                return Receipt(record.say(SYSTEM, text, cmid=cmid), record.conversation)
            holder = self._holder(record)
            record.step("end", {life.THE_VISITOR}, outcome=NO_REPLY if holder else None)
            if holder:
                self._postings.resolved(record, holder, life.ENDED)
            return Receipt(record.say(SYSTEM, self._words(record, "ended"), cmid=cmid), record.conversation)

        return await self._change(conversation_id, work)

    async def call_back(self, conversation_id: str, cmid: str, wish: Wish) -> Receipt:
        """Note where the answer goes that somebody does not want to wait for, and promise it.

        Who waits keeps their place; who does not is put into the queue, if nobody could answer now.

        Raises:
            ProtocolError: `bad_address`, `bad_time`, or `not_waiting` because a person could answer now.
        """

        def work(record: Record) -> Receipt:
            if known := record.said_before(SYSTEM, cmid):
                return Receipt(known, record.conversation, fresh=False)
            contact = self._contact(record, wish)
            self._check_time(record, wish.at)
            promised = wish.at or self._queue.promise(record.now)
            if record.conversation.owner == WAITING:
                contact = {**((record.handoff and record.handoff.contact) or {}), **contact}
                record.change(availability=LATER, promised_at=promised, contact=contact)
            else:
                self._ask_for_later(record, promised, contact)
            self._postings.called_back(record, cmid)
            message = record.say(SYSTEM, self._promise(record, wish, contact, promised), cmid=cmid)
            return Receipt(message, record.conversation)

        receipt = await self._change(conversation_id, work)
        self.tell_places()
        return receipt

    async def erase(self, conversation_id: str, *, by: str | None = None) -> None:
        """Remove a conversation with all that was said, sent and noted in it, whoever has it.

        What has not left yet does not leave, and the bot is told to forget. The audit log keeps that it
        happened, and by which agent; None: the visitor.
        """

        def work(record: Record) -> None:
            self._postings.erased(record)
            conversations.erase(record.connection, conversation_id)
            audit.add(record.connection, record.now, by, ERASED, conversation_id=conversation_id)
            record.gone = True
            record.events.append(ConversationErased(conversation_id))

        await self._change(conversation_id, work)
        self._wipe_soon()

    def _wipe_soon(self) -> None:
        """Wipe the files, which is work: one at a time, and once for all that is erased meanwhile."""
        if self._next_wipe is None:
            self._next_wipe = self._later(self._wipe())

    async def _wipe(self) -> None:
        async with self._wiping:
            self._next_wipe = None  # what is erased from here on is wiped once more
            await self._database.run(self._database.wipe)

    def _promised(self, record: Record) -> str | None:
        """Return the promise that is still to be kept to somebody who left an address, in words."""
        handoff = record.handoff
        if record.conversation.owner != WAITING or not handoff or not handoff.contact:
            return None
        if handoff.availability != LATER:
            return None
        language = self._language(record)
        return self._queue.reassured(record.now, LATER, handoff.promised_at, language=language)

    def _holder(self, record: Record) -> Agent | None:
        """Return the agent who has the conversation."""
        now = record.conversation
        if now.owner != AGENT or now.agent_id is None:
            return None
        return Agent(now.agent_id, agents.name_of(record.connection, now.agent_id) or "A colleague")

    def _ask_for_later(self, record: Record, promised: datetime | None, contact: dict[str, str]) -> None:
        """Put somebody into the queue who wants no answer now, and could get none."""
        self._come_back(record)
        told = self._told(record).decision.kind
        if record.conversation.owner != BOT or told != LATER:
            raise ProtocolError(self._words(record, "callback_not_now"), code="not_waiting")
        cause = wished_for_later(record.conversation.last_seq + 1)
        handoff = self._begun(record, cause, LATER, promised_at=promised, contact=contact)
        record.begin(handoff, "open", {life.THE_VISITOR})
        record.events.append(HandoffOpened(record.conversation.id, handoff.id, cause.id, LATER))

    def _contact(self, record: Record, wish: Wish) -> dict[str, str]:
        if wish.email:
            kind, address, wrong = "email", mail_address(wish.email), "transcript_bad_address"
        else:
            kind, address = "phone", phone_number(wish.phone or "", self._business.country)
            wrong = "callback_bad_number"
        if address is None:
            raise ProtocolError(self._words(record, wrong), code="bad_address")
        return {kind: address}

    def _check_time(self, record: Record, at: datetime | None) -> None:
        """Refuse a moment at which nobody would be there to keep the promise."""
        if at is None:
            return
        if not record.now < at <= record.now + FURTHEST or not self._business.support_hours.is_open(at):
            raise ProtocolError(self._words(record, "callback_bad_time"), code="bad_time")

    def _promise(self, record: Record, wish: Wish, contact: dict[str, str], promised: datetime | None) -> str:
        now, at = record.now, wish.at
        values: dict[str, Any] = {"promised": lambda times: times.by(promised, now)}
        if wish.email:
            return self._words(record, "callback_email", address=contact["email"], **values)
        if at is None:
            return self._words(record, "callback_phone", number=contact["phone"], **values)
        when = {"when": lambda times: times.at(at, now)}
        return self._words(record, "callback_phone_at", number=contact["phone"], **when)


def wished_for_later(seq: int) -> Cause:
    """Return the cause of a hand-over to somebody who answers later."""
    reason = {"code": "callback", "label": "Asked to be called or written to", "score": 1.0, "threshold": 0.0}
    return Cause(f"callback@{seq}", (reason | {"evidence": []},))
