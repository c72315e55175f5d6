"""All that happens to conversations, told after it has been saved. One wire name each."""

from dataclasses import dataclass
from typing import Any, ClassVar, get_args

from bot.handoff.model import Message, Question


@dataclass(frozen=True)
class MessageAdded:
    """Somebody said something; `question` is set when the bot has to answer it."""

    wire: ClassVar[str] = "message"
    conversation_id: str
    message: Message
    question: Question | None = None


@dataclass(frozen=True)
class OwnerChanged:
    """The conversation went to the bot, the queue, an agent, or was closed."""

    wire: ClassVar[str] = "owner"
    conversation_id: str
    kind: str
    version: int
    agent_id: str | None = None
    agent_name: str | None = None


@dataclass(frozen=True)
class HandoffOpened:
    """A person is asked for; `availability` is what the visitor was told."""

    wire: ClassVar[str] = "handoff"
    conversation_id: str
    handoff_id: str
    cause: str
    availability: str


@dataclass(frozen=True)
class BriefComposed:
    """The brief of an open hand-over is there to be read."""

    wire: ClassVar[str] = "brief"
    conversation_id: str
    handoff_id: str


@dataclass(frozen=True)
class MoodChanged:
    """The newest message has been read; `mood` is the whole state, `seq` the message it covers."""

    wire: ClassVar[str] = "mood"
    conversation_id: str
    seq: int
    mood: dict[str, Any]


@dataclass(frozen=True)
class VisitorIdentified:
    """A signed identity was given for a conversation that was a stranger's."""

    wire: ClassVar[str] = "identified"
    conversation_id: str
    customer_id: str
    customer_name: str


@dataclass(frozen=True)
class TypingChanged:
    """Somebody began or stopped typing. Kept nowhere."""

    wire: ClassVar[str] = "typing"
    conversation_id: str
    speaker: str
    name: str | None
    on: bool


Event = (
    MessageAdded
    | OwnerChanged
    | HandoffOpened
    | BriefComposed
    | MoodChanged
    | VisitorIdentified
    | TypingChanged
)
EVENTS: tuple[type[Event], ...] = get_args(Event)
