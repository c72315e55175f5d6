"""Files in a conversation: said like a message, under the file's name."""

from sqlalchemy.engine import Connection

from bot.errors import ProtocolError, TooMany
from bot.handoff import life
from bot.handoff.model import (
    AGENT,
    BOT,
    PERSON_BUTTON,
    VISITOR,
    Agent,
    Attachment,
    Button,
    Message,
)
from bot.handoff.record import Record
from bot.handoff.visitor_side import VisitorSide
from bot.storage import attachments, messages


class FileSide(VisitorSide):
    """Who sends a file with a `cmid` sends it once, however often it comes."""

    async def attach(
        self, conversation_id: str, cmid: str, attachment: Attachment, digest: str, *, most: int
    ) -> Message:
        """Store a visitor's file, which is on the disk already; the bot keeps it for a person.

        Raises:
            TooMany: the conversation has as many as it may.
            ProtocolError: its id was used for something else.
        """

        def work(record: Record) -> Message:
            known = _sent_before(record.connection, conversation_id, VISITOR, cmid, digest)
            if known:
                return known
            if attachments.count(record.connection, conversation_id) >= most:
                raise TooMany("There are too many files in this conversation.", code="too_many_files")
            before = messages.find(record.connection, conversation_id, record.conversation.last_seq)
            self._come_back(record)
            message = self._send(record, VISITOR, cmid, attachment, digest)
            if life.is_step("write", record.state):
                record.step("write", {life.THE_VISITOR})
            if record.conversation.owner == BOT:
                self._keep_for_a_person(record, before)
            self._reassure(record)
            return message

        return await self._change(conversation_id, work)

    async def send_file(
        self, conversation_id: str, agent: Agent, cmid: str, attachment: Attachment, digest: str
    ) -> Message:
        """Send a file as the agent who has the conversation.

        Raises:
            IllegalTransition: they do not have it.
            ProtocolError: its id was used for something else.
        """

        def work(record: Record) -> Message:
            known = _sent_before(record.connection, conversation_id, AGENT, cmid, digest)
            if known and known.agent_id == agent.id:
                return known
            record.step("reply", record.roles(agent), agent)
            return self._send(record, AGENT, cmid, attachment, digest, agent)

        return await self._change(conversation_id, work)

    async def attached(self, conversation_id: str, speaker: str, cmid: str, digest: str) -> Message | None:
        """Return the message by which the same file was sent before, if it was.

        Raises:
            ProtocolError: the id was used for something else.
        """

        def work() -> Message | None:
            with self._database.read() as connection:
                return _sent_before(connection, conversation_id, speaker, cmid, digest)

        return await self._database.run(work)

    def _send(
        self,
        record: Record,
        speaker: str,
        cmid: str,
        attachment: Attachment,
        digest: str,
        agent: Agent | None = None,
    ) -> Message:
        by = {"name": agent.name, "agent_id": agent.id} if agent else {}
        message = record.say(speaker, attachment.name, cmid=cmid, attachment=attachment, **by)
        attachments.add(
            record.connection,
            record.conversation.id,
            attachment,
            sha256=digest,
            at=record.now,
            agent_id=agent.id if agent else None,
        )
        return message

    def _keep_for_a_person(self, record: Record, before: Message | None) -> None:
        """Say honestly that the bot sees no pictures; once, if several come in a row."""
        text = self._words(record, "attachment_kept")
        if before and (before.attachment or before.text == text):
            return
        button = Button(PERSON_BUTTON, self._words(record, "button_person"))
        record.say(BOT, text, name=self._business.assistant_name, buttons=(button,))


def _sent_before(
    connection: Connection, conversation_id: str, speaker: str, cmid: str, digest: str
) -> Message | None:
    known = messages.by_cmid(connection, conversation_id, speaker, cmid)
    if known is None:
        return None
    if known.attachment is None or attachments.sha256_of(connection, known.attachment.id) != digest:
        raise ProtocolError("That id was used for another message.", code="cmid_reused")
    return known
