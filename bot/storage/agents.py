"""Rows of agents."""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.storage.tables import agents


def name_of(connection: Connection, id: str) -> str | None:
    """Return an agent's name."""
    return connection.scalar(select(agents.c.name).where(agents.c.id == id))
