"""The database keeps what was committed, whole, whoever writes beside it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.storage.engine import Database, make_engine, migrate
from bot.storage.search import OWN_TABLES
from bot.storage.tables import agents, metadata
from tests.storage.rows import agent_row


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    url = f"sqlite:///{tmp_path}/new folder/desk.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    database = Database(url)
    database.migrate()
    yield database
    database.close()


def test_migrations_give_the_tables_that_the_code_knows(database: Database) -> None:
    with database.read() as connection:
        known = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith(OWN_TABLES)}
        context = MigrationContext.configure(connection, opts=known)
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(agents), [agent_row("a1")])
    migrate(database.engine)
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(agents)) == 1


def test_a_transaction_is_kept_as_a_whole_or_not_at_all(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as connection:
        connection.execute(insert(agents), [agent_row("a1")])
        raise RuntimeError("the power went")
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(agents)) == 0


def test_an_error_does_not_repeat_what_should_have_been_written(database: Database) -> None:
    with pytest.raises(IntegrityError) as problem, database.write() as connection:
        connection.execute(insert(agents), [agent_row("secret-words"), agent_row("secret-words")])
    assert "INSERT" in str(problem.value) and "secret-words" not in str(problem.value)


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    row = agent_row("a1")
    with database.write() as connection:
        connection.execute(insert(agents), [row])
        assert connection.scalar(select(agents.c.created_at)) == row["created_at"]


def test_two_writers_lose_no_update(tmp_path: Path) -> None:
    """Two databases stand for two processes: the lock between them is SQLite's own."""
    url = f"sqlite:///{tmp_path}/desk.db"
    pair = [Database(url), Database(url)]
    pair[0].migrate()
    with pair[0].write() as connection:
        connection.execute(insert(agents), [agent_row("a1", name="0")])

    def count_up(database: Database) -> None:
        for _ in range(50):
            with database.write() as connection:
                name = connection.scalar(select(agents.c.name))
                connection.execute(update(agents).values(name=str(int(name) + 1)))

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(count_up, pair))
    with pair[1].read() as connection:
        assert connection.scalar(select(agents.c.name)) == "100"
    for database in pair:
        database.close()


def test_work_runs_beside_the_event_loop(database: Database) -> None:
    def count() -> int:
        with database.read() as connection:
            return connection.scalar(select(func.count()).select_from(agents))

    assert asyncio.run(database.run(count)) == 0


def test_postgresql_is_only_another_url() -> None:
    engine = make_engine("postgresql+psycopg2://nobody@127.0.0.1:1/none")
    assert engine.dialect.name == "postgresql"
