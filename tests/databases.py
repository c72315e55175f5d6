"""Databases in the present form: the migrations run once, and what they made is copied."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.storage.engine import Database


def fresh(path: Path) -> Database:
    """Return a new, empty desk's database on SQLite, kept in a new file at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_migrated())
    return Database(f"sqlite:///{path}")


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        database = Database(f"sqlite:///{path}")
        database.migrate()
        database.close()
        return path.read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty desk's database of each kind."""
    if request.param == "sqlite":
        database = fresh(tmp_path / "desk.db")
    else:
        database = Database(request.getfixturevalue("migrated_postgres_url"))
    yield database
    database.close()
