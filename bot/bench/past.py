"""A made-up past for a desk: many closed conversations, made quickly and the same each time."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.engine import Connection

from bot.lessons import Lessons
from bot.settings import ROOT
from bot.storage.tables import conversations, handoffs, messages

AT_ONCE = 2000  # conversations
GIVEN = """Amara Anouk Arun Beatriz Chidi Clara Dana Diego Edith Elif Farid Freya Gareth Greta Hamza Hana Ida
Imran Iris Jonas June Kaito Keira Lars Leila Luca Maeve Marek Mina Nadia Nils Oona Pavel Priya Quinn Rafael
Rosa Samir Sofia Tariq Thea Uma Victor Wanda Yara Yusuf Zadie Zoltan"""
BEGINNINGS = "Ash Birch Black Bran Clay Cross Dal East Fair Glen Hart Holl Kirk Lang Marsh North Oak Pen"
ENDINGS = "bourne bridge by combe cott dale den field ford ham ley mere more ridge stead ton well worth"
MOODS = (("calm", 0.1), ("calm", 0.2), ("uneasy", 0.4), ("upset", 0.65), ("urgent", 0.9))
REASONS = ("explicit_request", "explicit_request", "anger", "bot_failed", "legal_threat", "safety")


class Past:
    """Conversations about what the owner's files know, between made-up people and the given agents."""

    def __init__(self, agents: Sequence[str], end: datetime, *, seed: int = 7) -> None:
        lessons = Lessons.read(ROOT)
        self._asked = [text for topic in lessons.topics for text, _ in topic.examples]
        self._answered = [words.text for answer in lessons.answers for words in answer.wordings if words.text]
        self._agents, self._end, self._random = agents, end, random.Random(seed)

    def add(self, connection: Connection, count: int) -> None:
        """Insert so many conversations, the newest last."""
        for numbers in _batches(range(count)):
            made = [self._conversation(number, count) for number in numbers]
            for table in (conversations, messages, handoffs):
                connection.execute(insert(table), [row for one in made for row in one.get(table, ())])

    def add_open(self, connection: Connection, id: str, agent: str, at: datetime) -> None:
        """Insert a conversation that an agent has."""
        said = list(self._said(id, at, agent))
        known = {"id": id, "owner": "agent", "agent_id": agent, "version": 3, "channel": "web", "mood_seq": 0}
        row = {**known, "last_seq": len(said), "customer_name": self.name(), "opened_at": at}
        handoff = self._handoff(id, said, agent) | {"state": "in_progress", "outcome": None, "ended_at": None}
        connection.execute(insert(conversations), [{**row, "changed_at": said[-1]["at"]}])
        connection.execute(insert(messages), said)
        connection.execute(insert(handoffs), [handoff])

    def name(self) -> str:
        """Make up a customer's name."""
        return f"{self._pick(GIVEN.split())} {self._place()}"

    def message(self) -> str:
        """Make up what a visitor writes."""
        said = self._pick(self._asked)
        extra = (
            f" My order is {self._order()}.",
            f" I am {self.name()}.",
            f" I live in {self._place()}.",
            f" It was £{self._random.randint(5, 300)}.{self._random.randint(0, 99):02}.",
            "",
        )
        return said + self._pick(extra)

    def _conversation(self, number: int, count: int) -> dict[Table, list[dict[str, Any]]]:
        id, known = f"past-{number:06}", self._random.random() < 0.6
        at = self._end - timedelta(days=700) * (1 - number / count)
        by_person = self._random.random() < 0.4
        agent = self._pick(self._agents) if by_person else None
        said = list(self._said(id, at, agent))
        label, level = self._pick(MOODS)
        conversation = {
            "id": id,
            "owner": "closed",
            "agent_id": agent,
            "version": 4 if agent else 2,
            "last_seq": len(said),
            "customer_id": f"c-{self._random.randint(1, count // 3 + 1)}" if known else None,
            "customer_name": self.name() if known else None,
            "page": "https://copperkettle.example/account/orders",
            "channel": "web",
            "mood": {"level": level, "label": label, "trend": "steady", "moments": [], "signals": []},
            "mood_seq": len(said),
            "opened_at": at,
            "changed_at": said[-1]["at"],
            "closed_at": said[-1]["at"],
            "language": "en",
        }
        made = {conversations: [conversation], messages: said}
        return made | {handoffs: [self._handoff(id, said, agent)]} if agent else made

    def _said(self, id: str, at: datetime, agent: str | None) -> Iterator[dict[str, Any]]:
        answering = ["bot"] * self._random.randint(1, 4) + ["agent"] * (3 if agent else 0)
        for turn, speaker in enumerate(answering):
            for offset, who in ((1, "visitor"), (2, speaker)):
                text = self.message() if who == "visitor" else self._pick(self._answered)
                by = agent if who == "agent" else None
                row = {"conversation_id": id, "seq": 2 * turn + offset, "speaker": who, "text": text}
                yield {**row, "at": at + timedelta(minutes=2 * turn + offset), "agent_id": by}

    def _handoff(self, id: str, said: list[dict[str, Any]], agent: str) -> dict[str, Any]:
        code = self._pick(REASONS)
        quote = {"seq": 1, "quote": said[0]["text"]}
        return {
            "id": id,
            "conversation_id": id,
            "cause": f"{code}@1",
            "state": "resolved",
            "outcome": "solved",
            "reasons": [{"code": code, "label": code, "score": 1.0, "threshold": 1.0, "evidence": [quote]}],
            "filled": [],
            "missing": [],
            "brief": {"situation": said[0]["text"], "wants": said[-2]["text"], "tried": [], "dos": []},
            "availability": "live",
            "opened_at": said[1]["at"],
            "claimed_at": said[2]["at"],
            "claimed_by": agent,
            "ended_at": said[-1]["at"],
        }

    def _place(self) -> str:
        return self._pick(BEGINNINGS.split()) + self._pick(ENDINGS.split())

    def _order(self) -> str:
        return f"CK-{self._random.randint(10_000, 99_999)}"

    def _pick(self, among: Sequence[Any]) -> Any:
        return self._random.choice(among)


def _batches(numbers: range) -> Iterator[range]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]
