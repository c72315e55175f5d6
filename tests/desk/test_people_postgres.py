"""People on PostgreSQL, where changes of the same rows really happen at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select, update

from bot.desk.access import Access, SignedIn
from bot.desk.codes import Codes
from bot.desk.invitations import Invitations
from bot.desk.people import People
from bot.desk.seal import Seal
from bot.errors import NotFound
from bot.storage.engine import Database
from bot.storage.tables import agents
from tests.storage.rows import agent_row

CHEAP = PasswordHasher(time_cost=1, memory_cost=4096)
WORD = "Kupferkessel Morgen Regen"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ANN = SignedIn("a-1", "Ann", "a-1@copperkettle.example", "owner")
BEN = SignedIn("a-2", "Ben", "a-2@copperkettle.example", "owner")


@pytest.fixture
def database(migrated_postgres_url: str) -> Iterator[Database]:
    database = Database(migrated_postgres_url)
    with database.write() as connection:
        kept = {"password_hash": CHEAP.hash(WORD), "role": "owner"}
        connection.execute(insert(agents), [agent_row(one.id, name=one.name, **kept) for one in (ANN, BEN)])
    yield database
    database.close()


def test_a_link_lets_one_in(database: Database) -> None:
    links = Invitations(database, hasher=CHEAP)
    link = links.invite(ANN, "ada@shop.example", "Ada", "agent", desk="http://desk")
    token = link.address.rpartition("/")[2]

    def accept(_: int) -> bool:
        try:
            return links.accept(token, "Ada", WORD, "::1")[0] == "ada@shop.example"
        except NotFound:
            return False

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(accept, range(4))) == [False, False, False, True]
    _, session = Access(database, hasher=CHEAP).login("ada@shop.example", WORD, "::1")
    assert session.agent.name == "Ada"


def test_a_code_counts_once(database: Database) -> None:
    with database.write() as connection:
        connection.execute(update(agents).values(totp_secret=SECRET))
    codes, code = Codes(database, Seal("s" * 32)), pyotp.TOTP(SECRET).now()
    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(lambda _: codes.take("a-1", code), range(4))) == [False, False, False, True]


def test_two_owners_who_demote_each_other_leave_one(database: Database) -> None:
    people = People(database)

    def demote(pair: tuple[SignedIn, SignedIn]) -> None:
        people.change(pair[0], pair[1].id, {"role": "agent"})

    with ThreadPoolExecutor(2) as threads:
        done = [threads.submit(demote, pair) for pair in ((ANN, BEN), (BEN, ANN))]
    assert sum(one.exception() is None for one in done) == 1
    with database.read() as connection:
        owners = connection.execute(select(agents.c.id).where(agents.c.role == "owner")).all()
    assert len(owners) == 1
