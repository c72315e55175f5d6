"""People who answer: added, given a new password, refused in clear words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.desk.access import Access
from bot.desk.audit import Audit
from bot.desk.people import admit
from bot.errors import NotAuthenticated, PeopleError
from bot.storage import recovery
from bot.storage.engine import Database
from bot.storage.tables import agents
from tests.databases import fresh


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = fresh(tmp_path / "desk.db")
    yield database
    database.close()


def test_a_new_person_signs_in_with_the_password(database: Database) -> None:
    password = admit(database, " Ada@Bakery.example ", "Ada Bloom", owner=True)
    _, session = Access(database).login("ada@bakery.example", password, "127.0.0.1")
    assert (session.agent.name, session.agent.role) == ("Ada Bloom", "owner")


def test_a_known_person_gets_a_new_password_and_is_signed_out(database: Database) -> None:
    access = Access(database)
    first = admit(database, "ada@bakery.example", "Ada Bloom")
    cookie, _ = access.login("ada@bakery.example", first, "127.0.0.1")
    second = admit(database, "ADA@bakery.example", "")
    with pytest.raises(NotAuthenticated):
        access.session(cookie)
    with pytest.raises(NotAuthenticated):
        access.login("ada@bakery.example", first, "127.0.0.1")
    access.login("ada@bakery.example", second, "127.0.0.1")
    with database.read() as connection:
        assert connection.execute(select(agents.c.name)).scalars().all() == ["Ada Bloom"]


@pytest.mark.parametrize(
    ("email", "name", "word"),
    [("ada", "Ada", "no e-mail"), ("@x.example", "Ada", "no e-mail"), ("a@b@c.example", "Ada", "no e-mail")]
    + [("ada@localhost", "Ada", "no e-mail"), ("ada@bakery.example", " ", "--name")],
)
def test_what_cannot_be_is_refused_with_the_mend(
    database: Database, email: str, name: str, word: str
) -> None:
    with pytest.raises(PeopleError, match=word):
        admit(database, email, name)


def test_who_lost_the_phone_gets_in_again_and_the_log_knows(database: Database) -> None:
    admit(database, "ada@bakery.example", "Ada Bloom")
    with database.write() as connection:
        connection.execute(
            update(agents).values(totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", disabled=True)
        )
        recovery.replace(connection, connection.scalar(select(agents.c.id)), ["hash"])
    password = admit(database, "ada@bakery.example", "")
    with pytest.raises(NotAuthenticated, match="authenticator"):
        Access(database).login("ada@bakery.example", password, "127.0.0.1")
    password = admit(database, "ada@bakery.example", "", drop_second_factor=True)
    _, session = Access(database).login("ada@bakery.example", password, "127.0.0.1")
    entries = Audit(database).entries()["entries"]
    assert [entry["act"] for entry in entries] == [
        "me.signed_in",
        "team.password_renewed",
        "team.password_renewed",
        "team.admitted",
    ]
    assert entries[-1]["agent"] is None and entries[-1]["subject"]["id"] == session.agent.id
    with database.read() as connection:
        assert recovery.left(connection, session.agent.id) == 0
