"""The letter with a link by which somebody goes on with a conversation on another device, once."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.business import Business
from bot.errors import NotFound, ProtocolError
from bot.handoff.contact import mail_address
from bot.handoff.entrance import LINK_LASTS, token_hash
from bot.handoff.model import iso, utc_now
from bot.outbox.outbox import Outbox
from bot.reach.rules import EMAIL
from bot.storage import continuations, conversations
from bot.storage.engine import Database

CODE = "continue"  # the name of the code in the part of the address that no server sees


class Continuations:
    """Send links. `on` tells whether letters to customers are sent here at all.

    A customer, who signs in, gets no link but the way to the website: whoever has the letter is not them.
    """

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        business: Business,
        *,
        chat_url: str,
        on: bool,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.on = on
        self._database, self._outbox, self._business = database, outbox, business
        self._chat_url, self._clock = chat_url, clock

    def check(self, email: str, *, language: str | None = None) -> str:
        """Return the address as it is used, or refuse.

        Raises:
            ProtocolError: it is no address, or no letters are sent here.
        """
        if not self.on:
            raise ProtocolError(self._business.say("continue_off", language=language), code="not_available")
        address = mail_address(email)
        if address is None:
            text = self._business.say("transcript_bad_address", language=language)
            raise ProtocolError(text, code="bad_address")
        return address

    async def send(self, conversation_id: str, address: str, *, language: str | None = None) -> str:
        """Have a new link sent, good for a day; return the sentence that confirms it.

        The letter is in the conversation's language, the sentence in that of whoever asks.

        Raises:
            NotFound: there is no such conversation.
            ProtocolError: nothing was said in it yet.
        """
        return await self._database.run(self._send, conversation_id, address, language)

    def _send(self, conversation_id: str, address: str, asking: str | None) -> str:
        with self._database.write() as connection:
            found = conversations.find(connection, conversation_id)
            if found is None:
                raise NotFound("There is no such conversation.")
            language = self._business.texts.language_for(found.language, found.locale)
            if not found.last_seq:
                raise ProtocolError(self._business.say("transcript_empty", language=asking), code="empty")
            now, code = self._clock(), secrets.token_urlsafe(32)
            until = now + LINK_LASTS
            if found.customer_id is None:
                continuations.add(connection, token_hash(code), found.id, now, until)
                said, letter = "continue_sent", self._letter(code, until, language)
            else:
                said, letter = "continue_sent_customer", self._way(language)
            letter |= {"conversation": found.id, "to": address, **self._frame(language)}
            self._outbox.add(connection, EMAIL, f"continue:{found.id}:{token_hash(code)[:32]}", letter)
        return self._business.say(said, language=asking, address=address)

    def _letter(self, code: str, until: datetime, language: str) -> dict[str, Any]:
        title = self._business.say("mail_continue_link", language=language)
        return {
            "text": self._business.say("mail_continue", language=language),
            "link": [title, f"{self._chat_url}#{CODE}={code}"],
            "until": iso(until),
            "secret": True,
        }

    def _way(self, language: str) -> dict[str, Any]:
        title = self._business.say("mail_continue_website", language=language)
        return {
            "text": self._business.say("mail_continue_customer", language=language),
            "link": [title, self._business.web],
        }

    def _frame(self, language: str) -> dict[str, str]:
        say = self._business.say
        return {
            "subject": say("mail_continue_subject", language=language),
            "closing": say("mail_continue_closing", language=language),
        }
