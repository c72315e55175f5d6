"""Who takes files in, gives them out and forgets them.

A file is on the disk for good before its message is stored, and the message is stored before anybody
hears of it. A kill in between leaves a file without a row, which the next start sweeps away.
"""

import asyncio
import hashlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.attachments.kinds import TAKEN
from bot.attachments.names import tidy
from bot.attachments.refusals import AttachmentRefused
from bot.attachments.shelf import Shelf, room
from bot.attachments.workbench import Workbench
from bot.errors import NotFound
from bot.handoff.events import ConversationErased, Event
from bot.handoff.model import AGENT, VISITOR, Agent, Attachment, Message
from bot.handoff.service import HandoffService
from bot.storage import attachments
from bot.storage.engine import Database

LARGEST = 5 << 20  # bytes of one file, unless the owner says otherwise; agents' files too
ARRIVES = 300.0  # seconds in which a file has to be here
MOST = 20  # files in one conversation
logger = logging.getLogger(__name__)
Keep = Callable[[Attachment, str], Awaitable[Message]]


@dataclass(frozen=True)
class Sent:
    """A file on its way to us; `largest` is in bytes."""

    speaker: str
    cmid: str
    name: str
    chunks: AsyncIterator[bytes]
    largest: int


@dataclass(frozen=True)
class Given:
    """A file to read; whoever gets it closes it."""

    attachment: Attachment
    file: BinaryIO


class Keeper:
    """The files of all conversations. `largest` says the bytes of a visitor's file; 0: they can send none."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        service: HandoffService,
        *,
        largest: Callable[[], int] = lambda: LARGEST,
        workbench: Workbench | None = None,
        arrives: float = ARRIVES,
    ) -> None:
        self._largest = largest
        self._shelf, self._database, self._service = Shelf(folder), database, service
        self._workbench, self._arrives = workbench or Workbench(), arrives

    @property
    def largest(self) -> int:
        """Bytes of a file that a visitor may send; 0: they can send none."""
        return self._largest()

    @property
    def agents_largest(self) -> int:
        """Bytes of a file that an agent may send."""
        return self.largest or LARGEST

    @property
    def offer(self) -> dict[str, object] | None:
        """Say what a visitor may send; None: nothing."""
        return {"bytes": self.largest, "kinds": [kind.mime for kind in TAKEN]} if self.largest else None

    async def from_visitor(
        self, conversation_id: str, cmid: str, name: str, chunks: AsyncIterator[bytes]
    ) -> Message:
        """Take a visitor's file and put it into the conversation; the same again is there once.

        Raises:
            AttachmentRefused: it is not taken; `code` says why.
            ProtocolError: its id was used for something else.
        """

        async def keep(attachment: Attachment, digest: str) -> Message:
            return await self._service.attach(conversation_id, cmid, attachment, digest, most=MOST)

        sent = Sent(VISITOR, cmid, name, chunks, self.largest)
        return await self._take(conversation_id, sent, keep)

    async def from_agent(
        self, conversation_id: str, agent: Agent, cmid: str, name: str, chunks: AsyncIterator[bytes]
    ) -> Message:
        """Take an agent's file and send it; as `from_visitor`.

        Raises:
            IllegalTransition: they do not have the conversation.
        """

        async def keep(attachment: Attachment, digest: str) -> Message:
            return await self._service.send_file(conversation_id, agent, cmid, attachment, digest)

        sent = Sent(AGENT, cmid, name, chunks, self.agents_largest)
        return await self._take(conversation_id, sent, keep)

    async def give(self, id: str, conversation_id: str | None = None, *, small: bool = False) -> Given:
        """Open a file; with a conversation only if it belongs to that one.

        Raises:
            NotFound: there is none, or it is somebody else's; both look the same.
        """

        def work() -> Given | None:
            with self._database.read() as connection:
                found = attachments.find(connection, id)
            if found is None or conversation_id not in (None, found[0]):
                return None
            file = self._shelf.open(found[0], id, small=small)
            return Given(found[1], file) if file else None

        given = await asyncio.to_thread(work)
        if given is None:
            raise NotFound("There is no such file.")
        return given

    def hear(self, event: Event) -> None:
        """Forget the files of a conversation that was erased: before anybody is told that it is."""
        if isinstance(event, ConversationErased):
            try:
                self._shelf.clear(event.conversation_id)
            except OSError as problem:
                logger.error("erased, but its files stay until the next start: %s", problem.strerror)

    def sweep(self) -> None:
        """Remove what a kill left behind. Blocks; while nobody sends anything."""
        with self._database.read() as connection:
            known = attachments.everything(connection)
        if gone := self._shelf.sweep(known):
            logger.warning("%s files that belonged to nothing are gone", gone)

    async def _take(self, conversation_id: str, sent: Sent, keep: Keep) -> Message:
        with self._shelf.desk() as place:
            file = place / "sent"
            digest = await self._arrive(sent, file)
            known = await self._service.attached(conversation_id, sent.speaker, sent.cmid, digest)
            if known:
                return known
            opened = await self._workbench.open(file, place)
            id = secrets.token_urlsafe(16)
            size = await asyncio.to_thread(self._shelf.put, place, conversation_id, id)
        kind = next(kind for kind in TAKEN if kind.mime == opened.kind)
        attachment = Attachment(id, tidy(sent.name, kind), opened.kind, size, opened.width, opened.height)
        try:
            message = await keep(attachment, digest)
        except BaseException:
            self._shelf.remove(conversation_id, id)
            raise
        if message.attachment != attachment:  # the same was faster
            self._shelf.remove(conversation_id, id)
        return message

    async def _arrive(self, sent: Sent, path: Path) -> str:
        """Write what is sent to the disk, piece by piece; return its SHA-256."""
        try:
            return await asyncio.wait_for(_write(sent, path), self._arrives)
        except asyncio.TimeoutError:
            raise AttachmentRefused("failed", "it took too long to arrive") from None


async def _write(sent: Sent, path: Path) -> str:
    digest, size = hashlib.sha256(), 0
    with room(), path.open("xb", buffering=0) as file:
        path.chmod(0o600)
        async for chunk in sent.chunks:
            size += len(chunk)
            if size > sent.largest:
                raise AttachmentRefused("too_big")
            digest.update(chunk)
            await asyncio.to_thread(file.write, chunk)
    if not size:
        raise AttachmentRefused("empty")
    return digest.hexdigest()
