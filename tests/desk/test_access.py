from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select, update
from starlette.requests import Request

from bot.desk.access import (
    LASTS,
    Access,
    Session,
    check_csrf,
    check_origin,
    conversation_for_agent,
    hash_password,
)
from bot.errors import NotAuthenticated, NotFound, ProtocolError, TooMany
from bot.handoff.model import Agent
from bot.storage.engine import Database
from bot.storage.tables import agent_sessions, agents
from tests.databases import fresh
from tests.storage.rows import agent_row

WORD = "copper kettle"
CHEAP = PasswordHasher(time_cost=1, memory_cost=4096)
HASH = CHEAP.hash(WORD)


class Clock:
    now = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = fresh(tmp_path / "desk.db")
    with database.write() as connection:
        row = agent_row("a-1", email="ann@example.com", name="Ann", password_hash=HASH)
        connection.execute(insert(agents), [row])
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(database: Database, clock: Clock) -> Access:
    return Access(database, clock=clock, hasher=CHEAP)


@pytest.mark.parametrize("email", ["ann@example.com", " ANN@Example.com "])
def test_the_right_password_opens_a_session(access: Access, email: str) -> None:
    cookie, session = access.login(email, WORD, "::1")
    assert access.session(cookie) == session and session.agent.name == "Ann"
    assert cookie not in (session.id, session.csrf) and len(cookie) >= 43


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@example.com", "wrong"),
        ("ann@example.com", ""),
        ("ann@example.com", WORD + " "),
        ("ann@example.com", "\ud800"),
        pytest.param("ann@example.com", HASH, id="its own hash"),
        ("bob@example.com", WORD),
        ("", WORD),
        ("' OR 1=1 --", WORD),
        ("ann@example.com\x00", WORD),
    ],
)
def test_anything_else_does_not_and_never_says_why(access: Access, email: str, password: str) -> None:
    with pytest.raises(NotAuthenticated, match="do not go together"):
        access.login(email, password, "::1")


class CountingHasher(PasswordHasher):
    checked = 0

    def verify(self, hash: str, password: bytes) -> bool:
        type(self).checked += 1
        return super().verify(hash, password)


def test_an_unknown_address_takes_as_long_as_a_wrong_password(database: Database) -> None:
    access = Access(database, hasher=CountingHasher(time_cost=1, memory_cost=4096))
    for checked, email in enumerate(("ann@example.com", "nobody@example.com"), 1):
        with pytest.raises(NotAuthenticated):
            access.login(email, "wrong", "::1")
        assert CountingHasher.checked == checked


def test_only_hashes_are_kept(access: Access, database: Database) -> None:
    cookie, _ = access.login("ann@example.com", WORD, "::1")
    with database.read() as connection:
        kept = [*connection.execute(select(agent_sessions)).one(), *connection.execute(select(agents)).one()]
    assert not any(word in str(value) for value in kept for word in (cookie, WORD))
    assert hash_password(WORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("cookie", ["", "x", "a" * 9000, "\ud800", "' OR 1=1 --"])
def test_no_other_cookie_is_a_session(access: Access, cookie: str) -> None:
    access.login("ann@example.com", WORD, "::1")
    with pytest.raises(NotAuthenticated):
        access.session(cookie)


def test_a_new_sign_in_ends_the_old_one(access: Access) -> None:
    old, session = access.login("ann@example.com", WORD, "::1")
    new, other = access.login("ann@example.com", WORD, "::1", before=old)
    assert new != old and other.csrf != session.csrf and access.session(new)
    with pytest.raises(NotAuthenticated):
        access.session(old)


def test_a_sign_in_elsewhere_goes_on(access: Access) -> None:
    first, _ = access.login("ann@example.com", WORD, "::1")
    access.login("ann@example.com", WORD, "::1")
    assert access.session(first)


def test_sessions_end(access: Access, database: Database, clock: Clock) -> None:
    def disable(_: Session) -> None:
        with database.write() as connection:
            connection.execute(update(agents).values(disabled=True))

    def expire(_: Session) -> None:
        clock.now += LASTS

    for end in (access.logout, expire, disable):
        cookie, session = access.login("ann@example.com", WORD, "::1")
        assert access.is_live(session)
        end(session)
        assert not access.is_live(session)
        with pytest.raises(NotAuthenticated):
            access.session(cookie)
    with pytest.raises(NotAuthenticated, match="do not go together"):
        access.login("ann@example.com", WORD, "::1")


def test_guessing_is_slowed_down(access: Access) -> None:
    for _ in range(5):
        with pytest.raises(NotAuthenticated):
            access.login("ann@example.com", "wrong", "::1")
    with pytest.raises(TooMany, match="five minutes"):
        access.login("ANN@example.com", WORD, "::1")
    assert access.login("ann@example.com", WORD, "::2"), "somebody elsewhere is not locked out by it"


def test_guessing_many_addresses_is_slowed_down_too(access: Access) -> None:
    for number in range(30):
        with pytest.raises(NotAuthenticated):
            access.login(f"{number}@example.com", "wrong", "::1")
    with pytest.raises(TooMany):
        access.login("ann@example.com", WORD, "::1")


def test_signing_in_often_is_no_guessing(access: Access) -> None:
    for _ in range(7):
        access.login("ann@example.com", WORD, "::1")


def _request(host: str, scheme: str = "http", **headers: str) -> Request:
    known = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in known.items()]
    return Request({"type": "http", "scheme": scheme, "path": "/", "headers": raw, "server": ("desk", 80)})


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "good"),
    [
        ("http", "desk.example", "http://desk.example", True),
        ("http", "desk.example", "https://desk.example", True),  # a proxy ends TLS
        ("https", "desk.example", "https://desk.example", True),
        ("http", "localhost:8030", "http://localhost:8030", True),
        ("https", "desk.example", "http://desk.example", False),
        ("http", "desk.example", "http://evil.example", False),
        ("http", "desk.example", "http://desk.example.evil.example", False),
        ("http", "desk.example", "http://evil-desk.example", False),
        ("http", "desk.example", "http://desk.example:81", False),
        ("http", "desk.example", "http://desk.example@evil.example", False),
        ("http", "desk.example", "null", False),
        ("http", "desk.example", "", False),
        ("http", "", "http://", False),
    ],
)
def test_only_the_desks_own_pages_may_change_things(scheme: str, host: str, origin: str, good: bool) -> None:
    request = _request(host, scheme, origin=origin)
    if good:
        check_origin(request)
    else:
        with pytest.raises(ProtocolError) as refused:
            check_origin(request)
        assert refused.value.status == 403


@pytest.mark.parametrize("token", ["", "csrf", "csrf-of-ann ", "CSRF-OF-ANN", "é"])
def test_a_change_needs_the_sessions_own_token(access: Access, token: str) -> None:
    session = Session("s", access.login("ann@example.com", WORD, "::1")[1].agent, "csrf-of-ann")
    check_csrf(_request("desk", x_csrf_token="csrf-of-ann"), session)
    with pytest.raises(ProtocolError):
        check_csrf(_request("desk", x_csrf_token=token), session)


@pytest.mark.parametrize("id", ["", "none", "x" * 65, "a\x00b", "' OR 1=1 --", "../etc", "\ud800"])
def test_there_is_no_conversation_by_a_made_up_id(database: Database, id: str) -> None:
    with database.read() as connection, pytest.raises(NotFound):
        conversation_for_agent(connection, Agent("a-1", "Ann"), id)
