"""Lists of conversations: a view, narrowed by filters and words, one page at a time."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic.dataclasses import dataclass
from sqlalchemy import literal, or_, tuple_
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ClauseElement

from bot.desk.access import SignedIn, current_agent
from bot.desk.console import summaries, surveys
from bot.desk.console.answers import ConsoleRoute
from bot.desk.console.conversations import room
from bot.desk.console.room import Room
from bot.errors import ProtocolError
from bot.storage import search
from bot.storage.tables import Moment, conversations

PAGE, LONGEST = 50, 200  # conversations on one page
RANKED = 1000  # conversations in `queue` or `mine` that are put in order; there is no list of more
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
router = APIRouter(prefix="/api/console/conversations", route_class=ConsoleRoute, tags=["console"])


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; `before` is the `next` of the page before."""

    view: Literal["queue", "mine", "all", "resolved"] = "queue"
    q: str = Query("", max_length=200)
    mood: Literal["", "calm", "uneasy", "upset", "urgent"] = ""
    reason: str = Query("", max_length=100)
    survey: Literal["", "answered", "unhappy"] = ""
    agent: str = Query("", max_length=32)
    customer: str = Query("", max_length=64)
    before: str = Query("", max_length=100)
    limit: int = Query(PAGE, ge=1, le=LONGEST)

    @property
    def by_urgency(self) -> bool:
        return self.view in ("queue", "mine")

    @property
    def words(self) -> list[str]:
        return search.words(self.q.replace("\x00", " "))


@router.get("")
async def listed(
    asked: Asked = Depends(), room: Room = Depends(room), agent: SignedIn = Depends(current_agent)
) -> dict[str, Any]:
    """List conversations: the worst first in `queue` and `mine`, the newest first in `all` and `resolved`.

    `q` finds conversations that hold all its words, in what was said or in names, also by their
    beginnings; a number or an e-mail address also finds those of the customer that the records have for it.
    """
    owners = await room.cards.owners(asked.words)
    rows = await room.rows(lambda connection: _rows(connection, asked, agent.id, owners))
    page = rows if asked.by_urgency else rows[: asked.limit]
    look = await room.look(page, [agent.id])
    found, following = look.of(agent.id), None
    if asked.by_urgency:
        found, following = _page(summaries.worst_first(found), asked)
    elif len(rows) > asked.limit:
        following = _cursor(page[-1])
    return {"conversations": found, "counts": look.counts[agent.id], "next": following}


def _rows(connection: Connection, asked: Asked, agent_id: str, owners: Mapping[str, str]) -> list[Row]:
    where = [summaries.in_view(asked.view, agent_id), *_narrowed(connection.dialect.name, asked, owners)]
    newest_first = (conversations.c.changed_at.desc(), conversations.c.id.desc())
    most = RANKED if asked.by_urgency else asked.limit + 1
    return connection.execute(summaries.ROWS.where(*where).order_by(*newest_first).limit(most)).all()


def _narrowed(dialect: str, asked: Asked, owners: Mapping[str, str]) -> Iterator[ClauseElement]:
    c = conversations.c
    if asked.words:
        yield search.holding(dialect, asked.words, owners)
    if asked.reason:
        yield search.reasoned(dialect, asked.reason)
    if asked.mood:
        yield or_(c.mood_label == asked.mood, c.mood_label.is_(None) if asked.mood == "calm" else False)
    if asked.survey:
        yield surveys.having(asked.survey)
    for column, wanted in ((c.agent_id, asked.agent), (c.customer_id, asked.customer)):
        if wanted:
            yield column == wanted
    if asked.before and not asked.by_urgency:
        at, id = _place(asked.before)
        yield tuple_(c.changed_at, c.id) < tuple_(literal(at, Moment()), literal(id))


def _page(ranked: list[summaries.Summary], asked: Asked) -> tuple[list[summaries.Summary], str | None]:
    """Cut a page out of what was put in order."""
    if not (asked.before or "0").isdecimal():
        raise _lost()
    start = int(asked.before or 0)
    end = start + asked.limit
    return ranked[start:end], str(end) if end < len(ranked) else None


def _cursor(last: Row) -> str:
    """Write where a page ended: moment and id, for new conversations must not move the next one."""
    return f"{(last.changed_at - EPOCH) // timedelta(microseconds=1)}~{last.id}"


def _place(cursor: str) -> tuple[datetime, str]:
    moment, _, id = cursor.partition("~")
    try:
        return EPOCH + timedelta(microseconds=int(moment)), id
    except (ValueError, OverflowError):
        raise _lost() from None


def _lost() -> ProtocolError:
    return ProtocolError("`before` is the `next` of another page.")
