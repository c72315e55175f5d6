"""What was said and how one message reads: the words of this room that everybody shares."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

EMOTIONS = ("neutral", "satisfied", "confused", "anxious", "sad", "frustrated", "angry")
TARGETS = ("us", "bot", "third_party", "self", "nobody")

Speaker = Literal["visitor", "bot", "agent", "system"]


@dataclass(frozen=True)
class Turn:
    """One message of a conversation. `failed`: the bot did not understand; `offered`: it offered a person."""

    speaker: Speaker
    text: str
    seq: int = 0
    at: datetime | None = None
    failed: bool = False
    offered: bool = False


@dataclass(frozen=True)
class Cue:
    """Words that say something, where they stand, and how much they should worry us (0 to 1).

    `found_by`: `words` for a known phrase, `model` where the network heard it between the words.
    """

    code: str
    label: str
    start: int
    end: int
    quote: str
    weight: float
    found_by: str = "words"

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Reading:
    """How one message reads: emotion, distress from 0 to 1, whom it is aimed at, and why we think so.

    confidence, from 0 to 1: how likely the emotion is right. doubt: why we cannot say (`another language`,
    `nothing to read`), or empty.
    """

    emotion: str
    scores: dict[str, float]
    distress: float
    target: str
    cues: tuple[Cue, ...]
    detector: str
    confidence: float = 1.0
    doubt: str = ""

    def has(self, *codes: str) -> bool:
        return any(cue.code in codes for cue in self.cues)

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "scores": dict(self.scores), "cues": [cue.as_dict() for cue in self.cues]}


class Detector(Protocol):
    """Whatever can read a message, given the bot's message before it."""

    def read(self, text: str, *, context: str = "") -> Reading: ...
