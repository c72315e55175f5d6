"""Conversations, messages, hand-overs and notes, as all rooms know them.

A conversation has one owner. Every change of it adds one to the version, and a change that was asked for
under another version is refused. Which changes there are is said in `handoff.life`.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from typing import Any

from bot.errors import StaleVersion

BOT, WAITING, AGENT, CLOSED = "bot", "waiting", "agent", "closed"

# Who says something, besides the bot and an agent.
VISITOR, SYSTEM = "visitor", "system"

# What has become of a message that the bot has to answer.
PENDING, ANSWERED, DROPPED, FAILED = "pending", "answered", "dropped", "failed"

# Buttons of the desk's own, which work without the bot.
PERSON_BUTTON, RETRY_BUTTON = "person", "retry"


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


def iso(at: datetime) -> str:
    """Write a moment for the wire."""
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Conversation:
    """One visitor's conversation with the business. Field by field the row of the same name."""

    id: str
    opened_at: datetime
    changed_at: datetime
    owner: str = BOT
    agent_id: str | None = None
    version: int = 1
    last_seq: int = 0
    customer_id: str | None = None
    customer_name: str | None = None
    page: str | None = None
    channel: str = "web"
    mood: dict[str, Any] | None = None
    mood_seq: int = 0
    waiting_since: datetime | None = None
    closed_at: datetime | None = None
    language: str | None = None
    locale: str | None = None
    prechat: dict[str, Any] | None = None
    visitor_seen_seq: int = 0

    def moved(self, owner: str, at: datetime, agent_id: str | None = None) -> "Conversation":
        """Give it to another owner; the agent who resolved it stays noted. The version goes up by one."""
        return replace(
            self,
            owner=owner,
            agent_id=agent_id,
            version=self.version + 1,
            changed_at=at,
            waiting_since=at if owner == WAITING else None,
            closed_at=at if owner == CLOSED else None,
        )

    def owned_by(self, agent_id: str) -> bool:
        return self.owner == AGENT and self.agent_id == agent_id

    def check(self, version: int) -> None:
        """Raise StaleVersion if it has moved on since somebody saw it at a version."""
        if version != self.version:
            raise StaleVersion(self.version)


@dataclass(frozen=True)
class Button:
    """A quick reply. Without a payload it is the desk's own; payloads never leave the desk."""

    id: str
    title: str
    payload: str | None = None


@dataclass(frozen=True)
class Attachment:
    """A file in a conversation, as it is kept: `size` in bytes, the sides of a picture in pixels."""

    id: str
    name: str
    kind: str  # such as image/jpeg
    size: int
    width: int | None = None
    height: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Message:
    """One thing said. `seq` counts from 1 in its conversation and is the only order."""

    conversation_id: str
    seq: int
    speaker: str
    text: str
    at: datetime
    name: str | None = None
    cmid: str | None = None
    agent_id: str | None = None
    buttons: tuple[Button, ...] = ()
    turn: str | None = None
    payload: str | None = None
    failed: bool = False  # by it the bot said that it did not understand
    offered: bool = False  # by it the bot offered a person
    attachment: Attachment | None = None  # sent by it; the text is its name
    card: dict[str, Any] | None = None  # an order as it stood; drawn beside the text

    def as_dict(self) -> dict[str, Any]:
        """Return what visitors and agents may see."""
        return {
            "seq": self.seq,
            "speaker": self.speaker,
            "name": self.name,
            "text": self.text,
            "at": iso(self.at),
            "cmid": self.cmid,
            "buttons": [{"id": button.id, "title": button.title} for button in self.buttons],
            "attachment": self.attachment.as_dict() if self.attachment else None,
            "card": self.card,
        }

    def button(self, id: str) -> Button | None:
        return next((button for button in self.buttons if button.id == id), None)


@dataclass(frozen=True)
class Question:
    """A message that the bot has to answer, and the version under which the answer counts."""

    conversation_id: str
    seq: int
    version: int
    text: str
    payload: str | None = None
    customer_id: str | None = None
    customer_name: str | None = None
    written: str | None = None  # the language, where it is surely not the bot's

    @property
    def from_visitor(self) -> bool:
        """Tell a visitor's question from something that the desk lets the bot know."""
        return self.payload is None or not self.payload.startswith("/handed_back")


@dataclass(frozen=True)
class Handoff:
    """One stretch with a person. Field by field the row of the same name."""

    id: str
    conversation_id: str
    cause: str
    availability: str
    opened_at: datetime
    state: str = "queued"
    reasons: tuple[dict[str, Any], ...] = ()
    filled: tuple[dict[str, Any], ...] = ()
    missing: tuple[dict[str, Any], ...] = ()
    brief: dict[str, Any] | None = None
    offered_to: str | None = None
    offered_until: datetime | None = None
    passed_by: tuple[str, ...] = ()
    assignment: str | None = None
    skills: tuple[str, ...] = ()
    language: str | None = None
    weight: float = 1.0
    promised_at: datetime | None = None
    contact: dict[str, str] | None = None
    claimed_at: datetime | None = None
    claimed_by: str | None = None
    snoozed_until: datetime | None = None
    released: int = 0
    ended_at: datetime | None = None
    outcome: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Agent:
    """A person who answers, as far as conversations need to know."""

    id: str
    name: str

    @property
    def is_owner(self) -> bool:
        """Whether the business is theirs, so that they may also move what others have."""
        return False


@dataclass(frozen=True)
class Note:
    """What an agent wrote for colleagues. Never sent to the visitor."""

    id: str
    conversation_id: str
    agent_id: str
    cmid: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Verdict:
    """What an agent thinks of a hand-over afterwards. What is None was not judged."""

    handoff_id: str
    agent_id: str
    at: datetime
    escalation: str | None = None
    mood: str | None = None


@dataclass(frozen=True)
class Survey:
    """What a visitor was asked afterwards, and answered: field by field the row of the same name.

    `outcome`, `with_person` and `mood_label` are as they were when it was asked: how the hand-over came out,
    whether an agent spoke, and the worst that was read of the mood.
    """

    id: str
    conversation_id: str
    cause: str
    asked_at: datetime
    customer_id: str | None = None
    asks_recommend: bool = False
    outcome: str | None = None
    with_person: bool = False
    mood_label: str | None = None
    answered_at: datetime | None = None  # sent by the visitor
    skipped_at: datetime | None = None
    satisfaction: int | None = None  # 1 to 5, 5 the best
    understood: str | None = None
    effort: int | None = None  # 1 to 5, 5 the hardest
    recommend: int | None = None  # 0 to 10
    comment: str | None = None


@dataclass(frozen=True)
class Receipt:
    """A visitor's message as it is stored; `fresh` is False when it had been before."""

    message: Message
    conversation: Conversation
    fresh: bool = True


@dataclass(frozen=True)
class Opening:
    """What came of asking for a person: opened now or before, and what the visitor was told."""

    opened: bool
    availability: str


@dataclass(frozen=True)
class Cause:
    """Why a person is asked for. `id` opens at most one hand-over in a conversation.

    `topics` are the intents of what was asked before, for finding the right person.
    """

    id: str
    reasons: tuple[dict[str, Any], ...] = ()
    filled: tuple[dict[str, Any], ...] = ()
    missing: tuple[dict[str, Any], ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """One thing that the bot says; buttons as (title, payload); the rest as in Message."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    failed: bool = False
    offered: bool = False
    card: dict[str, Any] | None = None


@dataclass(frozen=True)
class Answer:
    """All that the bot says to one message, and what it heard in it: see the column `messages.heard`."""

    replies: tuple[Reply, ...] = ()
    heard: dict[str, Any] | None = None
