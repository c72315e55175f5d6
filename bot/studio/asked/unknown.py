"""What they asked and the bot did not know, in groups of one meaning, the largest first.

A group is told which question it is nearest to. How much that says was measured on the demo's 1,374 examples
of 36 questions and tasks, each taken out in turn: where the nearest other example is at least `LIKELY` alike,
it is of the same question in 84 of 100 cases, below that in 64. Of examples whose whole question was taken
out, as if nobody had thought of it yet, 22 of 100 are `LIKELY` near to another one, but 70 at least `NEAR`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from bot.dialogue.topics import SOCIAL
from bot.handoff.model import iso
from bot.storage.heard import Heard, Item
from bot.studio.asked.feelings import PASSES_ON, Feelings
from bot.studio.asked.meaning import Group as Alike
from bot.studio.asked.meaning import groups

UNKNOWN, UNSURE, TORN = "unknown", "unsure", "torn"  # not understood; only perhaps; between two questions
NO_TOPIC = ("nlu_fallback", "out_of_scope")
SURE = 0.5  # with less confidence the model is as likely wrong as right
CLOSE = 0.6  # a runner-up with so much of the first one's confidence might as well be meant
LIKELY, NEAR = 0.65, 0.5  # likeness: probably the same question; worth naming
MOST_TEXTS = 5_000  # that are compared, the newest; 0.4 s once they are encoded, which takes 2 ms each
ASKS_ON = "_form"  # the end of a form's name: it asks for details, and takes any words for its answer


@dataclass(frozen=True)
class Message:
    """A message that was not surely understood; `guess` is what the model thought of first, or second."""

    conversation: str
    seq: int
    text: str
    at: datetime
    why: str
    guess: str | None
    confidence: float
    feeling: str | None  # calm, uneasy, upset or urgent; None: not read

    @property
    def item(self) -> Item:
        return self.conversation, str(self.seq)

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "at": iso(self.at)}


@dataclass(frozen=True)
class Suggestion:
    """What a group is nearest to; `likeness` from 0 to 1. A task is not `editable` as questions are."""

    intent: str
    title: str
    likeness: float
    editable: bool = True

    @property
    def likely(self) -> bool:
        return self.likeness >= LIKELY

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "likely": self.likely}


@dataclass(frozen=True)
class Group:
    """Messages of one meaning, the newest first, and the text that speaks for them."""

    text: str
    messages: tuple[Message, ...]
    suggested: Suggestion | None = None

    @property
    def feelings(self) -> dict[str, int]:
        """Count how those felt who asked, as far as it was read."""
        return dict(Counter(message.feeling for message in self.messages if message.feeling))

    def as_dict(self, most: int | None = None) -> dict[str, Any]:
        """Return it as JSON can hold it, with no more than `most` messages; `size` counts them all."""
        return {
            "text": self.text,
            "size": len(self.messages),
            "feelings": self.feelings,
            "suggested": self.suggested.as_dict() if self.suggested else None,
            "messages": [message.as_dict() for message in self.messages[:most]],
        }


def why(heard: Mapping[str, Any], *, failed: bool = False) -> str | None:
    """Say why a message was not surely understood; None: it was, or something else took care of it.

    `failed`: the bot itself said that it did not understand.
    """
    if failed:
        return UNKNOWN
    answered = heard.get("answered") or ()
    if any(name.endswith(ASKS_ON) or name == PASSES_ON for name in answered):
        return None
    if heard["intent"] in NO_TOPIC:
        return UNKNOWN
    if heard["intent"] in SOCIAL:
        return None  # whether “ok” is a yes or thanks is nothing to teach
    second = heard.get("second") or {"confidence": 0.0}
    if heard["confidence"] < SURE:
        return UNSURE
    return TORN if second["confidence"] >= CLOSE * heard["confidence"] else None


def unanswered(
    rows: Iterable[Heard],
    failures: Iterable[tuple[str, int]],
    feelings: Feelings,
    *,
    known: Collection[str] = (),
) -> list[Message]:
    """Return what was not surely understood, in the order of `rows`.

    Texts that are `known`, being examples by now, are left out; they are given as `plain` makes them.
    """
    rows = list(rows)
    failed = _failed(rows, failures)
    found = []
    for row in rows:
        reason = why(row.heard, failed=(row.conversation, row.seq) in failed)
        if reason is None or plain(row.text) in known:
            continue
        guess, confidence = _guess(row.heard)
        felt = feelings.at(row.conversation, row.seq)
        about = (row.conversation, row.seq, row.text, row.at)
        found.append(Message(*about, reason, guess, confidence, felt.label if felt else None))
    return found


def texts_of(messages: Iterable[Message]) -> list[str]:
    """Return the texts that are to be compared, each once, the newest first."""
    return list({plain(message.text): message.text for message in reversed(list(messages))}.values())[::-1][
        :MOST_TEXTS
    ]


def grouped(messages: Sequence[Message], texts: Sequence[str], vectors: np.ndarray) -> list[Group]:
    """Put messages into groups; `vectors` has a row for each of `texts`, which `texts_of` gave."""
    said: dict[str, list[Message]] = {}
    for message in messages:
        said.setdefault(plain(message.text), []).append(message)

    def group(alike: Alike) -> Group:
        found = [message for number in alike.members for message in said[plain(texts[number])]]
        newest_first = sorted(found, key=lambda message: message.at, reverse=True)
        return Group(texts[alike.speaker], tuple(newest_first))

    found = [group(alike) for alike in groups(vectors)] if len(texts) else []
    return sorted(found, key=lambda one: (-len(one.messages), -one.messages[0].at.timestamp()))


class Known:
    """The questions and tasks that there are, to find the one that is nearest to a text."""

    def __init__(
        self, examples: Mapping[str, Sequence[str]], vectors: np.ndarray, editable: Collection[str]
    ) -> None:
        """`examples` by intent; `vectors` has a row for each of them, in order; `editable` are questions."""
        self._editable = editable
        self._intents = [intent for intent, texts in examples.items() for _ in texts]
        self._titles = {intent: texts[0] for intent, texts in examples.items() if texts}
        self._vectors = vectors

    def suggested(self, found: Sequence[Group], vectors: np.ndarray) -> list[Group]:
        """Return the groups with the question near to each; `vectors` has a row for each group's text."""
        if not self._intents or not found:
            return list(found)
        likeness = vectors @ self._vectors.T
        best = likeness.argmax(axis=1)
        return [
            replace(group, suggested=self._suggestion(int(number), float(likeness[row, number])))
            for row, (group, number) in enumerate(zip(found, best, strict=True))
        ]

    def _suggestion(self, number: int, likeness: float) -> Suggestion | None:
        if likeness < NEAR:
            return None
        intent = self._intents[number]
        return Suggestion(
            intent, self._titles[intent], round(min(1.0, likeness), 2), intent in self._editable
        )


def plain(text: str) -> str:
    """Return a text without what makes no difference to its meaning."""
    return " ".join(text.casefold().split()).strip(" ?!.,…")


def _guess(heard: Mapping[str, Any]) -> tuple[str | None, float]:
    """Return the first topic that the model thought of, and its confidence."""
    for one in (heard, heard.get("second") or {}):
        if one.get("intent") and one["intent"] not in NO_TOPIC:
            return str(one["intent"]), float(one["confidence"])
    return None, 0.0


def _failed(rows: Sequence[Heard], failures: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return the messages, by conversation and seq, that the bot said it did not understand."""
    asked: dict[str, list[int]] = {}
    for row in rows:
        asked.setdefault(row.conversation, []).append(row.seq)
    found = set()
    for conversation, seq in failures:
        before = [number for number in asked.get(conversation, ()) if number < seq]
        if before:
            found.add((conversation, max(before)))
    return found
