"""The embedded adapter: customer records in an SQL database of our own, SQLite by default."""

import functools
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Table, func, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import ColumnElement, Select

from bot.crm import plain
from bot.crm.adapter import CHANGES, Crm
from bot.crm.card import CANCELLED, Customer, CustomerCard, Item, Note, Order, Ticket
from bot.crm.tables import changes, customers, notes, orders, tickets
from bot.errors import CrmError, CrmUnavailable, PolicyRefusal, RecordNotFound
from bot.storage.engine import make_engine, migrate

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
SHOWN = 20  # records of a kind on a card


class SqlCrm(Crm):
    """Customer records behind a SQLAlchemy URL. Nothing is opened before the first call."""

    can = frozenset(CHANGES)

    def __init__(self, url: str) -> None:
        with _border():
            self._engine = make_engine(url)

    def migrate(self) -> None:
        """Bring the tables to the present form."""
        with _border():
            migrate(self._engine, MIGRATIONS)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads."""
        with _border(), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction, for changes and for filling the tables."""
        with _border(), self._engine.begin() as connection:
            yield connection

    def find(
        self, *, identity: str | None = None, email: str | None = None, order_number: str | None = None
    ) -> str | None:
        query = select(customers.c.id).where(customers.c.id == (identity or "")).limit(2)
        if email:
            same = func.lower(customers.c.email) == plain.email(email)
            query = select(customers.c.id).where(same).limit(2)
        if order_number:
            query = select(orders.c.customer_id).where(is_numbered(orders.c.number, order_number)).limit(2)
        with self.reading() as connection:
            found = connection.execute(query).scalars().all()
        return found[0] if len(found) == 1 else None

    def card(self, customer_id: str) -> CustomerCard:
        with self.reading() as connection:
            return CustomerCard(
                customer=_customer(connection, customer_id),
                orders=_all(connection, _latest(orders, customer_id, "placed_at").limit(SHOWN), _as_order),
                tickets=_all(connection, _latest(tickets, customer_id, "at").limit(SHOWN), _as_ticket),
                notes=_all(connection, _latest(notes, customer_id, "at").limit(SHOWN), _as_note),
            )

    def orders(self, customer_id: str) -> tuple[Order, ...]:
        with self.reading() as connection:
            _customer(connection, customer_id)
            return _all(connection, _latest(orders, customer_id, "placed_at"), _as_order)

    def order(self, customer_id: str, number: str) -> Order:
        with self.reading() as connection:
            return _order(connection, customer_id, number)

    def change_address(self, customer_id: str, number: str, address: str, *, key: str) -> Order:
        address = plain.written(address)

        def change(connection: Connection) -> str:
            order = _order(connection, customer_id, number)
            if not order.changeable:
                raise PolicyRefusal("address_too_late")
            return _set(connection, order, address=address)

        return self._changed_order(customer_id, key, ["change_address", number, address], change)

    def cancel_order(self, customer_id: str, number: str, *, key: str) -> Order:
        def change(connection: Connection) -> str:
            order = _order(connection, customer_id, number)
            if not order.changeable and order.status != CANCELLED:
                raise PolicyRefusal("cancel_too_late")
            return _set(connection, order, status=CANCELLED)

        return self._changed_order(customer_id, key, ["cancel_order", number], change)

    def create_ticket(self, customer_id: str | None, kind: str, text: str, *, key: str) -> Ticket:
        kind, text = plain.written(kind, 64), plain.written(text)

        def change(connection: Connection) -> str:
            if customer_id is not None:
                _customer(connection, customer_id)
            values = {"id": _new_id("t"), "customer_id": customer_id, "kind": kind, "text": text}
            connection.execute(tickets.insert().values(at=_now(), status="open", **values))
            return values["id"]

        with self.writing() as connection:
            made = _once(connection, key, ["create_ticket", customer_id, kind, text], change)
            return _as_ticket(connection.execute(select(tickets).where(tickets.c.id == made)).one())

    def add_note(self, customer_id: str, author: str, text: str, *, key: str) -> Note:
        author, text = plain.written(author), plain.written(text)

        def change(connection: Connection) -> str:
            _customer(connection, customer_id)
            values = {"id": _new_id("n"), "customer_id": customer_id, "author": author, "text": text}
            connection.execute(notes.insert().values(at=_now(), **values))
            return values["id"]

        with self.writing() as connection:
            made = _once(connection, key, ["add_note", customer_id, author, text], change)
            return _as_note(connection.execute(select(notes).where(notes.c.id == made)).one())

    def _changed_order(
        self, customer_id: str, key: str, what: list[str], change: Callable[[Connection], str]
    ) -> Order:
        with self.writing() as connection:
            number = _once(connection, key, [customer_id, *what], change)
            return _order(connection, customer_id, number)


@contextmanager
def _border() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, CommandError, OSError) as problem:
        raise CrmUnavailable(f"The customer records failed with {type(problem).__name__}.") from problem


def _once(connection: Connection, key: str, what: list[Any], change: Callable[[Connection], str]) -> str:
    """Make the change unless it was made under this key; return the id of the record either way."""
    digest = hashlib.sha256(json.dumps(what).encode()).hexdigest()
    if not 0 < len(key) <= 200:
        raise CrmError("A key has 1 to 200 characters.")
    made = connection.execute(select(changes).where(changes.c.key == key)).one_or_none()
    if made and made.digest != digest:
        raise CrmError("This key was used for another change.")
    if made:
        return made.record
    record = change(connection)
    connection.execute(changes.insert().values(key=key, digest=digest, record=record, at=_now()))
    return record


def _set(connection: Connection, order: Order, **values: Any) -> str:
    connection.execute(orders.update().where(orders.c.number == order.number).values(**values))
    return order.number


def _customer(connection: Connection, customer_id: str) -> Customer:
    row = connection.execute(select(customers).where(customers.c.id == customer_id)).one_or_none()
    if row is None:
        raise RecordNotFound("There is no such customer.")
    return Customer(**{**row._mapping, "tags": tuple(row.tags)})


def _order(connection: Connection, customer_id: str, number: str) -> Order:
    query = select(orders).where(is_numbered(orders.c.number, number), orders.c.customer_id == customer_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise RecordNotFound("This customer has no such order.")
    return _as_order(row)


def is_numbered(column: ColumnElement, number: str) -> ColumnElement:
    """Tell whether a column holds that order number, in any of the forms in which people write it."""
    bare = functools.reduce(
        lambda text, sign: func.replace(text, sign, ""), plain.SEPARATORS, func.upper(column)
    )
    return bare == plain.order_number(number)


def _latest(table: Table, customer_id: str, when: str) -> Select:
    return select(table).where(table.c.customer_id == customer_id).order_by(table.c[when].desc())


def _all(connection: Connection, query: Select, read: Callable[[Row], Any]) -> tuple[Any, ...]:
    return tuple(read(row) for row in connection.execute(query))


def _as_order(row: Row) -> Order:
    return Order(**{**row._mapping, "items": tuple(Item(**item) for item in row._mapping["items"])})


def _as_ticket(row: Row) -> Ticket:
    return Ticket(
        id=row.id, kind=row.kind, text=row.text, at=row.at, status=row.status, customer_id=row.customer_id
    )


def _as_note(row: Row) -> Note:
    return Note(author=row.author, text=row.text, at=row.at, customer_id=row.customer_id)


def _new_id(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(6)}"


def _now() -> datetime:
    return datetime.now(timezone.utc)
