"""Keeping what a visitor answers before the first message; `handoff.prechat` says what is an answer."""

from collections.abc import Mapping
from typing import Any

from bot.handoff.events import PrechatAnswered
from bot.handoff.ledger import Ledger
from bot.handoff.model import Conversation, iso
from bot.handoff.record import Record
from bot.storage import conversations


class PrechatSide(Ledger):
    """The verbs of the questions before the chat."""

    def prechat(self, conversation: Conversation) -> dict[str, Any] | None:
        """Return what the visitor is to be asked now; None: nothing, or they have answered or begun."""
        asks = self._business.prechat.asks and not conversation.last_seq and conversation.prechat is None
        return self._business.prechat.as_dict() if asks else None

    async def answer_prechat(
        self, conversation_id: str, answers: Mapping[str, str], *, consent: bool
    ) -> bool:
        """Keep the answers; tell whether they are news. The first ones count.

        Raises:
            BadAnswer: one is missing or none of those that can be given.
        """
        asked, country = self._business.prechat, self._business.country
        kept = asked.answered(answers, consent=consent, country=country)

        def work(record: Record) -> bool:
            if self.prechat(record.conversation) is None:
                return False
            agreed = iso(record.now) if asked.consent else None
            conversations.set_prechat(
                record.connection, conversation_id, {"answers": kept, "consent_at": agreed}
            )
            record.events.append(PrechatAnswered(conversation_id))
            return True

        return await self._change(conversation_id, work)
