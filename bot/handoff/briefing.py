"""What an agent is told of a conversation: the brief at its hand-over, and the mood all along."""

import logging
from dataclasses import replace
from typing import Any

from bot.business import Business
from bot.crm.adapter import Crm
from bot.crm.card import DOWN, STRANGER, CustomerCard, MissingCard
from bot.crm.guarded import Guard
from bot.empathy import brief, state
from bot.empathy.ladder import Reason
from bot.empathy.reading import Detector, Turn
from bot.empathy.repeats import Similarity, likeness
from bot.errors import CrmError, NotFound
from bot.handoff.model import BOT, PERSON_BUTTON, VISITOR, Conversation, Handoff, Message
from bot.storage import conversations, handoffs, messages
from bot.storage.engine import Database
from bot.times import name_of_language

CLICKED = {"/affirm": "Yes, please.", "/deny": "No, thank you."}  # as bot.dialogue reads a click
MOST_FILES = 5  # that a brief names
logger = logging.getLogger(__name__)


class Briefing:
    """Compose briefs and read moods from what is stored."""

    def __init__(
        self,
        database: Database,
        *,
        business: Business,
        crm: Crm,
        detector: Detector,
        similar: Similarity = likeness,
    ) -> None:
        self._database, self._business, self._crm = database, business, crm
        self._detector, self._similar = detector, similar
        self._guard = Guard()

    async def compose(self, handoff: Handoff) -> bool:
        """Compose and keep a hand-over's brief; tell whether it worked."""
        try:
            conversation, said = await self._database.run(self._read, handoff.conversation_id)
            card = await self._card(conversation.customer_id)
            await self._database.run(self._compose, handoff, said, card)
        except NotFound:
            return False  # erased meanwhile
        except Exception:
            # An agent can work without a brief, but not if composing one breaks the hand-over.
            logger.exception("no brief for hand-over %s", handoff.id)
            return False
        return True

    def mood(self, conversation_id: str) -> tuple[int, dict[str, Any]] | None:
        """Read and keep the mood of a conversation; return it if it is news. Blocks."""
        _, said = self._read(conversation_id)
        last = max((message.seq for message in said if message.speaker == VISITOR), default=0)
        if not last:
            return None
        mood = state.fold(_felt(said), self._detector, self._similar).as_dict()
        with self._database.write() as connection:
            return (last, mood) if conversations.set_mood(connection, conversation_id, mood, last) else None

    def warm_up(self) -> None:
        """Build what takes seconds to build, before it is needed. Blocks."""
        self._detector.read("Good morning")
        self._similar("Good morning", "Good evening")

    def close(self) -> None:
        self._guard.close()

    def _spoken(self, handoff: Handoff) -> list[dict[str, str]]:
        """Return the customer's language as a detail of the case, where it is not the owner's."""
        if handoff.language in (None, self._business.texts.own.language):
            return []
        named = name_of_language(handoff.language or "") or handoff.language or ""
        return [{"name": "language", "label": "Language", "value": named}]

    async def _card(self, customer_id: str | None) -> CustomerCard | MissingCard:
        if customer_id is None:
            return STRANGER
        try:
            return await self._guard(self._crm.card, customer_id)
        except CrmError as problem:
            logger.warning("no card for a brief: %s", type(problem).__name__)
            return DOWN

    def _read(self, conversation_id: str) -> tuple[Conversation, list[Message]]:
        with self._database.read() as connection:
            found = conversations.find(connection, conversation_id)
            if found is None:
                raise NotFound("There is no such conversation.")
            return found, messages.after(connection, conversation_id)

    def _compose(self, handoff: Handoff, said: list[Message], card: CustomerCard | MissingCard) -> None:
        composed = brief.compose(
            _turns(said),
            state.fold(_felt(said), self._detector, self._similar),
            [Reason.from_dict(reason) for reason in handoff.reasons],
            card,
            (*self._spoken(handoff), *handoff.filled, *_files(said)),
            handoff.missing,
            business_name=self._business.name,
        )
        with self._database.write() as connection:
            handoffs.change(connection, handoff.id, brief=composed.as_dict())


def _turns(said: list[Message]) -> list[Turn]:
    """Return what was said as it was said; neither a file's name says anything, nor thanks for the file."""
    return [_turn(message) for message in said if message.attachment is None and not _is_thanks(message)]


def _is_thanks(message: Message) -> bool:
    """Tell what the desk says in the bot's name, which has a button of its own, from what the bot says."""
    return message.speaker == BOT and any(button.id == PERSON_BUTTON for button in message.buttons)


def _files(said: list[Message]) -> list[dict[str, str]]:
    """Return the visitor's newest files as details of the case, by name only."""
    sent = [message for message in said if message.attachment and message.speaker == VISITOR][-MOST_FILES:]
    return [{"name": f"file_{message.seq}", "label": "File", "value": message.text} for message in sent]


def _felt(said: list[Message]) -> list[Turn]:
    """Return what the mood is read from, as the assistant reads it: a click says nothing but yes or no."""
    typed = [message for message in said if message.attachment is None]
    meant = [(message, message.text if message.payload is None else _clicked(message)) for message in typed]
    return [replace(_turn(message), text=text) for message, text in meant if text]


def _turn(message: Message) -> Turn:
    marks = {"failed": message.failed, "offered": message.offered}
    return Turn(message.speaker, message.text, message.seq, message.at, **marks)


def _clicked(message: Message) -> str | None:
    return CLICKED.get((message.payload or "").partition("{")[0])
