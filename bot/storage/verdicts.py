"""Rows of what agents think of hand-overs."""

from dataclasses import asdict, fields

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.handoff.model import Verdict
from bot.storage.tables import verdicts

_ALL = select(*(verdicts.c[field.name] for field in fields(Verdict)))


def find(connection: Connection, handoff_id: str, agent_id: str) -> Verdict | None:
    row = connection.execute(_ALL.where(*_same(handoff_id, agent_id))).first()
    return Verdict(**row._mapping) if row else None


def give(connection: Connection, verdict: Verdict) -> Verdict:
    """Write a verdict over the agent's earlier one; what it leaves open stays as it was."""
    known = find(connection, verdict.handoff_id, verdict.agent_id)
    if known is None:
        connection.execute(insert(verdicts), [asdict(verdict)])
        return verdict
    given = Verdict(
        verdict.handoff_id,
        verdict.agent_id,
        verdict.at,
        verdict.escalation or known.escalation,
        verdict.mood or known.mood,
    )
    same = _same(verdict.handoff_id, verdict.agent_id)
    connection.execute(update(verdicts).where(*same).values(**asdict(given)))
    return given


def _same(handoff_id: str, agent_id: str) -> tuple:
    return verdicts.c.handoff_id == handoff_id, verdicts.c.agent_id == agent_id
