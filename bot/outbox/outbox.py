"""The rows that wait to be delivered: added with what caused them, leased, done, tried again or given up."""

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from bot.errors import KindhandError, NotFound
from bot.storage.engine import Database
from bot.storage.tables import outbox

LEASE = timedelta(minutes=2)  # after which a delivery that nobody finished is tried again
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
TRIES = 30  # about a day
LONGEST_KEY = 120
SECRET = "secret"  # marks a payload that lets its reader in: it is not kept once it was given up
INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
WAITING = (outbox.c.done_at.is_(None), outbox.c.failed_at.is_(None))


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Delivery:
    """One thing to deliver. The receiver knows by `key` whether it has had it before."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int  # this one included
    created_at: datetime


@dataclass(frozen=True)
class Failure:
    """A delivery that was given up, and why."""

    id: int
    kind: str
    conversation: str | None
    attempts: int
    error: str
    created_at: datetime
    failed_at: datetime

    def as_dict(self) -> dict[str, Any]:
        moments = {"created_at": self.created_at, "failed_at": self.failed_at}
        return {**vars(self), **{name: at.isoformat().replace("+00:00", "Z") for name, at in moments.items()}}


class Outbox:
    """What is to be delivered, in the desk's database. Calls block.

    A delivery is `waiting` until it is done or given up. While somebody is at it, it is leased: not due
    until the lease is over, so that a process that dies loses nothing.
    """

    def __init__(self, database: Database, *, tries: int = TRIES, clock: Callable[[], datetime] = utc_now):
        self._database, self._tries, self._clock = database, tries, clock

    def add(self, connection: Connection, kind: str, key: str, payload: Mapping[str, Any]) -> bool:
        """Add a delivery within the caller's transaction; tell whether the key is new.

        `payload` is JSON; put the conversation's id under `conversation` where there is one, so that
        somebody who looks at what failed finds it. With a true `secret` it is forgotten when given up.
        """
        if not 0 < len(key) <= LONGEST_KEY:
            raise ValueError(f"A key has 1 to {LONGEST_KEY} characters.")
        now = self._clock()
        row = {"kind": kind, "key": key, "payload": dict(payload), "attempts": 0}
        insert = INSERT[connection.dialect.name](outbox).values(**row, next_at=now, created_at=now)
        return bool(connection.execute(insert.on_conflict_do_nothing(index_elements=["key"])).rowcount)

    def forget(self, connection: Connection, conversation: str, others: Collection[str] = ()) -> None:
        """Remove all that is about a conversation, within the caller's transaction.

        What was delivered is known by its key only, which names the conversation, or one of `others`: the
        ids of what belongs to it.
        """
        about = outbox.c.payload["conversation"].as_string() == conversation
        named = (outbox.c.key.contains(id, autoescape=True) for id in (conversation, *others))
        connection.execute(delete(outbox).where(or_(about, *named)))

    def lease(self, places: Mapping[str, int]) -> list[Delivery]:
        """Take what is due, of each kind as many as there are places; the longest due first."""
        now = self._clock()
        with self._database.read() as connection:
            kinds = set(connection.execute(select(outbox.c.kind).where(*_due(now)).distinct()).scalars())
        if not kinds & {kind for kind, free in places.items() if free > 0}:
            return []
        with self._database.write() as connection:
            return [
                self._taken(connection, row, now)
                for kind in sorted(kinds & places.keys())
                for row in connection.execute(_first_due(kind, places[kind], now))
            ]

    def done(self, delivery: Delivery) -> None:
        """Note that it has arrived. What it said is forgotten; its key stays, so that it is sent once."""
        self._change(delivery.id, done_at=self._clock(), payload={}, error=None)

    def put_back(self, delivery: Delivery, problem: Exception, *, for_good: bool = False) -> bool:
        """Note that it did not arrive, and when to try again; tell whether it is given up."""
        given_up = for_good or delivery.attempts >= self._tries
        now = self._clock()
        changed = {"error": _words(problem), "next_at": now + _pause(delivery.attempts)}
        if given_up:
            changed["failed_at"] = now
            if delivery.payload.get(SECRET):
                changed["payload"] = {SECRET: True}
        self._change(delivery.id, **changed)
        return given_up

    def failed(self) -> list[Failure]:
        """List what was given up, the newest first."""
        query = select(outbox).where(outbox.c.failed_at.is_not(None)).order_by(outbox.c.failed_at.desc())
        with self._database.read() as connection:
            return [_failure(row) for row in connection.execute(query.limit(200))]

    def retry(self, id: int) -> None:
        """Try again what was given up.

        Raises:
            NotFound: there is no such thing, or it was not given up.
        """
        given_up = (outbox.c.id == id, outbox.c.failed_at.is_not(None))
        fresh = {"failed_at": None, "attempts": 0, "next_at": self._clock()}
        with self._database.write() as connection:
            if not connection.execute(update(outbox).where(*given_up).values(**fresh)).rowcount:
                raise NotFound("Nothing of that number was given up.")

    def _taken(self, connection: Connection, row: Row, now: datetime) -> Delivery:
        attempts = row.attempts + 1
        values = {"attempts": attempts, "next_at": now + LEASE}
        connection.execute(update(outbox).where(outbox.c.id == row.id).values(**values))
        return Delivery(row.id, row.kind, row.key, row.payload, attempts, row.created_at)

    def _change(self, id: int, **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(update(outbox).where(outbox.c.id == id).values(**values))


def _due(now: datetime) -> tuple[Any, ...]:
    # Further away than we ever put off: the clock was set back since.
    far = outbox.c.next_at > now + LONGEST_PAUSE
    return (*WAITING, or_(outbox.c.next_at <= now, far))


def _first_due(kind: str, count: int, now: datetime) -> Any:
    query = select(outbox).where(outbox.c.kind == kind, *_due(now)).order_by(outbox.c.next_at).limit(count)
    return query.with_for_update(skip_locked=True)


def _pause(attempts: int) -> timedelta:
    """Twice as long each time, and never the same for two that failed together."""
    longest = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1)


def _words(problem: Exception) -> str:
    """Say what happened; an error that is not ours may hold what somebody said, so only by its kind."""
    return (str(problem) if isinstance(problem, KindhandError) else type(problem).__name__)[:300]


def _failure(row: Row) -> Failure:
    conversation = row.payload.get("conversation")
    return Failure(
        id=row.id,
        kind=row.kind,
        conversation=conversation if isinstance(conversation, str) else None,
        attempts=row.attempts,
        error=row.error or "",
        created_at=row.created_at,
        failed_at=row.failed_at,
    )
