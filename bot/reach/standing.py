"""Reads how things stand from the desk's database. Reads only; a few queries, however much there is."""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Row

from bot.business import Business
from bot.handoff import availability, life
from bot.reach.news import SAFETY, GivenUp, Nobody, Open
from bot.reach.rules import DELIVERY_FAILED
from bot.storage.tables import agent_sessions, conversations, handoffs, outbox

RECENT = timedelta(days=1)  # what was given up before is no news
MOST = 1000


def open_handoffs(connection: Connection) -> tuple[Open, ...]:
    """Return the hand-overs that are not over, those that wait and those that an agent has."""
    c, h = conversations.c, handoffs.c
    columns = [h.id, h.conversation_id, h.opened_at, h.brief, h.reasons, h.released, h.state]
    columns += [h.availability, h.promised_at, h.contact, c.waiting_since, c.customer_name, c.mood]
    columns += [c.language, c.locale]
    query = select(*columns).join_from(handoffs, conversations)
    query = query.where(h.state.in_((*life.IN_LINE, *life.HELD)))
    return tuple(_open(row) for row in connection.execute(query.order_by(h.opened_at)))


def nobody(connection: Connection, business: Business, now: datetime, *, earliest: datetime) -> Nobody | None:
    """Return since when no agent has had the console open, if the desk is open by its hours.

    Call it while nobody is online. `earliest` is when we began to look; before, we cannot know.
    """
    here = now.astimezone(business.zone)
    spans = business.support_hours.on(here.date())
    opening = next((span.opens for span in spans if span.opens <= here.time() < span.closes), None)
    if opening is None:
        return None
    opened = datetime.combine(here.date(), opening, business.zone)
    seen = connection.scalar(select(func.max(agent_sessions.c.seen_at)))
    last = f"{seen:%Y%m%d%H%M}" if seen else "never"
    since = max(opened, earliest, seen or earliest)
    # Once for each opening and each time that everybody has gone.
    return Nobody(since.astimezone(timezone.utc), f"{opened:%Y%m%d%H%M}.{last}")


def given_up(connection: Connection, now: datetime) -> tuple[GivenUp, ...]:
    """Return what the outbox gave up in the last day, gathered by kind and hour.

    Word of what failed that failed itself is left out: it would tell of itself for ever.
    """
    o = outbox.c
    query = select(o.kind, o.failed_at, o.error).where(o.done_at.is_(None), o.failed_at > now - RECENT)
    query = query.where(o.key.notlike(f"reach:{DELIVERY_FAILED}@%")).order_by(o.failed_at.desc()).limit(MOST)
    found: dict[tuple[str, datetime], GivenUp] = {}
    for kind, failed_at, error in connection.execute(query):
        hour = failed_at.replace(minute=0, second=0, microsecond=0)
        known = found.get((kind, hour))
        count, newest = (known.count, known.error) if known else (0, error or "")
        found[kind, hour] = GivenUp(kind, hour, count + 1, newest)
    return tuple(found.values())


def unknown_keys(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those keys that the outbox has never taken."""
    wanted = set(keys)
    return wanted - set(connection.scalars(select(outbox.c.key).where(outbox.c.key.in_(wanted))))


def _open(row: Row) -> Open:
    mood = row.mood or {}
    codes = {str(reason.get("code", "")) for reason in row.reasons}
    # Danger may be spoken of only after somebody was asked for.
    codes |= {SAFETY} & set(mood.get("causes", ()))
    promised = row.promised_at if row.availability == availability.LATER else None
    return Open(
        handoff=row.id,
        conversation=row.conversation_id,
        opened_at=row.opened_at,
        waiting_since=row.waiting_since if row.state in life.IN_LINE else None,
        name=row.customer_name,
        situation=str(row.brief.get("situation") or "") if row.brief else None,
        codes=frozenset(codes),
        level=float(mood.get("level", 0.0)),
        released=row.released,
        promised_at=promised,
        email=(row.contact or {}).get("email"),
        language=row.language,
        locale=row.locale,
    )
