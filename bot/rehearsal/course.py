"""What came of a scene: what the product noted of each message, offered, and when a person took over."""

from dataclasses import dataclass
from typing import Any

from bot.empathy.ladder import Reason

# Responses that are no answer to a question, by how their names begin.
UNANSWERING = ("utter_offer_human", "utter_ask_rephrase", "utter_acknowledge_")
EXPLICIT, STUCK = "explicit_request", "utter_offer_human_stuck"


@dataclass(frozen=True)
class Note:
    """What the product noted of one message of the visitor: how it reads, and what follows.

    `distress` and `level` lie between 0 and 1; `cues` are labels; `offered` is the response that offered a
    person, empty if none did; `said` are the names of all responses, in order.
    """

    intent: str = ""
    emotion: str = "neutral"
    distress: float = 0.0
    level: float = 0.0
    cues: tuple[str, ...] = ()
    step: str = "none"
    reasons: tuple[Reason, ...] = ()
    offered: str = ""
    said: tuple[str, ...] = ()

    def answers(self, question: str) -> bool:
        """Tell whether the answer to that question was given: its own words, or the task that it begins."""
        if f"utter_{question}" in self.said:
            return True
        return self.intent == question and any(not name.startswith(UNANSWERING) for name in self.said)

    @property
    def stuck(self) -> bool:
        """Tell whether a person was offered only because two messages in a row were not understood."""
        return self.offered == STUCK

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        reasons = [reason.as_dict() for reason in self.reasons]
        return {**vars(self), "cues": list(self.cues), "reasons": reasons, "said": list(self.said)}


@dataclass(frozen=True)
class Course:
    """A scene as it went. Turns count the visitor's messages from 1.

    `notes` has an entry for each message that was played, None where the assistant never came to it;
    `called_for` are the reasons of the hand-over; `unanswered` is where the assistant fell silent.
    """

    notes: tuple[Note | None, ...]
    handed_over: int | None = None
    called_for: tuple[Reason, ...] = ()
    unanswered: int | None = None

    @property
    def offers(self) -> tuple[int, ...]:
        """The turns at which a person was offered."""
        return tuple(turn for turn, note in enumerate(self.notes, start=1) if note and note.offered)

    @property
    def only_stuck(self) -> bool:
        """Tell whether all offers came only because messages were not understood."""
        return bool(self.offers) and all(note.stuck for note in self.notes if note and note.offered)

    @property
    def wished(self) -> bool:
        """Tell whether a person came because the visitor asked for one or took an offer."""
        return any(reason.code == EXPLICIT for reason in self.called_for)

    @property
    def reasons(self) -> frozenset[str]:
        """The codes of the reasons for the hand-over, or else for the offers."""
        offers = [reason for note in self.notes if note and note.offered for reason in note.reasons]
        return frozenset(reason.code for reason in self.called_for or offers)
