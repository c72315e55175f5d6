"""Rows of recovery codes, which stand in for a second factor that was lost; each is good once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.storage.tables import recovery_codes


def replace(connection: Connection, agent_id: str, hashes: Iterable[str]) -> None:
    """Keep these codes of an agent and no others."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.agent_id == agent_id))
    rows = [{"agent_id": agent_id, "code_hash": code_hash} for code_hash in hashes]
    if rows:
        connection.execute(insert(recovery_codes), rows)


def use(connection: Connection, agent_id: str, code_hash: str, now: datetime) -> bool:
    """Use a code up; tell whether it was still good."""
    c = recovery_codes.c
    same = update(recovery_codes).where(c.agent_id == agent_id, c.code_hash == code_hash, c.used_at.is_(None))
    return connection.execute(same.values(used_at=now)).rowcount == 1


def left(connection: Connection, agent_id: str) -> int:
    """Count the codes that are still good."""
    c = recovery_codes.c
    query = select(func.count()).select_from(recovery_codes)
    return connection.scalar(query.where(c.agent_id == agent_id, c.used_at.is_(None)))
