"""A PostgreSQL server of the tests' own, where Debian's or any other is installed.

A test that takes the fixture `postgres_url` gets the address of an empty database, with
`migrated_postgres_url` of one that has the desk's tables; it is skipped where there is no server to start.
"""

import getpass
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url

from bot.storage.engine import Database

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a private server's own database; started once, thrown away with all its data."""
    place = os.pathsep.join([*map(str, reversed(DEBIAN)), os.environ.get("PATH", "")])
    initdb, pg_ctl = (shutil.which(name, path=place) for name in ("initdb", "pg_ctl"))
    if not initdb or not pg_ctl:
        pytest.skip("PostgreSQL is not installed (apt install postgresql)")
    user = _server_user()
    with tempfile.TemporaryDirectory(prefix="kindhand-postgres-") as folder:
        data = Path(folder) / "data"
        shutil.chown(folder, user)

        def run(*command: str) -> None:
            # The server refuses to run as root, and pg_ctl leaves it our pipes: the log is a file.
            who = {"user": user, "group": pwd.getpwnam(user).pw_gid} if os.geteuid() == 0 else {}
            with (Path(folder) / "log").open("ab") as log:
                done = subprocess.run(command, stdout=log, stderr=log, cwd=folder, timeout=60, **who)
            assert done.returncode == 0, (Path(folder) / "log").read_text()

        port = _free_port()
        run(initdb, "-D", str(data), "-U", "kindhand", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        # What is thrown away need not survive a power cut.
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=60"
        run(pg_ctl, "-D", str(data), "-o", options, "-w", "start")
        try:
            yield f"postgresql+psycopg2://kindhand@127.0.0.1:{port}/postgres"
        finally:
            run(pg_ctl, "-D", str(data), "-m", "immediate", "-w", "stop")


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The address of a new, empty database."""
    return _create(postgres_server)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The address of a database with the desk's tables."""
    url = _create(postgres_server)
    database = Database(url)
    database.migrate()
    database.close()
    return url


@pytest.fixture
def migrated_postgres_url(migrated_postgres: str) -> str:
    """The address of a database with the desk's tables and nothing in them."""
    engine = create_engine(migrated_postgres, future=True)
    with engine.begin() as connection:
        # To empty it is fifty times quicker than to make another one; in any order, so without keys.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in inspect(connection).get_table_names():
            if table != "alembic_version":
                connection.exec_driver_sql(f"DELETE FROM {table}")
    engine.dispose()
    return migrated_postgres


def _create(server: str) -> str:
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _server_user() -> str:
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {user.pw_name for user in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), "root")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
