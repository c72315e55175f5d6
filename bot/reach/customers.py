"""What customers get by e-mail: the copy of a conversation that they asked for, and a promised time."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.business import Business
from bot.errors import NotFound, ProtocolError
from bot.handoff.contact import mail_address
from bot.handoff.model import AGENT, BOT, VISITOR, Conversation, Message, utc_now
from bot.outbox.outbox import Outbox
from bot.reach.letter import Said
from bot.reach.news import Open
from bot.reach.rules import EMAIL
from bot.storage import conversations
from bot.storage.engine import Database

LONGEST = 500  # messages of one copy; of a longer conversation the newest


class Transcripts:
    """Send copies of conversations. `on` tells whether there is a mail server and the owner wants it."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        business: Business,
        *,
        on: bool,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.on = on
        self._database, self._outbox, self._business, self._clock = database, outbox, business, clock

    def check(self, email: str, *, language: str | None = None) -> str:
        """Return the address as it is used, or refuse, in the language of whoever asks.

        Raises:
            ProtocolError: it is no address, or no copies are sent here.
        """
        if not self.on:
            raise ProtocolError(self._business.say("transcript_off", language=language), code="not_available")
        address = mail_address(email)
        if address is None:
            raise ProtocolError(
                self._business.say("transcript_bad_address", language=language), code="bad_address"
            )
        return address

    async def send(self, conversation_id: str, address: str, *, language: str | None = None) -> str:
        """Have a copy of all that was said up to now sent; return the sentence that confirms it.

        The copy is in the conversation's language, the sentence in that of whoever asks.
        Asked for again before anything more was said, it is sent once.

        Raises:
            NotFound: there is no such conversation.
            ProtocolError: nothing was said in it yet.
        """
        return await self._database.run(self._send, conversation_id, address, language)

    def _send(self, conversation_id: str, address: str, language: str | None) -> str:
        with self._database.write() as connection:
            found = conversations.find(connection, conversation_id)
            if found is None:
                raise NotFound("There is no such conversation.")
            if not found.last_seq:
                raise ProtocolError(self._business.say("transcript_empty", language=language), code="empty")
            key = f"transcript:{found.id}:{_digest(address)}:{found.last_seq}"
            self._outbox.add(connection, EMAIL, key, transcript(found, address, self._business))
        return self._business.say("transcript_sent", language=language, address=address)


def transcript(conversation: Conversation, to: str, business: Business) -> dict[str, Any]:
    """Return what the outbox keeps of a copy: which messages; they are read when it is sent."""
    upto, language = conversation.last_seq, _language(conversation, business)
    return {
        "conversation": conversation.id,
        "to": to,
        "language": language,
        "subject": business.say("mail_transcript_subject", language=language),
        "text": business.say("mail_transcript", language=language),
        "said": {"after": max(upto - LONGEST, 0), "upto": upto},
        "closing": business.say("mail_transcript_closing", language=language),
    }


def promise(one: Open, business: Business) -> tuple[str, dict[str, Any]] | None:
    """Return key and letter for a visitor who left an address and was promised an answer; else None."""
    address = mail_address(one.email or "")
    if address is None or one.promised_at is None:
        return None
    promised_at, language = one.promised_at, business.texts.language_for(one.language, one.locale)
    letter = {
        "conversation": one.conversation,
        "to": address,
        "language": language,
        "subject": business.say("mail_promise_subject", language=language),
        "text": business.say("mail_promise", language=language, promised=lambda times: times.on(promised_at)),
        "closing": business.say("mail_promise_closing", language=language),
    }
    return f"promise:{one.handoff}:{_digest(address)}", letter


def said(message: Message, conversation: Conversation, business: Business) -> Said:
    """Return a message as a copy shows it, with who said it."""
    language = _language(conversation, business)
    bot = message.name or business.assistant_name
    names = {
        VISITOR: conversation.customer_name or business.say("mail_you", language=language),
        BOT: business.say("mail_bot", language=language, bot=bot),
        AGENT: message.name or business.name,
    }
    when = business.times(language).on(message.at)
    return Said(names.get(message.speaker, business.name), when, message.text)


def _language(conversation: Conversation, business: Business) -> str:
    return business.texts.language_for(conversation.language, conversation.locale)


def _digest(address: str) -> str:
    return hashlib.sha256(address.lower().encode()).hexdigest()[:16]
