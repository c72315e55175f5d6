"""What an owner looks back on: what was not understood, what went badly, what agents said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.dialogue.topics import is_topic
from bot.handoff.model import iso
from bot.storage import heard
from bot.storage.engine import Database
from bot.storage.heard import Item
from bot.studio.asked import unknown
from bot.studio.asked.feelings import Feelings, Worse
from bot.studio.asked.meaning import Vectors
from bot.studio.asked.unknown import Group, Known, Message
from bot.studio.questions.questions import Questions
from bot.studio.questions.taught import Taught

UNKNOWN, UPSET, VERDICT = "unknown", "upset", "verdict"  # the three lists, as `dismissed.about` names them
LISTS = (UNKNOWN, UPSET, VERDICT)


@dataclass(frozen=True)
class Badly:
    """A question after whose answers people got upset, the newest first; `asked` counts all who asked it."""

    intent: str
    title: str
    editable: bool  # it is a question with an answer of its own, and not a task or small talk
    asked: int
    cases: tuple[Worse, ...]

    def as_dict(self, most: int | None = None) -> dict[str, Any]:
        return {
            "intent": self.intent,
            "title": self.title,
            "editable": self.editable,
            "asked": self.asked,
            "size": len(self.cases),
            "messages": [_case(worse) for worse in self.cases[:most]],
        }


@dataclass(frozen=True)
class Opinion:
    """What an agent found wrong with a hand-over, with what was noted, and how the customer felt at worst."""

    judged: heard.Judged
    notes: tuple[str, ...]
    feeling: str | None

    @property
    def item(self) -> Item:
        return self.judged.conversation, self.judged.handoff

    def as_dict(self) -> dict[str, Any]:
        one = self.judged
        return {
            "handoff": one.handoff,
            "conversation": one.conversation,
            "agent": one.agent,
            "at": iso(one.at),
            "escalation": one.escalation,
            "mood": one.mood,
            "reasons": [reason.get("label") or reason.get("code") for reason in one.reasons],
            "notes": list(self.notes),
            "feeling": self.feeling,
        }


@dataclass(frozen=True)
class Found:
    """All that there is to look at since a moment: what still is to be looked at, or what was put away."""

    messages: list[Message]
    badly: list[Badly]
    opinions: list[Opinion]
    examples: dict[str, tuple[str, ...]]  # of all questions and tasks, by intent
    editable: frozenset[str]  # those of them that are questions
    titles: dict[str, str]  # of all intents, questions or not
    asked: int  # messages, understood or not
    put_away: int

    @cached_property
    def texts(self) -> list[str]:
        """The texts of the messages that are to be compared, each once."""
        return unknown.texts_of(self.messages)

    @property
    def to_encode(self) -> list[str]:
        """All texts whose vectors are needed for `Lookback.groups`; none where nothing was asked."""
        known = [text for texts in self.examples.values() for text in texts]
        return [*self.texts, *known] if self.texts else []


class Lookback:
    """Looks into the desk's database and the owner's files. All of it blocks, and is safe between threads."""

    def __init__(self, database: Database, questions: Questions, vectors: Vectors) -> None:
        self._database, self._questions, self.vectors = database, questions, vectors

    def look(self, since: datetime, *, away: bool = False) -> Found:
        """Collect what happened after a moment; with `away`, what was put away of it."""
        with self._database.read() as connection:
            rows, failures = heard.since(connection, since), heard.failures(connection, since)
            feelings = Feelings(heard.moments(connection, since))
            gone = {about: heard.put_away(connection, about) for about in LISTS}
            counts, judged = heard.counts(connection, since), heard.judged(connection, since)
            notes = heard.written(connection, {one.conversation for one in judged})
        taught = self._questions.taught()
        taught_texts = (text for texts in taught.examples.values() for text in texts)
        known = set() if away else {unknown.plain(text) for text in taught_texts}
        messages = unknown.unanswered(rows, failures, feelings, known=known)
        worse = [one for one in feelings.worse_after(rows) if is_topic(one.asked.heard["intent"])]
        opinions = [Opinion(one, _notes(one, notes), feelings.worst(one.conversation)) for one in judged]
        return Found(
            messages=[one for one in messages if (one.item in gone[UNKNOWN]) is away],
            badly=_badly([one for one in worse if (_item(one) in gone[UPSET]) is away], counts, taught),
            opinions=[one for one in opinions if (one.item in gone[VERDICT]) is away],
            examples={name: tuple(texts) for name, texts in taught.examples.items() if is_topic(name)},
            editable=frozenset(taught.questions),
            titles={intent: _title(intent, examples) for intent, examples in taught.examples.items()},
            asked=sum(counts.values()),
            put_away=sum(map(len, gone.values())),
        )

    def groups(self, found: Found) -> list[Group]:
        """Put what was not understood into groups, each with the question that is nearest to it."""
        made = unknown.grouped(found.messages, found.texts, self.vectors(found.texts)) if found.texts else []
        if not made:
            return []
        texts = [text for texts in found.examples.values() for text in texts]
        known = Known(found.examples, self.vectors(texts), found.editable)
        return known.suggested(made, self.vectors([group.text for group in made]))


def _badly(cases: Iterable[Worse], counts: dict[str, int], taught: Taught) -> list[Badly]:
    by_intent: dict[str, list[Worse]] = {}
    for worse in cases:
        by_intent.setdefault(worse.asked.heard["intent"], []).append(worse)
    found = [
        Badly(
            intent,
            _title(intent, taught.examples.get(intent, ())),
            intent in taught.questions,
            counts.get(intent, len(of_it)),
            tuple(sorted(of_it, key=lambda worse: worse.asked.at, reverse=True)),
        )
        for intent, of_it in by_intent.items()
    ]
    return sorted(found, key=lambda one: (-len(one.cases), one.asked, one.intent))


def _item(worse: Worse) -> Item:
    return worse.asked.conversation, str(worse.asked.seq)


def _title(intent: str, examples: Sequence[str]) -> str:
    return examples[0] if examples else intent.replace("_", " ").capitalize()


def _notes(one: heard.Judged, notes: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*([one.note] if one.note else []), *notes.get(one.conversation, ())]))


def _case(worse: Worse) -> dict[str, Any]:
    row = worse.asked
    return {
        "conversation": row.conversation,
        "seq": row.seq,
        "text": row.text,
        "at": iso(row.at),
        "before": worse.before.label,
        "after": worse.after.label,
        "then": worse.after.seq,
    }
