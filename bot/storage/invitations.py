"""Rows of links by which somebody joins or sets a new password. Each is good once."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.storage.tables import invitations

INVITE, RESET = "invite", "reset"


def add(connection: Connection, **values: Any) -> None:
    connection.execute(insert(invitations).values(**values))


def find(connection: Connection, token_hash: str, now: datetime, *, lock: bool = False) -> Row | None:
    """Return what a link stands for, as long as it is good; with `lock`, nobody else takes it meanwhile."""
    query = select(invitations).where(invitations.c.token_hash == token_hash, *_good(now))
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def use(connection: Connection, token_hash: str, now: datetime, agent_id: str) -> bool:
    """Use a link up; tell whether it was still good, which is true for one caller only."""
    same = update(invitations).where(invitations.c.token_hash == token_hash, *_good(now))
    return connection.execute(same.values(used_at=now, agent_id=agent_id)).rowcount == 1


def end(connection: Connection, now: datetime, *, email: str) -> int:
    """End every link that is open for an address; return how many there were."""
    same = update(invitations).where(invitations.c.email == email, *_good(now))
    return connection.execute(same.values(expires_at=now)).rowcount


def waiting(connection: Connection, now: datetime) -> list[Row]:
    """Return the invitations that nobody has accepted yet, the newest first."""
    query = select(invitations).where(invitations.c.kind == INVITE, *_good(now))
    return connection.execute(query.order_by(invitations.c.created_at.desc())).all()


def _good(now: datetime) -> tuple[Any, ...]:
    return invitations.c.used_at.is_(None), invitations.c.expires_at > now
