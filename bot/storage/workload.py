"""What agents hold, and how long people waited for them: looks across many hand-overs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

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
    asked = (
        handoffs.c.availability.in_(told),
        handoffs.c.cause.not_like("taken\\_over@%", escape="\\"),
        handoffs.c.released == 0,
    )
    taken = select(*columns).where(handoffs.c.claimed_at > since, *asked)
    left = select(*columns).where(
        handoffs.c.claimed_at.is_(None), handoffs.c.ended_at > since, handoffs.c.outcome.is_(None), *asked
    )
    newest = (
        query.order_by(when.desc()).limit(MOST)
        for query, when in ((taken, handoffs.c.claimed_at), (left, handoffs.c.ended_at))
    )
    return [Past(*row) for query in newest for row in connection.execute(query)]


class Open(NamedTuple):
    """Where an open hand-over stands, and whom it concerns."""

    id: str
    conversation_id: str
    state: str
    agent_id: str | None
    offered_to: str | None
    offered_until: datetime | None
    snoozed_until: datetime | None


class Waiting(NamedTuple):
    """What matters for who should take a hand-over."""

    id: str
    conversation_id: str
    waiting_since: datetime | None
    customer_id: str | None
    customer_name: str | None
    mood: dict[str, Any] | None
    reasons: list[dict[str, Any]]
    passed_by: list[str]
    skills: list[str]
    language: str | None
    weight: float
    briefed: bool


class Earlier(NamedTuple):
    """Who had a customer's conversation before, and since when."""

    agent_id: str
    at: datetime


def open_handoffs(connection: Connection, states: Collection[str]) -> list[Open]:
    """Return the hand-overs in these states."""
    h = handoffs.c
    columns = (h.id, h.conversation_id, h.state, conversations.c.agent_id)
    query = select(*columns, h.offered_to, h.offered_until, h.snoozed_until)
    found = query.join_from(handoffs, conversations).where(h.state.in_(states))
    return [Open(*row) for row in connection.execute(found)]


def waiting(connection: Connection, ids: Collection[str]) -> list[Waiting]:
    """Return what matters for these hand-overs."""
    h, c = handoffs.c, conversations.c
    about = (h.id, h.conversation_id, c.waiting_since, c.customer_id, c.customer_name, c.mood, h.reasons)
    query = select(*about, h.passed_by, h.skills, h.language, h.weight, h.brief.is_not(None))
    found = query.join_from(handoffs, conversations).where(h.id.in_(ids))
    return [Waiting(*row) for row in connection.execute(found)]


def open_in(connection: Connection, conversation_ids: Collection[str]) -> list[str]:
    """Return the open hand-overs of these conversations."""
    query = select(handoffs.c.id).where(
        handoffs.c.conversation_id.in_(conversation_ids), handoffs.c.ended_at.is_(None)
    )
    return list(connection.scalars(query))


def earlier(connection: Connection, one: Waiting) -> Earlier | None:
    """Return who last had this customer, or else this conversation, in another hand-over or this one."""
    same = (
        conversations.c.customer_id == one.customer_id
        if one.customer_id
        else conversations.c.id == one.conversation_id
    )
    query = (
        select(handoffs.c.claimed_by, handoffs.c.claimed_at)
        .join_from(handoffs, conversations)
        .where(same, handoffs.c.claimed_by.is_not(None))
        .order_by(handoffs.c.claimed_at.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return Earlier(*row) if row else None
