"""Keeping what a visitor answers before the first message; `handoff.prechat` says what is an answer."""

from collections.abc import Mapping
from typing import Any

from bot.handoff.events import PrechatAnswered
from bot.handoff.ledger import Ledger
from bot.handoff.model import Conversation, iso
from bot.handoff.prechat import answered, asks
from bot.handoff.record import Record
from bot.storage import conversations


class PrechatSide(Ledger):
    """The verbs of the questions before the chat."""

    def prechat(self, conversation: Conversation) -> dict[str, Any] | None:
        """Return what the visitor is to be asked now; None: nothing, or they have answered or begun."""
        if conversation.last_seq or conversation.prechat is not None:
            return None
        return self._business.widget.prechat.for_visitor(conversation.locale)

    async def answer_prechat(
        self, conversation_id: str, answers: Mapping[str, str], *, consent: bool
    ) -> bool:
        """Keep the answers; tell whether they are news. The first ones count.

        Raises:
            BadAnswer: one is missing, or none of those that can be given.
        """
        asked = self._business.widget.prechat
        kept = answered(asked, answers, consent=consent, country=self._business.country)

        def work(record: Record) -> bool:
            now = record.conversation
            if not asks(asked) or now.last_seq or now.prechat is not None:
                return False
            agreed = iso(record.now) if asked.consent else None
            conversations.set_prechat(record.connection, now.id, {"answers": kept, "consent_at": agreed})
            record.events.append(PrechatAnswered(now.id))
            return True

        return await self._change(conversation_id, work)
