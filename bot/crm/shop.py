"""The adapter for an existing shop's own database, over SQLAlchemy, by the owner's map. It only reads."""

import functools
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Text, cast, column, create_engine, func, inspect, select, table
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DataError, NoSuchTableError, SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql import ColumnElement, Select
from sqlalchemy.sql.selectable import TableClause

from bot.crm import plain
from bot.crm.adapter import Crm
from bot.crm.card import Customer, CustomerCard, Item, Order
from bot.crm.shop_map import Place, ShopMap, missing
from bot.crm.shop_row import CHARACTERS, ShopRow
from bot.crm.sql import is_numbered
from bot.errors import CrmUnavailable, OwnerFileError, RecordNotFound, RecordRefused, SettingsError

SHOWN, MOST = 20, 200  # orders on a card, and in all
MOST_ITEMS = 100  # of one order
SECONDS = 2.5  # for one statement; less than callers wait
AS_THEY_ARE = ("since", "placed_at", "expected_at", "key")  # all else is fetched as text, cut to length


class ShopCrm(Crm):
    """Customers and orders of a shop. Nothing is opened before the first call."""

    def __init__(self, url: str, known: ShopMap) -> None:
        self._map, self._engine = known, _engine(url)

    def close(self) -> None:
        self._engine.dispose()

    def problems(self) -> list[OwnerFileError]:
        """List what the map names and the database does not have, by file and line.

        Raises:
            CrmUnavailable: the database cannot be reached.
        """
        with self._reading() as connection:
            looked = inspect(connection)
            places = filter(None, (self._map.customers, self._map.orders, self._map.items))
            found = {place.table: _columns(looked, place.table) for place in places}
            return missing(self._map, {name: columns for name, columns in found.items() if columns})

    def find(
        self, *, identity: str | None = None, email: str | None = None, order_number: str | None = None
    ) -> str | None:
        place, wanted = self._map.customers, "id"
        if order_number:
            place, wanted = self._map.orders, "customer"
            is_it = is_numbered(_text(place, "number"), order_number)
        elif email:
            is_it = func.lower(_text(place, "email")) == plain.email(email)
        else:
            is_it = column(place.column("id")) == (identity or "")
        query = select(_text(place, wanted)).select_from(_table(place)).where(is_it).distinct().limit(2)
        with self._reading() as connection:
            found = _all(connection, query)
        return found[0][0] if len(found) == 1 else None

    def card(self, customer_id: str) -> CustomerCard:
        with self._reading() as connection:
            return CustomerCard(
                self._customer(connection, customer_id), self._orders(connection, customer_id, SHOWN)
            )

    def orders(self, customer_id: str) -> tuple[Order, ...]:
        with self._reading() as connection:
            self._customer(connection, customer_id)
            return self._orders(connection, customer_id, MOST)

    def order(self, customer_id: str, number: str) -> Order:
        with self._reading() as connection:
            found = self._orders(
                connection, customer_id, 2, is_numbered(_text(self._map.orders, "number"), number)
            )
        if len(found) != 1:
            raise RecordNotFound("This customer has no such order.")
        return found[0]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError, sqlite3.Error) as problem:
            raise CrmUnavailable(f"The shop's database failed with {type(problem).__name__}.") from problem

    def _customer(self, connection: Connection, customer_id: str) -> Customer:
        place = self._map.customers
        query = _rows(place).where(column(place.column("id")) == customer_id).limit(2)
        found = _all(connection, query)
        if len(found) != 1:
            raise RecordNotFound("There is no such customer.")
        values = ShopRow(place, found[0], self._map)
        return Customer(
            id=values.text("id"),
            name=values.text("name"),
            email=values.text("email"),
            phone=values.text("phone"),
            since=values.moment("since").astimezone(self._map.zone).date(),
            vip=values.flag("vip"),
            tags=values.words("tags"),
            lifetime_value=values.amount("lifetime_value"),
            currency=values.text("currency"),
        )

    def _orders(
        self, connection: Connection, customer_id: str, most: int, *which: ColumnElement
    ) -> tuple[Order, ...]:
        place = self._map.orders
        newest = [column(name).desc() for name in place.sources["placed_at"].columns]
        is_theirs = column(place.column("customer")) == customer_id
        found = _all(connection, _rows(place).where(is_theirs, *which).order_by(*newest).limit(most))
        rows = [ShopRow(place, row, self._map) for row in found]
        key = "key" if "key" in place.sources else "number"
        items = self._items(connection, [row.raw(key) for row in rows])
        return tuple(self._order(row, items.get(str(row.raw(key)), ())) for row in rows)

    def _order(self, values: ShopRow, items: tuple[Item, ...]) -> Order:
        return Order(
            number=values.text("number"),
            status=values.status(),
            placed_at=values.moment("placed_at"),
            items=items,
            total=values.amount("total"),
            currency=values.text("currency"),
            address=values.text("address", joined=", "),
            tracking=values.text("tracking") or None,
            expected_at=values.moment_if_any("expected_at"),
            customer_id=values.text("customer"),
        )

    def _items(self, connection: Connection, keys: list[Any]) -> dict[str, tuple[Item, ...]]:
        place = self._map.items
        if place is None or not keys:
            return {}
        query = _rows(place).where(column(place.column("order")).in_(keys)).limit(MOST_ITEMS * len(keys))
        items: dict[str, tuple[Item, ...]] = {}
        for row in _all(connection, query):
            values = ShopRow(place, row, self._map)
            item = Item(values.text("name"), int(values.amount("quantity")))
            items[values.text("order")] = (*items.get(values.text("order"), ()), item)
        return items


def _engine(url: str) -> Engine:
    """Return an engine that cannot write and does not wait for long.

    Raises:
        SettingsError: the address cannot be used.
    """
    wrong = SettingsError(
        "KINDHAND_CRM_URL",
        "is no address of a database that we can read",
        "Write one such as postgresql://reader:password@host/shop, mysql+pymysql://… or sqlite:////path.",
    )
    common = {"future": True, "hide_parameters": True, "pool_pre_ping": True, "pool_size": 4}
    try:
        address = make_url(url)
        kind = address.get_backend_name()
        if kind == "postgresql":
            limits = f"-c default_transaction_read_only=on -c statement_timeout={int(SECONDS * 1000)}"
            options = {"options": limits, "connect_timeout": 2}
            return create_engine(address, connect_args=options, **common)
        if kind == "mysql":
            first = "SET SESSION TRANSACTION READ ONLY"
            options = {"init_command": first, "connect_timeout": 2, "read_timeout": 3}
            return create_engine(address, connect_args=options, **common)
        if kind == "sqlite" and address.database:
            path = Path(address.database).resolve().as_uri()
            creator = functools.partial(
                sqlite3.connect, f"{path}?mode=ro", uri=True, timeout=SECONDS, check_same_thread=False
            )
            return create_engine("sqlite://", creator=creator, poolclass=QueuePool, **common)
    except (ArgumentError, ImportError) as problem:
        raise wrong from problem
    raise wrong


def _table(place: Place) -> TableClause:
    schema, _, name = place.table.rpartition(".")
    return table(name, schema=schema or None)


def _rows(place: Place) -> Select:
    """Ask for all that the map names, and no more of it than we show."""
    wanted = [
        (column(name) if kind in AS_THEY_ARE else _short(column(name))).label(f"{kind}_{index}")
        for kind, source in place.sources.items()
        for index, name in enumerate(source.columns)
    ]
    return select(*wanted).select_from(_table(place))


def _text(place: Place, name: str) -> ColumnElement:
    return _short(column(place.column(name)))


def _short(value: ColumnElement) -> ColumnElement:
    return func.substr(cast(value, Text), 1, CHARACTERS)


def _all(connection: Connection, query: Select) -> list[Any]:
    try:
        rows = connection.execute(query)
    except (DataError, ValueError):
        return []  # what is looked for cannot be a value of that column, so nobody has it
    try:
        return rows.all()
    except ValueError as problem:
        raise RecordRefused("The shop's database holds a value that cannot be read.") from problem


def _columns(looked: Any, name: str) -> list[str]:
    schema, _, bare = name.rpartition(".")
    try:
        return [known["name"] for known in looked.get_columns(bare, schema=schema or None)]
    except NoSuchTableError:
        return []
