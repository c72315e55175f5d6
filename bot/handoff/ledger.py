"""How conversations are changed: one transaction at a time in each, then telling, in the order of saving."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Coroutine
from datetime import datetime
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

from bot.business import Business
from bot.errors import ProtocolError
from bot.handoff import life
from bot.handoff.availability import LIVE
from bot.handoff.bus import Bus
from bot.handoff.events import BriefComposed, HandoffOpened, NoteAdded, OwnerChanged, QueueMoved
from bot.handoff.model import BOT, CLOSED, SYSTEM, Agent, Cause, Handoff, Note, Opening, utc_now
from bot.handoff.postings import Postings
from bot.handoff.prechat import contact, is_required
from bot.handoff.presence import Presence
from bot.handoff.queue import Queue, Told
from bot.handoff.record import Record, open_record
from bot.handoff.routing import weight
from bot.handoff.staff import Staff
from bot.outbox.outbox import Outbox
from bot.storage import agents, conversations, handoffs, notes
from bot.storage.engine import Database
from bot.times import Worded

GATHER = 1.0  # seconds in which changes of the queue are gathered before everybody in it hears
T = TypeVar("T")
logger = logging.getLogger(__name__)


class Briefs(Protocol):
    """Whoever composes the brief of a hand-over."""

    async def compose(self, handoff: Handoff) -> bool:
        """Compose and keep it; tell whether it worked."""


class Ledger:
    """What all who change conversations share. They are the only ones who publish."""

    def __init__(
        self,
        database: Database,
        *,
        business: Business,
        briefs: Briefs,
        bus: Bus,
        presence: Presence,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.bus, self.presence = bus, presence
        self.staff = Staff(business, presence)
        self._queue = Queue(business, self.staff)
        self._postings = Postings(Outbox(database, clock=clock), business)
        self._database, self._business, self._briefs, self._clock = database, business, briefs, clock
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._placing: asyncio.Task[None] | None = None
        self._placed: dict[str, QueueMoved] = {}  # what everybody in the queue was told last

    async def close(self) -> None:
        """Let what is being done come to its end; who waits hears where they stand at the next hello."""
        if self._placing:
            self._placing.cancel()
        while self._tasks:
            await asyncio.wait(self._tasks)

    # Steps within a transaction that visitors, the bot and agents have in common.

    def _open(self, record: Record, cause: Cause, who: str, *, parting: bool = False) -> Opening:
        """Ask for a person, unless this cause has done so before or a person is there."""
        known = handoffs.by_cause(record.connection, record.conversation.id, cause.id)
        if known or record.state != life.NONE:
            known = known or record.handoff
            return Opening(False, known.availability if known else LIVE)
        told = self._told(record)
        kind, promised = told.decision.kind, told.decision.promised_at
        handoff = self._begun(record, cause, kind, promised_at=promised)
        record.begin(handoff, "open", {who}, parting=parting)
        self._postings.promised(record)
        record.say(SYSTEM, told.text)
        record.events.append(HandoffOpened(record.conversation.id, handoff.id, cause.id, kind))
        return Opening(True, kind)

    def _begun(self, record: Record, cause: Cause, availability: str, **fields: Any) -> Handoff:
        """Return a new hand-over, not yet written."""
        known = contact(self._business.widget.prechat, record.conversation.prechat)
        fields.setdefault("contact", known)
        mood = conversations.mood(record.connection, record.conversation.id)
        codes = [str(reason.get("code")) for reason in cause.reasons]
        return Handoff(
            id=secrets.token_urlsafe(16),
            conversation_id=record.conversation.id,
            cause=cause.id,
            availability=availability,
            opened_at=record.now,
            reasons=cause.reasons,
            filled=cause.filled,
            missing=cause.missing,
            skills=self._business.routing.needed((*cause.topics, *codes, *mood.get("causes", ()))),
            language=record.conversation.language or self._of_widget(record),
            weight=weight(level=mood.get("level", 0.0), reasons=codes),
            **fields,
        )

    def _take(self, record: Record, verb: str, agent: Agent, **changes: Any) -> None:
        """Take an agent's step and tell the visitor what it means for them."""
        self._tell(record, record.step(verb, record.roles(agent), agent, **changes), agent.name)

    def _let_go(self, record: Record, who: Collection[str], agent: Agent | None = None) -> None:
        """Put a conversation back into the queue, and offer it to others than who had it."""
        holder = record.conversation.agent_id or ""
        step = record.step("release", who, agent, passed_by=(holder,), **once_more(record.handoff))
        self._tell(record, step, agents.name_of(record.connection, holder) or "")

    def _tell(self, record: Record, step: life.Step, name: str, **fields: Any) -> None:
        """Say what a step means for the visitor; `name` is the agent's whom it is about."""
        if step.told:
            record.say(SYSTEM, self._words(record, step.told, agent=name), **fields)

    def _words(self, record: Record, sentence: str, **values: Worded) -> str:
        """Return a sentence of texts.yml in the language of the visitor."""
        return self._business.say(sentence, language=self._language(record), **values)

    def _told(self, record: Record) -> Told:
        """Return what the visitor hears who asks for a person now."""
        now = record.conversation
        return self._queue.told(record.connection, now.id, record.now, language=self._language(record))

    def _language(self, record: Record) -> str:
        now = record.conversation
        return self._business.texts.language_for(now.language, now.locale)

    def _of_widget(self, record: Record) -> str | None:
        """Return the language of the visitor's widget, if it says more than that nobody changed it."""
        language = (record.conversation.locale or "").partition("-")[0].lower()
        return language if language not in ("", self._business.texts.own.language) else None

    def _note(self, record: Record, agent: Agent, cmid: str, text: str) -> Note:
        """Write a note for colleagues."""
        id = record.conversation.id
        note = Note(secrets.token_urlsafe(12), id, agent.id, cmid, text, record.now)
        notes.add(record.connection, note)
        record.events.append(NoteAdded(id, note, agent.name))
        return note

    def _admit(self, record: Record) -> None:
        """Refuse whoever has to answer something before the first message.

        Raises:
            ProtocolError: `prechat_needed`.
        """
        now = record.conversation
        if not now.last_seq and now.prechat is None and is_required(self._business.widget.prechat):
            raise ProtocolError(self._words(record, "prechat_needed"), code="prechat_needed")

    def _come_back(self, record: Record) -> None:
        """Give a closed conversation back to the bot, because its visitor writes again; see `_admit`."""
        self._admit(record)
        if record.conversation.owner == CLOSED:
            record.move(BOT)

    # How a transaction is run.

    async def _change(self, conversation_id: str, work: Callable[[Record], T]) -> T:
        """Run one transaction on a thread, then tell. A caller that goes away does not stop it."""
        return await asyncio.shield(self._later(self._changed(conversation_id, work)))

    async def _changed(self, conversation_id: str, work: Callable[[Record], T]) -> T:
        # One at a time per conversation, so that everybody hears in the order of saving.
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            result, record = await self._database.run(self._transaction, conversation_id, work)
            self.bus.publish(*record.events)
        if record.briefless:
            self._later(self._brief(record.briefless))
        if record.gone or any(isinstance(event, OwnerChanged) for event in record.events):
            self.tell_places()
        return result

    def _transaction(self, conversation_id: str, work: Callable[[Record], T]) -> tuple[T, Record]:
        with open_record(self._database, conversation_id, self._clock()) as record:
            return work(record), record

    async def _brief(self, handoff: Handoff) -> None:
        """Compose and keep the brief, beside everything else: the CRM may be slow."""
        if await self._briefs.compose(handoff):
            self.bus.publish(BriefComposed(handoff.conversation_id, handoff.id))

    # Where everybody stands in the queue.

    def tell_places(self) -> None:
        """Tell everybody in the queue where they stand, soon and once for many changes."""
        if self._placing is None or self._placing.done():
            self._placing = self._later(self._tell_places_soon())

    async def _tell_places_soon(self) -> None:
        await asyncio.sleep(GATHER)
        self._placing = None  # what changes from here on is told once more
        found = await self._database.run(self._standings)
        news = [moved for id, moved in found.items() if self._placed.get(id) != moved]
        self._placed = found
        self.bus.publish(*news)

    async def standing(self, conversation_id: str) -> QueueMoved | None:
        """Return where a visitor stands; None: they do not wait."""
        return (await self._database.run(self._standings)).get(conversation_id)

    def _standings(self) -> dict[str, QueueMoved]:
        with self._database.read() as connection:
            found = self._queue.standings(connection, self._clock())
        return {moved.conversation_id: moved for moved in found}

    def _later(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def passed(handoff: Handoff, agent_id: str) -> tuple[str, ...]:
    """Return who has passed an offer, with one agent more."""
    return tuple(dict.fromkeys((*handoff.passed_by, agent_id)))


def once_more(handoff: Handoff | None) -> dict[str, int]:
    """Count that a hand-over goes back to the queue, where those who had an agent come first."""
    return {"released": handoff.released + 1} if handoff else {}
