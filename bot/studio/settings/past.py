"""Past conversations as they can be decided again: what was said to the bot, and who took over when."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from bot.empathy.ladder import LABELS
from bot.empathy.reading import Turn
from bot.handoff.briefing import CLICKED
from bot.handoff.model import VISITOR
from bot.storage.tables import conversations, handoffs, messages, verdicts
from bot.studio.settings.replay import Person, Stretch

DAYS, MOST = 90, 500  # how far back, and how many conversations at most
EXPLICIT = "explicit_request"
OTHER = {"taken_over": "An agent took over"}


def stretches(connection: Connection, now: datetime) -> tuple[list[Stretch], dict[tuple[str, int], str]]:
    """Return the stretches of the newest conversations, the latest first, and whose each was, if known."""
    since = now - timedelta(days=DAYS)
    c = conversations.c
    query = select(c.id, c.customer_id, c.customer_name).where(c.changed_at >= since, c.last_seq > 0)
    found = connection.execute(query.order_by(c.changed_at.desc(), c.id).limit(MOST)).all()
    ids = [row.id for row in found]
    said, handed = _said(connection, ids), _handed(connection, ids)
    all_of_them = [
        (stretch, row.customer_id)
        for row in found
        for stretch in _stretches(row, said[row.id], handed[row.id])
        if stretch.at >= since
    ]
    return [one for one, _ in all_of_them], {one.key: who for one, who in all_of_them if who}


def days(past: Sequence[Stretch], now: datetime) -> float:
    """Return over how many days they are spread, at least one."""
    first = min((stretch.at for stretch in past), default=now)
    return max(1.0, (now - first) / timedelta(days=1))


def _said(connection: Connection, ids: list[str]) -> dict[str, list[Row]]:
    m = messages.c
    names = (m.conversation_id, m.seq, m.speaker, m.text, m.at, m.payload, m.failed, m.offered, m.attachment)
    query = select(*names).where(m.conversation_id.in_(ids)).order_by(m.conversation_id, m.seq)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.conversation_id].append(row)
    return found


def _handed(connection: Connection, ids: list[str]) -> dict[str, list[tuple[Row, tuple[str, ...]]]]:
    h, v = handoffs.c, verdicts.c
    judged: dict[str, list[str]] = defaultdict(list)
    verdict = select(v.handoff_id, v.escalation).join_from(verdicts, handoffs)
    for id, escalation in connection.execute(verdict.where(h.conversation_id.in_(ids))):
        judged[id] += [escalation] if escalation else []
    names = (h.id, h.conversation_id, h.cause, h.reasons, h.opened_at, h.claimed_at, h.ended_at)
    query = select(*names).where(h.conversation_id.in_(ids)).order_by(h.opened_at)
    found: dict[str, list[tuple[Row, tuple[str, ...]]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.conversation_id].append((row, tuple(judged[row.id])))
    return found


def _stretches(about: Row, said: list[Row], handed: list[tuple[Row, tuple[str, ...]]]) -> Iterator[Stretch]:
    """Part a conversation where people had it: the bot begins anew after them."""
    begin: datetime | None = None
    for handoff, judged in [*handed, (None, ())]:
        until = handoff.opened_at if handoff else None
        inside = [row for row in said if (not begin or row.at > begin) and (until is None or row.at <= until)]
        turns = [turn for row in inside if (turn := _turn(row))]
        spoken = [turn.seq for turn in turns if turn.speaker == VISITOR]
        if spoken:
            # What the bot says at the hand-over itself is no answer that anything would follow from.
            kept = tuple(turn for turn in turns if handoff is None or turn.seq <= spoken[-1])
            person = _person(handoff, judged, kept) if handoff else None
            yield Stretch(about.id, about.customer_name, inside[0].at, kept, person)
        if handoff and handoff.ended_at is None:
            return
        begin = handoff.ended_at if handoff else None


def _turn(row: Row) -> Turn | None:
    """Return what the assistant senses of a message: a click says nothing but yes or no, a file nothing."""
    if row.attachment is not None or row.speaker not in (VISITOR, "bot"):
        return None
    text = row.text if row.payload is None else CLICKED.get(row.payload.partition("{")[0])
    return Turn(row.speaker, text, row.seq, row.at, row.failed, row.offered) if text else None


def _person(handoff: Row, judged: tuple[str, ...], turns: tuple[Turn, ...]) -> Person:
    code = handoff.cause.partition("@")[0]
    before = [turn for turn in turns[:-1] if turn.speaker == "bot"]
    accepted = bool(before) and before[-1].offered and turns[-2:-1] == (before[-1],)
    asked = code not in LABELS or (code == EXPLICIT and not accepted)
    lasted = handoff.ended_at - handoff.claimed_at if handoff.claimed_at and handoff.ended_at else None
    return Person(
        seq=turns[-1].seq,
        asked=asked,
        why=LABELS.get(code) or OTHER.get(code) or "The desk called one",
        verdicts=judged,
        minutes=lasted.total_seconds() / 60 if lasted else None,
    )
