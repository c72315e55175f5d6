"""Which table and column of a shop's database holds what: `data/business/shop.yml`, read and checked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.crm.card import STATUSES
from bot.errors import OwnerFileError
from bot.owner_file import Part, name_of, suggestion

_TABLE = re.compile(r"(?:[A-Za-z_][\w$]{0,62}\.)?[A-Za-z_][\w$]{0,62}", re.ASCII)
_COLUMN = re.compile(r"[A-Za-z_][\w$]{0,62}", re.ASCII)
NEEDED = {
    "customers": ("id", "name", "email", "since", "currency"),
    "orders": ("number", "customer", "status", "placed_at", "total", "currency", "address"),
    "items": ("order", "name", "quantity"),
}
OPTIONAL = {
    "customers": ("phone", "vip", "tags", "lifetime_value"),
    "orders": ("key", "tracking", "expected_at"),
    "items": (),
}
PLAIN = ("id", "key", "number", "customer", "status", "order")  # one column each: they are looked up


@dataclass(frozen=True)
class Source:
    """Where a value comes from: columns, or one value for all. `line` is where the file says so."""

    columns: tuple[str, ...] = ()
    always: str | None = None
    among: frozenset[str] = frozenset()
    divide_by: float = 1.0
    line: int = 0


@dataclass(frozen=True)
class Place:
    """One table and what its columns hold."""

    table: str
    line: int
    sources: Mapping[str, Source]

    def columns(self) -> Iterable[tuple[str, int]]:
        """Go through all columns that are named, each with its line."""
        for source in self.sources.values():
            yield from ((column, source.line) for column in source.columns)

    def column(self, name: str) -> str:
        """Return the one column that holds what is looked up by, such as `id`."""
        return self.sources[name].columns[0]


@dataclass(frozen=True)
class ShopMap:
    """All of `shop.yml`. `statuses` maps the shop's words, in lower case, to ours."""

    file: str
    zone: ZoneInfo
    customers: Place
    orders: Place
    items: Place | None
    statuses: Mapping[str, str]

    @classmethod
    def load(cls, path: Path, root: Path) -> "ShopMap":
        """Read the file.

        Raises:
            OwnerFileError: the first thing that is wrong with it.
        """
        known, problems = read(path, root)
        if problems:
            raise problems[0]
        assert known is not None
        return known


def read(path: Path, root: Path) -> tuple[ShopMap | None, list[OwnerFileError]]:
    """Return what the file says, and all that is wrong with it; with problems, it says nothing."""
    part = Part.read(path, name_of(path, root))
    part.only("zone", "customers", "orders", "statuses", "items")
    known = ShopMap(
        file=part.name,
        zone=_zone(part),
        customers=_place(part.part("customers"), "customers"),
        orders=_place(part.part("orders"), "orders"),
        items=_place(part.part("items"), "items") if part.has("items") else None,
        statuses=_statuses(part.part("statuses")),
    )
    problems = sorted(part.problems, key=lambda problem: problem.line)
    return (None, problems) if problems else (known, [])


def _zone(part: Part) -> ZoneInfo:
    name = part.text("zone", default="UTC")
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        part.note(f"“{name}” is no time zone", "Write one such as Europe/London", "zone")
        return ZoneInfo("UTC")


def _place(part: Part, kind: str) -> Place:
    names = (*NEEDED[kind], *OPTIONAL[kind])
    part.only("table", *names)
    table = part.text("table")
    if table and not _TABLE.fullmatch(table):
        part.note(f"“{table}” cannot be a table", "Write its name, or schema.name", "table")
    wanted = [name for name in names if name in NEEDED[kind] or part.has(name)]
    sources = {name: _source(part, name) for name in wanted}
    return Place(table, part.line_of("table"), sources)


def _source(part: Part, name: str) -> Source:
    line = part.line_of(name)
    value = part.value.get(name) if isinstance(part.value, dict) else None
    if isinstance(value, dict):
        return _described(part.part(name), name, line)
    if isinstance(value, list):
        columns = tuple(str(column) for column in value)
    else:
        columns = tuple(filter(None, [part.text(name)]))
    _check_columns(part, name, columns)
    return Source(columns, line=line)


def _described(part: Part, name: str, line: int) -> Source:
    """Read `{always: ...}` or `{column: ..., is: [...], divide_by: ...}`."""
    part.only("always", "column", *(["is"] if name == "vip" else []), "divide_by")
    if part.has("always"):
        if name in PLAIN:
            part.note(f"“{name}” must be a column", "Name the column that holds it", line=line)
        return Source(always=part.text("always"), line=line)
    columns = tuple(filter(None, [part.text("column")]))
    _check_columns(part, "column", columns)
    among = frozenset(word(value) for value in _list(part, "is"))
    divide_by = part.number("divide_by", 0.001, 1e6, default=1.0) if part.has("divide_by") else 1.0
    return Source(columns, None, among, divide_by, line)


def _check_columns(part: Part, name: str, columns: tuple[str, ...]) -> None:
    for column in columns:
        if not _COLUMN.fullmatch(column):
            part.note(f"“{column}” cannot be a column", "Write its name as the database has it", name)
    if name in PLAIN and len(columns) > 1:
        part.note(f"“{name}” must be one column", "Name the column that holds it", name)


def _statuses(part: Part) -> dict[str, str]:
    part.only(*STATUSES)
    meant: dict[str, str] = {}
    for status in STATUSES:
        for value in map(word, _list(part, status)):
            if value in meant:
                part.note(f"“{value}” is {meant[value]} already", "Keep it in one place", status)
            meant[value] = status
    if not meant:
        part.note("nothing says what a status means", f"Add lines for {', '.join(STATUSES)}")
    return meant


def _list(part: Part, key: str) -> list[Any]:
    if not part.has(key):
        return []
    value = part.value[key]
    return list(value) if isinstance(value, list) else [value]


def word(value: Any) -> str:
    """Return what values of the owner's file and of the database are compared by."""
    return str(value).strip().lower()


def missing(known: ShopMap, columns: Mapping[str, Iterable[str]]) -> list[OwnerFileError]:
    """List what the database, given as its tables and their columns, does not have."""
    problems = []
    for place in filter(None, (known.customers, known.orders, known.items)):
        if place.table not in columns:
            problem = f"the database has no table “{place.table}”"
            problems.append(OwnerFileError(known.file, place.line, problem, "Check its name and our rights"))
            continue
        there = set(columns[place.table])
        for column, line in place.columns():
            if column not in there:
                problem = f"the table “{place.table}” has no column “{column}”"
                problems.append(OwnerFileError(known.file, line, problem, suggestion(column, there)))
    return problems
