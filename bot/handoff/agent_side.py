"""What an agent does with a conversation: take it, answer, put it aside, pass it on, end it."""

import json
from datetime import datetime, timedelta

from bot.errors import IllegalTransition, NotFound, ProtocolError
from bot.handoff import life
from bot.handoff.availability import LIVE
from bot.handoff.ledger import Ledger, once_more, passed
from bot.handoff.model import (
    AGENT,
    BOT,
    CLOSED,
    PENDING,
    WAITING,
    Agent,
    Cause,
    Conversation,
    Message,
)
from bot.handoff.plain import plain, tidy_note
from bot.handoff.record import Record
from bot.storage import agents

NOTE_LENGTH = 2000  # characters of an agent's note to the bot or a colleague
TRANSFER = timedelta(minutes=2)  # for which a colleague is asked first
LONGEST_SNOOZE = timedelta(days=366)


class AgentSide(Ledger):
    """The agents' verbs.

    Those with a `version` are refused with StaleVersion when the conversation has had another owner
    since, unless it was this very call that changed it.
    """

    async def claim(self, conversation_id: str, agent: Agent, version: int) -> Conversation:
        """Take over, from the queue or from the bot.

        Raises:
            StaleVersion: somebody was faster.
            IllegalTransition: it is with an agent, or closed.
        """

        def work(record: Record) -> Conversation:
            if record.conversation.owned_by(agent.id) and _was_at(record, version):
                return record.conversation
            record.conversation.check(version)
            if record.state == life.NONE:
                cause = Cause(f"taken_over@{version}")
                begun = self._begun(record, cause, LIVE, claimed_at=record.now, claimed_by=agent.id)
                self._tell(record, record.begin(begun, "take_over", record.roles(agent), agent), agent.name)
            else:
                first = record.handoff.claimed_at if record.handoff else None
                taken = {"claimed_at": first or record.now, "claimed_by": agent.id, "passed_by": ()}
                self._take(record, "claim", agent, **taken)
            return record.conversation

        return await self._change(conversation_id, work)

    async def pass_on(self, conversation_id: str, agent: Agent) -> Conversation:
        """Let an offer go to somebody else."""

        def work(record: Record) -> Conversation:
            handoff = record.handoff
            if handoff and agent.id in handoff.passed_by and handoff.offered_to != agent.id:
                return record.conversation
            if handoff:
                self._take(record, "pass", agent, passed_by=passed(handoff, agent.id), assignment=None)
            return record.conversation

        return await self._change(conversation_id, work)

    async def reply(self, conversation_id: str, agent: Agent, cmid: str, text: str) -> Message:
        """Say something as the agent who has the conversation.

        Raises:
            IllegalTransition: they do not have it.
            ProtocolError: it cannot be stored, or its id was used for another text.
        """
        typed = plain(text)

        def work(record: Record) -> Message:
            known = record.said_before(AGENT, cmid, typed.text)
            if known and known.agent_id == agent.id:
                return known  # said before, even if somebody else has the conversation by now
            record.step("reply", record.roles(agent), agent)
            return record.say(AGENT, typed.text, cmid=cmid, name=agent.name, agent_id=agent.id)

        return await self._change(conversation_id, work)

    async def snooze(self, conversation_id: str, agent: Agent, version: int, until: datetime) -> Conversation:
        """Put the conversation aside until a moment, or until its visitor writes.

        Raises:
            ProtocolError: that moment has passed, or is more than a year away.
        """

        def work(record: Record) -> Conversation:
            record.conversation.check(version)
            if not record.now < until <= record.now + LONGEST_SNOOZE:
                raise ProtocolError("Choose a time in the coming year.")
            self._take(record, "snooze", agent, snoozed_until=until)
            return record.conversation

        return await self._change(conversation_id, work)

    async def release(self, conversation_id: str, agent: Agent, version: int) -> Conversation:
        """Put the conversation back into the queue."""

        def work(record: Record) -> Conversation:
            if _gave_away(record, agent, version, WAITING):
                return record.conversation
            record.conversation.check(version)
            self._let_go(record, record.roles(agent), agent)
            return record.conversation

        return await self._change(conversation_id, work)

    async def transfer(
        self,
        conversation_id: str,
        agent: Agent,
        version: int,
        *,
        to: str | None = None,
        skill: str | None = None,
        note: str = "",
    ) -> Conversation:
        """Offer the conversation to a colleague first, or queue it for somebody with a skill.

        The note is kept with the conversation for whoever takes it.

        Raises:
            ProtocolError: neither or both were named, or it is the agent's own.
            NotFound: there is no such colleague.
        """
        if bool(to) == bool(skill) or to == agent.id:
            raise ProtocolError("Name a colleague, or a skill.")
        note = tidy_note(note, NOTE_LENGTH)

        def work(record: Record) -> Conversation:
            if _gave_away(record, agent, version, WAITING):
                return record.conversation
            record.conversation.check(version)
            holder = record.conversation.agent_id or ""  # not to be asked for what was just passed on
            fresh = {"assignment": f"From {agent.name}"[:200], "passed_by": (holder,)}
            fresh |= once_more(record.handoff)
            if to:
                self._check_colleague(record, to)
                offer = {"offered_to": to, "offered_until": record.now + TRANSFER}
                self._take(record, "transfer", agent, **fresh, **offer)
            else:
                self._take(record, "transfer_to_skill", agent, **fresh, skills=(skill,))
            if note:
                self._note(record, agent, f"transfer-{version}", note)
            return record.conversation

        return await self._change(conversation_id, work)

    async def hand_back(
        self, conversation_id: str, agent: Agent, version: int, note: str = ""
    ) -> Conversation:
        """Give the conversation back to the bot, which is told by whom and with which note."""
        note = tidy_note(note, NOTE_LENGTH)

        def work(record: Record) -> Conversation:
            if _gave_away(record, agent, version, BOT):
                return record.conversation
            record.conversation.check(version)
            step = record.step("hand_back", record.roles(agent), agent, note=note or None)
            self._postings.handed_back(record, agent, note)
            told = json.dumps({"agent": agent.name, "note": note}, ensure_ascii=False)
            self._tell(record, step, agent.name, turn=PENDING, payload=f"/handed_back{told}")
            return record.conversation

        return await self._change(conversation_id, work)

    async def resolve(
        self, conversation_id: str, agent: Agent, version: int, outcome: str | None = None
    ) -> Conversation:
        """Close the conversation, with one of `life.OUTCOMES`; the visitor opens it again by writing."""
        if outcome not in (None, *life.OUTCOMES):
            raise ProtocolError(f"An outcome is one of: {', '.join(life.OUTCOMES)}.")

        def work(record: Record) -> Conversation:
            now = record.conversation
            if now.owner == CLOSED and now.agent_id == agent.id and _was_at(record, version):
                return now
            now.check(version)
            self._take(record, "resolve", agent, outcome=outcome)
            self._postings.resolved(record, agent, outcome)
            return record.conversation

        return await self._change(conversation_id, work)

    async def reopen(self, conversation_id: str, agent: Agent, version: int) -> Conversation:
        """Go on with a conversation that was resolved."""

        def work(record: Record) -> Conversation:
            if record.conversation.owned_by(agent.id) and _was_at(record, version):
                return record.conversation
            record.conversation.check(version)
            closed = record.state in (life.RESOLVED, life.ENDED)
            # Closed while the bot had it: the last hand-over, if any, had ended before.
            if closed and (record.handoff is None or record.handoff.state != record.state):
                cause = Cause(f"taken_over@{version}")
                begun = self._begun(record, cause, LIVE, claimed_at=record.now, claimed_by=agent.id)
                self._tell(record, record.begin(begun, "reopen", record.roles(agent), agent), agent.name)
            else:
                self._take(record, "reopen", agent, claimed_by=agent.id, outcome=None)
            return record.conversation

        return await self._change(conversation_id, work)

    def _check_colleague(self, record: Record, id: str) -> None:
        row = agents.find(record.connection, id)
        if row is None or row.disabled:
            raise NotFound("There is no such colleague.")
        if record.conversation.owned_by(id):
            raise IllegalTransition("They have it.")


def _was_at(record: Record, version: int) -> bool:
    """Tell whether the conversation has changed hands once since a version."""
    return record.conversation.version == version + 1


def _gave_away(record: Record, agent: Agent, version: int, owner: str) -> bool:
    """Tell whether the change since a version was that this agent gave the conversation to an owner."""
    theirs = record.handoff is not None and record.handoff.claimed_by == agent.id
    return theirs and record.conversation.owner == owner and _was_at(record, version)
