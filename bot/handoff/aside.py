"""What happens beside a conversation: notes for colleagues, verdicts, read marks, typing."""

from bot.errors import NotFound, ProtocolError
from bot.handoff.events import AgentRead, TypingChanged
from bot.handoff.ledger import Ledger
from bot.handoff.model import Agent, Note, Verdict
from bot.handoff.plain import plain
from bot.handoff.record import Record
from bot.storage import notes, reads, verdicts

ESCALATIONS = ("right", "not_needed", "too_late", "wrong_person")
MOODS = ("right", "too_high", "too_low")


class Aside(Ledger):
    """What changes nothing about who has the conversation, and is not said in it."""

    async def note(self, conversation_id: str, agent: Agent, cmid: str, text: str) -> Note:
        """Write a note for colleagues; the same `cmid` again writes it once.

        Raises:
            ProtocolError: it cannot be stored, or its id was used for another text.
        """
        typed = plain(text)

        def work(record: Record) -> Note:
            known = notes.by_cmid(record.connection, conversation_id, cmid)
            if known and (known.text, known.agent_id) != (typed.text, agent.id):
                raise ProtocolError("That id was used for another note.", code="cmid_reused")
            return known or self._note(record, agent, cmid, typed.text)

        return await self._change(conversation_id, work)

    async def judge(
        self, conversation_id: str, agent: Agent, *, escalation: str | None = None, mood: str | None = None
    ) -> Verdict:
        """Keep what the agent thinks of the latest hand-over; what is left open stays as it was.

        Raises:
            ProtocolError: there is no such verdict.
            NotFound: there was no hand-over.
        """
        if escalation not in (None, *ESCALATIONS) or mood not in (None, *MOODS):
            raise ProtocolError("There is no such verdict.")

        def work(record: Record) -> Verdict:
            if record.handoff is None:
                raise NotFound("Nobody has asked for a person here.")
            given = Verdict(record.handoff.id, agent.id, record.now, escalation, mood)
            return verdicts.give(record.connection, given)

        return await self._change(conversation_id, work)

    async def agent_read(self, conversation_id: str, agent_id: str, seq: int) -> bool:
        """Note that an agent has seen all up to a message; tell whether that is news.

        The visitor hears of it from the agent who has the conversation.
        """

        def work(record: Record) -> bool:
            seen = min(seq, record.conversation.last_seq)
            if not reads.mark(record.connection, agent_id, conversation_id, seen):
                return False
            if record.conversation.owned_by(agent_id):
                record.events.append(AgentRead(conversation_id, agent_id, seen))
            return True

        return await self._change(conversation_id, work)

    def typing(self, conversation_id: str, speaker: str, name: str | None, on: bool) -> None:
        """Tell that somebody began or stopped typing. Kept nowhere."""
        self.bus.publish(TypingChanged(conversation_id, speaker, name, on))
