"""The tables of the embedded customer records."""

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

from bot.storage.tables import Moment

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Money(TypeDecorator):
    """An exact amount, kept in hundredths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


def _customer(**options: Any) -> Column:
    return Column("customer_id", String(64), ForeignKey("customers.id"), index=True, **options)


customers = Table(
    "customers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("vip", Boolean, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("lifetime_value", Money, nullable=False),
    Column("currency", String(3), nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("number", String(32), primary_key=True),
    _customer(nullable=False),
    Column("status", String(16), nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("items", JSON, nullable=False),
    Column("total", Money, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("address", Text, nullable=False),
    Column("tracking", Text),
    Column("expected_at", Moment),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", String(32), primary_key=True),
    _customer(),  # empty: a stranger asked to be called
    Column("kind", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", String(32), primary_key=True),
    _customer(nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),  # of what was asked, to notice a key used twice
    Column("record", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
