"""The columns of the CSV files: how a cell is read and written. No I/O.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it, and read
without.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from email_validator import EmailNotValidError, validate_email

from bot.crm.card import STATUSES
from bot.crm.plain import shown

FORMULA = ("=", "+", "-", "@", "\t", "\r")
DEAREST = Decimal(10_000_000)
MOST_ITEMS = 200
_ID = re.compile(r"[A-Za-z0-9._@:-]{1,64}")
_NUMBER = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9 #._/-]{1,32}")
_ITEM = re.compile(r"(?:(\d{1,5}) ?[x×] )?(.{1,200})")


@dataclass(frozen=True)
class Column:
    """One column: its name, how a filled cell is read, what an empty one means, how a value is written.

    `read` raises ValueError with a sentence that says what the cell should be.
    """

    name: str
    read: Callable[[str], Any]
    empty: Any = None
    needed: bool = False
    write: Callable[[Any], str] = str

    def value(self, cell: str) -> Any:
        """Return what a cell says.

        Raises:
            ValueError: it is not what it should be; the text names the column and what it should be.
        """
        text = cell.strip()
        if text.startswith("'") and text.lstrip("'").startswith(FORMULA):
            text = text[1:]
        if not text:
            if self.needed:
                raise ValueError(f"{self.name} is empty")
            return self.empty() if callable(self.empty) else self.empty
        try:
            return self.read(text)
        except ValueError as problem:
            raise ValueError(f"{self.name} {problem}") from None

    def cell(self, value: Any) -> str:
        """Return a value as it is written."""
        text = "" if value is None else self.write(value)
        return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


@dataclass(frozen=True)
class Sheet:
    """One kind of file. The first column is the record's own; `about` names whose it is."""

    name: str
    columns: tuple[Column, ...]
    about: str | None = None

    @property
    def key(self) -> str:
        return self.columns[0].name

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """Return the values of a row.

        Raises:
            ValueError: one of them is wrong.
        """
        return {column.name: column.value(cells.get(column.name) or "") for column in self.columns}

    def write(self, values: Mapping[str, Any]) -> list[str]:
        return [column.cell(values[column.name]) for column in self.columns]


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("may have letters, digits and . _ @ : - only, at most 64")
    return text


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise ValueError("may have letters, digits, spaces and # . _ / - only, at most 32")
    return text


def _text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        plain = shown(text, longest + 1)
        if not plain:
            raise ValueError("has nothing that can be read")
        if len(plain) > longest:
            raise ValueError(f"is longer than {longest} characters")
        return plain

    return read


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ValueError("is not an e-mail address") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError("should be a day such as 2024-05-31") from None


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise ValueError("should be a time such as 2024-05-31T14:30:00Z") from None


def _as_moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _flag(text: str) -> bool:
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if text.lower() not in known:
        raise ValueError("should be yes or no")
    return known[text.lower()]


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and 0 <= amount <= DEAREST and amount == round(amount, 2)):
        raise ValueError("should be an amount such as 1234.50, without a currency sign")
    return amount


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise ValueError("should be three letters such as GBP")
    return text.upper()


def _one_of(*known: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"should be one of {', '.join(known)}")
        return text.lower()

    return read


def _tags(text: str) -> list[str]:
    return [tag for tag in (shown(part, 64) for part in text.split(";")) if tag]


def _items(text: str) -> list[dict[str, Any]]:
    found = [_ITEM.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    if None in found or len(found) > MOST_ITEMS:
        raise ValueError("should be a list such as 2 x Harbour Blend 250 g; 1 x Filter papers")
    return [{"name": shown(item[2]), "quantity": int(item[1] or 1)} for item in found if item]


def _as_items(items: list[dict[str, Any]]) -> str:
    return "; ".join(f"{item['quantity']} x {item['name'].replace(';', ',')}" for item in items)


def _today() -> date:
    return datetime.now(timezone.utc).date()


def _now() -> datetime:
    return datetime.now(timezone.utc)


_CUSTOMER = Column("customer_id", _id, needed=True)
CUSTOMERS = Sheet(
    "customers",
    (
        Column("id", _id, needed=True),
        Column("name", _text(200), needed=True),
        Column("email", _email, empty=""),
        Column("phone", _text(40), empty=""),
        Column("since", _day, empty=_today, write=date.isoformat),
        Column("vip", _flag, empty=False, write=lambda vip: "yes" if vip else "no"),
        Column("tags", _tags, empty=list, write="; ".join),
        Column("lifetime_value", _amount, empty=Decimal(0)),
        Column("currency", _currency, empty="GBP"),
    ),
)
ORDERS = Sheet(
    "orders",
    (
        Column("number", _number, needed=True),
        _CUSTOMER,
        Column("status", _one_of(*STATUSES), needed=True),
        Column("placed_at", _moment, needed=True, write=_as_moment),
        Column("items", _items, empty=list, write=_as_items),
        Column("total", _amount, needed=True),
        Column("currency", _currency, empty="GBP"),
        Column("address", _text(500), empty=""),
        Column("tracking", _text(200)),
        Column("expected_at", _moment, write=_as_moment),
    ),
    about="customer_id",
)
TICKETS = Sheet(
    "tickets",
    (
        Column("id", _id, needed=True),
        Column("customer_id", _id),
        Column("kind", _text(64), needed=True),
        Column("text", _text(2000), needed=True),
        Column("at", _moment, empty=_now, write=_as_moment),
        Column("status", _one_of("open", "closed"), empty="open"),
    ),
    about="customer_id",
)
NOTES = Sheet(
    "notes",
    (
        Column("id", _id, needed=True),
        _CUSTOMER,
        Column("author", _text(200), needed=True),
        Column("text", _text(2000), needed=True),
        Column("at", _moment, empty=_now, write=_as_moment),
    ),
    about="customer_id",
)
SHEETS = (CUSTOMERS, ORDERS, TICKETS, NOTES)
