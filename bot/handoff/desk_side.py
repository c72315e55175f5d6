"""What the desk does by itself: offer those who wait, wake what was put aside, make up for a stop.

Each of these looks again before it acts, and returns False where somebody was faster.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import IllegalTransition, NotFound
from bot.handoff import life
from bot.handoff.ledger import Ledger, passed
from bot.handoff.model import Handoff, Question
from bot.handoff.record import Record
from bot.storage import conversations, handoffs, messages

UNUSED = timedelta(days=1)  # after which a chat without a message is forgotten
LINE = 200  # characters of why it was offered to somebody


class DeskSide(Ledger):
    """The desk's own verbs."""

    async def offer(self, conversation_id: str, agent_id: str, *, until: datetime, assignment: str) -> bool:
        """Offer a waiting conversation to an agent until a moment; `assignment` says why in one line."""

        def work(record: Record) -> None:
            offer = {"offered_to": agent_id, "offered_until": until, "assignment": assignment[:LINE]}
            record.step("offer", {life.THE_DESK}, **offer)

        return await self._attempt(conversation_id, work)

    async def expire(self, conversation_id: str, agent_id: str) -> bool:
        """Take back an offer that this agent did not answer. When that is due is for the caller to know."""

        def work(record: Record) -> None:
            handoff = record.handoff
            if not handoff or handoff.offered_to != agent_id:
                raise IllegalTransition("It is not offered to them.")
            back = {"passed_by": passed(handoff, agent_id), "assignment": None}
            record.step("expire", {life.THE_DESK}, **back)

        return await self._attempt(conversation_id, work)

    async def wake(self, conversation_id: str) -> bool:
        """Make a conversation due again that its agent had put aside."""
        return await self._attempt(conversation_id, lambda record: record.step("wake", {life.THE_DESK}))

    async def take_back(self, conversation_id: str, agent_id: str) -> bool:
        """Put the conversation of an agent who is gone back into the queue."""

        def work(record: Record) -> None:
            if not record.conversation.owned_by(agent_id):
                raise IllegalTransition("They do not have it.")
            self._let_go(record, {life.THE_DESK})

        return await self._attempt(conversation_id, work)

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

    async def _attempt(self, conversation_id: str, work: Callable[[Record], object]) -> bool:
        try:
            await self._change(conversation_id, work)
        except (IllegalTransition, NotFound):
            return False
        return True
