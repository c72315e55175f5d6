"""Rows of agents: the people who answer."""

from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from bot.storage.tables import agents

OWNER, AGENT = "owner", "agent"  # the roles


def name_of(connection: Connection, id: str) -> str | None:
    """Return an agent's name."""
    return connection.scalar(select(agents.c.name).where(agents.c.id == id))


def names(connection: Connection) -> dict[str, str]:
    """Return everybody's name by id, of those who left too."""
    return dict(connection.execute(select(agents.c.id, agents.c.name)).all())


def find(connection: Connection, id: str) -> Row | None:
    return connection.execute(select(agents).where(agents.c.id == id)).one_or_none()


def by_email(connection: Connection, email: str) -> Row | None:
    """Return the agent with this address, which is in lower case."""
    return connection.execute(select(agents).where(agents.c.email == email)).one_or_none()


def everybody(connection: Connection) -> list[Row]:
    """Return all agents by name, disabled ones too."""
    return connection.execute(select(agents).order_by(func.lower(agents.c.name), agents.c.id)).all()


def add(connection: Connection, **values: Any) -> None:
    connection.execute(insert(agents).values(disabled=False, **values))


def change(connection: Connection, id: str, **values: Any) -> None:
    connection.execute(update(agents).where(agents.c.id == id).values(**values))


def other_owners(connection: Connection, id: str) -> int:
    """Count the owners besides this agent who can sign in; until the transaction ends they stay so."""
    active = (agents.c.role == OWNER, agents.c.disabled.is_(False), agents.c.id != id)
    return len(connection.execute(select(agents.c.id).where(*active).with_for_update()).all())


def use_step(connection: Connection, id: str, step: int) -> bool:
    """Note the newest step of the second factor; tell whether it is newer than what was used before."""
    newer = or_(agents.c.totp_step.is_(None), agents.c.totp_step < step)
    same = update(agents).where(agents.c.id == id, newer)
    return connection.execute(same.values(totp_step=step)).rowcount == 1
