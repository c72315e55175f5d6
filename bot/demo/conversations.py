"""The demo's past conversations, from `conversations.yml`: all of them over, some with a hand-over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.business import Business
from bot.crm.card import STRANGER, CustomerCard, MissingCard
from bot.demo.customers import cards, days_before
from bot.empathy import brief
from bot.empathy.ladder import LABELS, Reason
from bot.empathy.reading import Detector, Turn
from bot.empathy.state import fold
from bot.storage.tables import agents, conversations, handoffs, messages, notes, verdicts

FILE = Path(__file__).with_name("conversations.yml")
MARKS = ("failed", "offered")  # of a line of the bot, as the columns of the same names
PAUSE = {"visitor": 65, "bot": 2, "system": 48, "agent": 90}  # seconds until each of them speaks


@dataclass(frozen=True)
class _Past:
    """One conversation: what the file says of it, the rows of its messages, and whose it was."""

    known: dict[str, Any]
    rows: list[dict[str, Any]]
    card: CustomerCard | MissingCard

    @property
    def name(self) -> str | None:
        return self.card.customer.name if isinstance(self.card, CustomerCard) else None

    @property
    def turns(self) -> list[Turn]:
        marks = [{name: row[name] for name in MARKS} for row in self.rows]
        known = [(row["speaker"], row["text"], row["seq"], row["at"]) for row in self.rows]
        return [Turn(*one, **marked) for one, marked in zip(known, marks, strict=True)]

    @property
    def joined(self) -> dict[str, Any]:
        """The line that says that an agent has come."""
        return next(row for row in self.rows if row["speaker"] == "system")


def add_conversations(
    connection: Connection, now: datetime, *, business: Business, detector: Detector
) -> None:
    """Insert the conversations that are not there yet, with moods and briefs as the desk makes them."""
    there = set(connection.execute(select(conversations.c.id)).scalars())
    customers = {card.customer.id: card for card in cards(now)}
    names = dict(connection.execute(select(agents.c.id, agents.c.name)).all())
    names["bot"] = business.assistant_name
    for known in YAML(typ="safe").load(FILE):
        if known["id"] in there:
            continue
        card = customers.get(known.get("customer"), STRANGER)
        past = _Past(known, _spoken(known, now, names), card)
        _add(connection, past, detector)
        if "agent" in known:
            _add_handoff(connection, past, business.name, detector)
        if "verdict" in known:
            _add_verdict(connection, past)


def _spoken(known: dict[str, Any], now: datetime, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the rows of the messages, with their times and the names that were shown."""
    shown = {"bot": names["bot"], "agent": names.get(known.get("agent", ""))}
    at, rows = days_before(now, known["days"]), []
    for seq, line in enumerate(known["said"], 1):
        ((speaker, text),) = line.items()
        at += timedelta(seconds=PAUSE[speaker])
        row = {"conversation_id": known["id"], "seq": seq, "speaker": speaker, "text": text, "at": at}
        by_agent = known["agent"] if speaker == "agent" else None
        row |= {name: seq in known.get(name, ()) for name in MARKS}
        row |= {"heard": _heard(*known["heard"][seq]) if seq in known.get("heard", ()) else None}
        rows.append({**row, "name": shown.get(speaker), "agent_id": by_agent})
    return rows


def _heard(intent: str, confidence: float, second: str, close: float, *answered: str) -> dict[str, Any]:
    runner_up = {"intent": second, "confidence": close}
    return {"intent": intent, "confidence": confidence, "second": runner_up, "answered": list(answered)}


def _add(connection: Connection, past: _Past, detector: Detector) -> None:
    known, last = past.known, past.rows[-1]
    connection.execute(
        insert(conversations).values(
            id=known["id"],
            owner="closed",
            agent_id=known.get("agent"),
            version=4 if "agent" in known else 2,  # asked for, taken and closed; or only closed
            last_seq=last["seq"],
            customer_id=known.get("customer"),
            customer_name=past.name,
            page=known["page"],
            channel="web",
            mood=fold(past.turns, detector).as_dict(),
            mood_seq=max(row["seq"] for row in past.rows if row["speaker"] == "visitor"),
            opened_at=past.rows[0]["at"],
            changed_at=last["at"],
            closed_at=last["at"],
        )
    )
    connection.execute(insert(messages), past.rows)


def _add_handoff(connection: Connection, past: _Past, business_name: str, detector: Detector) -> None:
    joined = past.joined
    before = past.turns[: joined["seq"] - 1]
    reasons = [_reason(**reason) for reason in past.known["reasons"]]
    why = [Reason.from_dict(reason) for reason in reasons]
    mood = fold(before, detector)
    composed = brief.compose(before, mood, why, past.card, (), (), business_name=business_name)
    connection.execute(
        insert(handoffs).values(
            id=past.known["id"],
            conversation_id=past.known["id"],
            state="resolved",
            outcome="solved",
            cause=f"{reasons[0]['code']}@{before[-1].seq - 1}",
            reasons=reasons,
            brief=composed.as_dict(),
            filled=[],
            missing=[],
            availability="live",
            opened_at=before[-1].at,
            claimed_at=joined["at"],
            claimed_by=past.known["agent"],
            ended_at=past.rows[-1]["at"],
        )
    )


def _add_verdict(connection: Connection, past: _Past) -> None:
    """Insert what the agent thought of the hand-over, and wrote down for colleagues."""
    id, verdict, over = past.known["id"], past.known["verdict"], past.rows[-1]["at"]
    who, judged = past.known["agent"], {name: verdict[name] for name in ("escalation", "mood")}
    connection.execute(insert(verdicts).values(handoff_id=id, agent_id=who, at=over, **judged))
    note = {"id": id, "conversation_id": id, "cmid": id, "text": verdict["note"]}
    connection.execute(insert(notes).values(agent_id=who, at=over, **note))


def _reason(*, code: str, seq: int, quote: str) -> dict[str, Any]:
    evidence = [{"seq": seq, "quote": quote}]
    return {"code": code, "label": LABELS[code], "score": 1.0, "threshold": 1.0, "evidence": evidence}
