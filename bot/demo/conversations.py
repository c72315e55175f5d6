"""The demo's past conversations, from `conversations.yml`: all of them over, some with a hand-over."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.demo.customers import cards, days_before
from bot.storage.tables import agents, conversations, handoffs, messages

FILE = Path(__file__).with_name("conversations.yml")
PAUSE = {"visitor": 65, "bot": 2, "system": 48, "agent": 90}  # seconds until each of them speaks
ASSISTANT = "Pip"


def add_conversations(connection: Connection, now: datetime) -> None:
    """Insert the conversations that are not there yet."""
    there = set(connection.execute(select(conversations.c.id)).scalars())
    names = {card.customer.id: card.customer.name for card in cards(now)}
    people = dict(connection.execute(select(agents.c.id, agents.c.name)).all())
    for known in YAML(typ="safe").load(FILE):
        if known["id"] not in there:
            _add(connection, known, _spoken(known, now, names, people), names)


def _spoken(
    known: dict[str, Any], now: datetime, names: dict[str, str], people: dict[str, str]
) -> list[dict[str, Any]]:
    """Return the rows of the messages, with their times and the names that were shown."""
    shown = {
        "bot": ASSISTANT,
        "agent": people.get(known.get("agent")),
        "visitor": names.get(known.get("customer")),
    }
    at, rows = days_before(now, known["days"]), []
    for seq, line in enumerate(known["said"], 1):
        (speaker, text), *_ = line.items()
        at += timedelta(seconds=PAUSE[speaker])
        rows.append(
            {
                "conversation_id": known["id"],
                "seq": seq,
                "speaker": speaker,
                "name": shown.get(speaker),
                "agent_id": known["agent"] if speaker == "agent" else None,
                "text": text,
                "at": at,
            }
        )
    return rows


def _add(
    connection: Connection, known: dict[str, Any], rows: list[dict[str, Any]], names: dict[str, str]
) -> None:
    last = rows[-1]
    connection.execute(
        insert(conversations).values(
            id=known["id"],
            owner="closed",
            agent_id=known.get("agent"),
            version=3 if "agent" in known else 1,  # asked for, taken, closed; or only closed
            last_seq=last["seq"],
            customer_id=known.get("customer"),
            customer_name=names.get(known.get("customer")),
            page=known["page"],
            channel="web",
            mood_seq=0,
            opened_at=rows[0]["at"],
            changed_at=last["at"],
            closed_at=last["at"],
        )
    )
    connection.execute(insert(messages), rows)
    if "agent" in known:
        _add_handoff(connection, known, rows)


def _add_handoff(connection: Connection, known: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    joined = next(row for row in rows if row["speaker"] == "system")
    asked = rows[joined["seq"] - 2]
    connection.execute(
        insert(handoffs).values(
            id=known["id"],
            conversation_id=known["id"],
            cause=f"{known['reasons'][0]['code']}@{asked['seq'] - 1}",
            reasons=[_reason(**reason) for reason in known["reasons"]],
            filled=[],
            missing=[],
            availability="live",
            opened_at=asked["at"],
            claimed_at=joined["at"],
            claimed_by=known["agent"],
            ended_at=rows[-1]["at"],
            ended_as="resolved",
        )
    )


def _reason(*, code: str, label: str, seq: int, quote: str) -> dict[str, Any]:
    evidence = [{"seq": seq, "quote": quote}]
    return {"code": code, "label": label, "score": 1.0, "threshold": 1.0, "evidence": evidence}
