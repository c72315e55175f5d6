"""A past for the tests of what was asked: conversations with what was heard and how they felt."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import insert

from bot.storage.engine import Database
from bot.storage.tables import agents, conversations, handoffs, messages, verdicts
from tests.storage.rows import agent_row

NOW = datetime.now(timezone.utc).replace(microsecond=0)
LABELS = ((0.3, "calm"), (0.5, "uneasy"), (0.75, "upset"), (1.01, "urgent"))


def heard(intent: str, confidence: float = 0.9, second: str = "", close: float = 0.1, **more: Any) -> Any:
    runner_up = {"intent": second, "confidence": close} if second else None
    return {"intent": intent, "confidence": confidence, "second": runner_up, "answered": [], **more}


def ask(text: str, told: Any = None, *, level: float = 0.0, **more: Any) -> dict[str, Any]:
    """Return a line of a visitor: what was heard in it, and how upset they were."""
    return {"speaker": "visitor", "text": text, "heard": told, "level": level, **more}


def say(text: str = "…", **more: Any) -> dict[str, Any]:
    return {"speaker": "bot", "text": text, **more}


def add(database: Database, id: str, *lines: dict[str, Any], days: float = 1) -> None:
    """Add a conversation that went on so many days ago."""
    at = NOW - timedelta(days=days)
    moments = [
        {"seq": seq, "level": line["level"], "label": _label(line["level"]), "quote": "", "cues": []}
        for seq, line in enumerate(lines, 1)
        if line["speaker"] == "visitor"
    ]
    row = {"id": id, "owner": "bot", "version": 1, "channel": "web", "mood": {"moments": moments}}
    row |= {"mood_seq": 0, "last_seq": len(lines), "opened_at": at, "changed_at": at}
    spoken = [_message(id, seq, at, line) for seq, line in enumerate(lines, 1)]
    with database.write() as connection:
        connection.execute(insert(conversations), [row])
        for one in spoken:
            connection.execute(insert(messages), [one])


def judge(
    database: Database,
    conversation: str,
    escalation: str | None,
    mood: str | None = None,
    agent: str = "noor",
) -> None:
    """Add a hand-over of a conversation, and what Noor thinks of it."""
    reasons = [{"code": "anger", "label": "Angry", "score": 1.0, "threshold": 0.5, "evidence": []}]
    row = {"id": f"h-{conversation}", "conversation_id": conversation, "cause": "anger@1", "reasons": reasons}
    row |= {"state": "resolved", "availability": "live", "filled": [], "missing": [], "opened_at": NOW}
    verdict = {"handoff_id": row["id"], "agent_id": agent, "at": NOW, "escalation": escalation, "mood": mood}
    with database.write() as connection:
        connection.execute(insert(handoffs), [row])
        connection.execute(insert(verdicts), [verdict])


def add_noor(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(agents), [agent_row("noor", name="Noor Haddad")])


def _label(level: float) -> str:
    return next(label for below, label in LABELS if level < below)


def _message(id: str, seq: int, at: datetime, line: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in line.items() if name != "level"}
    return {"conversation_id": id, "seq": seq, "at": at + timedelta(seconds=seq), **known}


def texts(found: Sequence[Any]) -> list[str]:
    return [one.text for one in found]
