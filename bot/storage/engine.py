"""The desk's database: SQLite by default, PostgreSQL with the same code."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, ExceptionContext, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
THREADS = 6
PAGES = 64  # of the index of words, rewritten at once
T = TypeVar("T")


class Database:
    """Transactions on the desk's tables. Calls block: from the event loop, go through `run`."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk-db")
        # SQLite has one writer at a time, and its own waiting for a turn is slow and unfair.
        lock: AbstractContextManager[Any] = threading.Lock() if _is_sqlite(self.engine) else nullcontext()
        self._writer = lock

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that only reads; it holds up nobody."""
        with self.engine.connect().execution_options(reading=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that is kept as a whole, or not at all."""
        with self._writer, self.engine.begin() as connection:
            yield connection

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        """Do blocking work on a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

    def is_well(self) -> bool:
        """Tell whether the database can be read."""
        try:
            with self.read() as connection:
                connection.exec_driver_sql("SELECT 1")
        except (SQLAlchemyError, OSError):
            return False
        return True

    def wipe(self) -> None:
        """Let nothing that was deleted linger in SQLite's files; PostgreSQL sees to that by itself.

        A step at a time, so that nobody waits for it. What is being read just now keeps its log until the
        next time.
        """
        if not _is_sqlite(self.engine):
            return
        first = True
        while self._merge(first):
            first = False
        with self._writer, closing(self.engine.raw_connection()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _merge(self, first: bool) -> bool:
        """Have the index of words rewrite a part of itself without what was deleted; tell whether it did."""
        with self.write() as connection:
            before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
            pages = -PAGES if first else PAGES
            connection.exec_driver_sql(
                f"INSERT INTO message_search (message_search, rank) VALUES ('merge', {pages})"
            )
            return connection.exec_driver_sql("SELECT total_changes()").scalar_one() - before >= 2

    def migrate(self) -> None:
        """Bring the tables to the present form."""
        migrate(self.engine)

    def close(self) -> None:
        """Finish what runs, then let go of the database."""
        self._threads.shutdown()
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """Return an engine; nothing is opened before the first use."""
    address = make_url(url)
    common = {"future": True, "hide_parameters": True}  # an error goes to the log; what was said does not
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, pool_pre_ping=True, pool_size=THREADS, **common)
        event.listen(engine, "handle_error", _keep_quiet)
        return engine
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    shared = {"check_same_thread": False}
    engine = create_engine(address, poolclass=QueuePool, connect_args=shared, **common)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def migrate(engine: Engine, migrations: Path = MIGRATIONS) -> None:
    """Bring the tables to the present form."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _keep_quiet(context: ExceptionContext) -> None:
    # PostgreSQL repeats the values that it refused, on the lines after the first.
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).split("\n", 1)[0], *error.args[1:])


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    # FULL: what was acknowledged survives even a power cut. What is deleted is overwritten.
    safe = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*safe, "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later is refused when another one wrote in between.
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
