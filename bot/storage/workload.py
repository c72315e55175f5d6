"""What agents hold, and how long people waited for them: looks across many hand-overs."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Row

from bot.storage.tables import agents, conversations, handoffs

MOST = 500  # past waits that are looked at


class Held(NamedTuple):
    """What one agent holds: the weight of it, and how many of it are heavy."""

    load: float
    heavy: int


class Past(NamedTuple):
    """One hand-over's course: asked for, taken by an agent, and over; what is None has not happened."""

    opened_at: datetime
    claimed_at: datetime | None
    ended_at: datetime | None


def active_agents(connection: Connection) -> list[Row]:
    """Return all agents who may sign in, by name."""
    columns = [agents.c[name] for name in ("id", "name", "skills", "languages", "capacity", "breather_until")]
    query = select(*columns).where(agents.c.disabled.is_(False))
    return connection.execute(query.order_by(agents.c.name, agents.c.id)).all()


def held(connection: Connection, states: Collection[str], heavy: float) -> dict[str, Held]:
    """Return what each agent holds by hand-overs in these states; `heavy` is the weight of a heavy one."""
    burden = func.count().filter(handoffs.c.weight >= heavy)
    query = (
        select(conversations.c.agent_id, func.sum(handoffs.c.weight), burden)
        .join_from(handoffs, conversations)
        .where(handoffs.c.state.in_(states), conversations.c.agent_id.is_not(None))
        .group_by(conversations.c.agent_id)
    )
    return {agent: Held(float(load), heavies) for agent, load, heavies in connection.execute(query)}


def in_line(connection: Connection, states: Collection[str]) -> int:
    """Count the people who wait."""
    query = select(func.count()).select_from(handoffs).where(handoffs.c.state.in_(states))
    return connection.scalar(query) or 0


def past_waits(connection: Connection, since: datetime, told: Collection[str]) -> list[Past]:
    """Return the newest hand-overs that were told one of these, taken over or left again.

    Those that an agent took from the bot unasked were no wait, and those that went back to the queue
    were two.
    """
    columns = (handoffs.c.opened_at, handoffs.c.claimed_at, handoffs.c.ended_at)
    asked = (handoffs.c.availability.in_(told), handoffs.c.cause.not_like("taken\\_over@%", escape="\\"))
    taken = select(*columns).where(handoffs.c.claimed_at > since, *asked)
    left = select(*columns).where(
        handoffs.c.claimed_at.is_(None), handoffs.c.ended_at > since, handoffs.c.outcome.is_(None), *asked
    )
    newest = (
        query.order_by(when.desc()).limit(MOST)
        for query, when in ((taken, handoffs.c.claimed_at), (left, handoffs.c.ended_at))
    )
    return [Past(*row) for query in newest for row in connection.execute(query)]
