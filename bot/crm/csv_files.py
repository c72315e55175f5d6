"""Customer records from CSV files and into them, with a word about every row."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Table, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.crm import tables
from bot.crm.csv_columns import ORDERS, SHEETS, Sheet
from bot.crm.plain import order_number, shown
from bot.crm.sql import SqlCrm, is_numbered
from bot.errors import OwnerFileError

ADDED, CHANGED, SAME, REFUSED = "added", "changed", "same", "refused"
LARGEST = 100_000_000  # bytes of a file
TABLES: dict[str, Table] = {sheet.name: getattr(tables, sheet.name) for sheet in SHEETS}
SAVE_AS = "Save it as “CSV UTF-8 (comma delimited)” and try again."


@dataclass(frozen=True)
class Outcome:
    """What became of one row: where it begins in the file, from 1, and why it was refused if it was."""

    line: int
    record: str
    what: str
    problem: str = ""


def import_file(crm: SqlCrm, path: Path, *, dry_run: bool = False) -> list[Outcome]:
    """Take the rows of a file in; good rows are kept whatever the others are like. Nothing is ever deleted.

    Which records they are is told by the columns. All is one change: should the database fail, nothing is
    taken. With `dry_run` nothing is taken either, and the outcome is what it would be.

    Raises:
        OwnerFileError: the file as a whole cannot be used.
        CrmUnavailable: the database cannot.
    """
    with _opened(path) as file:
        sheet, rows = _sheet(path.name, file)
        outcomes: list[Outcome] = []
        with suppress(_Undo), crm.writing() as connection:
            taking = _Taking(connection, sheet)
            outcomes += [taking.row(line, cells) for line, cells in rows]
            if dry_run:
                raise _Undo
    return outcomes


def export(crm: SqlCrm, folder: Path) -> list[tuple[Path, int]]:
    """Write all records into files of the folder, readable by their owner only; return files and rows.

    Raises:
        OwnerFileError: the folder cannot be used, or has such files already.
        CrmUnavailable: the database cannot.
    """
    paths = {sheet: folder / f"{sheet.name}.csv" for sheet in SHEETS}
    for path in paths.values():
        if path.exists():
            raise OwnerFileError(str(path), 0, "is there already", "Name another folder, or move it away")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with crm.reading() as connection:
            return [(path, _write(connection, sheet, path)) for sheet, path in paths.items()]
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise OwnerFileError(
            str(folder), 0, f"cannot be written to: {reason}", "Name another one"
        ) from problem


class _Undo(Exception):
    """Leaves a transaction without keeping it."""


class _Taking:
    """One file on its way into its table."""

    def __init__(self, connection: Connection, sheet: Sheet) -> None:
        self._connection, self._sheet, self._table = connection, sheet, TABLES[sheet.name]
        self._key = self._table.c[sheet.key]
        self._seen: dict[str, int] = {}

    def row(self, line: int, cells: dict[str, str] | None) -> Outcome:
        record = (cells or {}).get(self._sheet.key) or ""
        try:
            if cells is None:
                raise ValueError("has too many cells; put text with commas in quotation marks")
            values = self._sheet.read(cells)
            record = values[self._sheet.key]
            self._require_new_here(line, record)
            self._require_customer(values)
            return Outcome(line, record, self._take(values))
        except ValueError as problem:
            return Outcome(line, shown(record, 64), REFUSED, str(problem))

    def _take(self, values: dict[str, Any]) -> str:
        same = self._key == values[self._sheet.key]
        known = self._connection.execute(select(self._table).where(same)).one_or_none()
        if known is None:
            self._require_no_twin(values)
            self._connection.execute(insert(self._table).values(**values))
            return ADDED
        if _is_same(known, values):
            return SAME
        self._connection.execute(update(self._table).where(same).values(**values))
        return CHANGED

    def _require_new_here(self, line: int, record: str) -> None:
        name = order_number(record) if self._sheet is ORDERS else record
        first = self._seen.setdefault(name, line)
        if first != line:
            raise ValueError(f"{self._sheet.key} stands in line {first} too")

    def _require_customer(self, values: dict[str, Any]) -> None:
        about = self._sheet.about
        if about is None or values[about] is None:
            return
        known = tables.customers.c.id
        if self._connection.execute(select(known).where(known == values[about])).one_or_none() is None:
            raise ValueError(f"{about} is not known; import the customers first")

    def _require_no_twin(self, values: dict[str, Any]) -> None:
        """Refuse an order whose number is another one's but for hyphens and case: nobody could ask for it."""
        if self._sheet is not ORDERS:
            return
        twin = select(self._key).where(is_numbered(self._key, values["number"])).limit(1)
        if other := self._connection.execute(twin).scalar_one_or_none():
            raise ValueError(f"number is too much like {other}, which is known")


def _is_same(known: Row, values: dict[str, Any]) -> bool:
    return all(known._mapping[name] == value for name, value in values.items())


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        if path.stat().st_size > LARGEST:
            raise OwnerFileError(path.name, 0, "is larger than 100 MB", "Import it in parts")
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
    except UnicodeDecodeError as problem:
        raise OwnerFileError(path.name, 0, "is not in UTF-8", SAVE_AS) from problem
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise OwnerFileError(
            str(path), 0, f"cannot be read: {reason}", "Check its name and place"
        ) from problem


def _sheet(name: str, file: TextIO) -> tuple[Sheet, Iterator[tuple[int, dict[str, str] | None]]]:
    """Tell by its columns what kind of file it is, and go through its rows."""
    first = file.readline()
    delimiter = max(",;\t", key=first.count)
    columns = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    sheets = {sheet for sheet in SHEETS if _needed(sheet) <= set(columns)}
    if len(sheets) != 1:
        known = "; ".join(f"{sheet.name}: {', '.join(sorted(_needed(sheet)))}" for sheet in SHEETS)
        raise OwnerFileError(name, 1, "has columns that fit no kind of records", f"Needed are, for {known}.")
    sheet = sheets.pop()
    known = [column.name for column in sheet.columns]
    for column in columns:
        if column not in known or columns.count(column) > 1:
            mend = f"Columns of {sheet.name} are {', '.join(known)}, each at most once."
            raise OwnerFileError(name, 1, f"has a column “{column[:40]}” that cannot be used", mend)
    return sheet, _rows(name, file, delimiter, columns)


def _rows(
    name: str, file: TextIO, delimiter: str, columns: list[str]
) -> Iterator[tuple[int, dict[str, str] | None]]:
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    line = 2
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, dict(zip(columns, cells, strict=False)) if len(cells) <= len(columns) else None
            line = reader.line_num + 2
    except csv.Error as problem:
        raise OwnerFileError(name, line, f"cannot be read ({problem})", SAVE_AS) from problem


def _needed(sheet: Sheet) -> set[str]:
    return {column.name for column in sheet.columns if column.needed}


def _write(connection: Connection, sheet: Sheet, path: Path) -> int:
    table, count = TABLES[sheet.name], 0
    private = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(private, "w", newline="", encoding="utf-8-sig") as file:
        rows = csv.writer(file)
        rows.writerow([column.name for column in sheet.columns])
        for row in connection.execute(select(table).order_by(table.c[sheet.key])):
            rows.writerow(sheet.write(row._mapping))
            count += 1
    return count
