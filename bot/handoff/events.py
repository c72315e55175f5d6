"""All that happens to conversations, told after it has been saved. One wire name each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, get_args

from bot.handoff.model import Message, Note, Question, Survey


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
class HandoffMoved:
    """A hand-over took a step of its life: `verb` and `state` are `handoff.life`'s.

    `agent_id` is who took it, None the visitor, the bot or the desk. The offer's fields are set while
    it is offered.
    """

    wire: ClassVar[str] = "step"
    conversation_id: str
    handoff_id: str
    verb: str
    state: str
    agent_id: str | None = None
    offered_to: str | None = None
    offered_until: datetime | None = None
    assignment: str | None = None


@dataclass(frozen=True)
class QueueMoved:
    """Where a waiting visitor stands now; for the visitor alone. What is None is not known."""

    wire: ClassVar[str] = "queue"
    conversation_id: str
    availability: str
    minutes: int | None = None
    promised_at: datetime | None = None
    place: int | None = None


@dataclass(frozen=True)
class VisitorRead:
    """The visitor has seen all up to a message."""

    wire: ClassVar[str] = "seen"
    conversation_id: str
    seq: int


@dataclass(frozen=True)
class AgentRead:
    """The agent who has the conversation has seen all up to a message."""

    wire: ClassVar[str] = "read"
    conversation_id: str
    agent_id: str
    seq: int


@dataclass(frozen=True)
class NoteAdded:
    """An agent wrote something for colleagues."""

    wire: ClassVar[str] = "note"
    conversation_id: str
    note: Note
    author: str


@dataclass(frozen=True)
class SurveyAnswered:
    """The visitor has answered something of what was asked afterwards, or skipped it."""

    wire: ClassVar[str] = "survey"
    conversation_id: str
    survey: Survey


@dataclass(frozen=True)
class PrechatAnswered:
    """The visitor has answered what is asked before the first message."""

    wire: ClassVar[str] = "prechat"
    conversation_id: str


@dataclass(frozen=True)
class ConversationErased:
    """The conversation is gone, with all that was said in it."""

    wire: ClassVar[str] = "erased"
    conversation_id: str


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
    | HandoffMoved
    | QueueMoved
    | VisitorRead
    | AgentRead
    | NoteAdded
    | SurveyAnswered
    | PrechatAnswered
    | ConversationErased
    | BriefComposed
    | MoodChanged
    | VisitorIdentified
    | TypingChanged
)
EVENTS: tuple[type[Event], ...] = get_args(Event)
