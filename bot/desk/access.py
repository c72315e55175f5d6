"""Who may do what at the desk: agents' passwords and sessions, and the checks of each request."""

import hashlib
import hmac
import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row
from starlette.requests import HTTPConnection, Request

from bot.desk.attempts import Attempts
from bot.errors import NotAuthenticated, NotFound, ProtocolError, TooMany
from bot.storage.engine import Database
from bot.storage.tables import agent_sessions, agents, conversations

COOKIE = "kindhand_agent"
LASTS = timedelta(hours=12)
WRONG = "That e-mail address and password do not go together."
WAIT = "That did not work a few times in a row. Please wait five minutes and try again."

logger = logging.getLogger(__name__)
_hasher = PasswordHasher()  # argon2id with the library's present advice
_hashing = threading.BoundedSemaphore(2)  # each one takes 64 MiB


@dataclass(frozen=True)
class Agent:
    id: str
    name: str
    email: str
    role: str

    def as_dict(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name, "email": self.email, "role": self.role}


@dataclass(frozen=True)
class Session:
    """One sign-in. `id` is the hash of its cookie."""

    id: str
    agent: Agent
    csrf: str


class Access:
    """Sign agents in and out, and tell who a cookie belongs to. Calls block."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._now = clock or (lambda: datetime.now(timezone.utc))
        self._unknown = hash_password(secrets.token_urlsafe())  # so that an unknown e-mail takes as long
        self._attempts = Attempts(limit=5, seconds=300)
        self._crowd = Attempts(limit=30, seconds=300)

    def login(self, email: str, password: str, address: str, *, before: str = "") -> tuple[str, Session]:
        """Return a new cookie and its session; the session of the cookie `before` ends.

        Raises:
            NotAuthenticated: wrong password, no such agent, or a disabled one; it does not say which.
            TooMany: too many wrong ones from this network address.
        """
        email = email.strip().lower()
        if not (self._attempts.take((address, email)) and self._crowd.take(address)):
            logger.warning("sign-in refused after too many attempts")
            raise TooMany(WAIT)
        row = self._agent(email)
        good = _verify(row.password_hash if row else self._unknown, password)
        if not (good and row and not row.disabled):
            raise NotAuthenticated(WRONG)
        self._attempts.forget((address, email))
        self._crowd.give_back(address)
        return self._open(row, before)

    def session(self, cookie: str) -> Session:
        """Return the session that a cookie stands for."""
        with self._database.read() as connection:
            session = _session(connection, _hash(cookie), self._now()) if cookie else None
        if session is None:
            raise NotAuthenticated("Please sign in.")
        return session

    def is_live(self, session: Session) -> bool:
        """Tell whether the session still holds: not expired, signed out or disabled."""
        with self._database.read() as connection:
            return _session(connection, session.id, self._now()) is not None

    def logout(self, session: Session) -> None:
        with self._database.write() as connection:
            _revoke(connection, session.id, self._now())

    def _agent(self, email: str) -> Row | None:
        with self._database.read() as connection:
            return connection.execute(select(agents).where(agents.c.email == email)).one_or_none()

    def _open(self, row: Row, before: str) -> tuple[str, Session]:
        cookie, now = secrets.token_urlsafe(32), self._now()
        session = Session(_hash(cookie), _as_agent(row), secrets.token_urlsafe(32))
        values = {"token_hash": session.id, "agent_id": row.id, "csrf": session.csrf}
        with self._database.write() as connection:
            _revoke(connection, _hash(before), now)
            connection.execute(
                insert(agent_sessions).values(created_at=now, expires_at=now + LASTS, **values)
            )
        return cookie, session


def hash_password(password: str) -> str:
    with _hashing:
        return _hasher.hash(password)


def conversation_for_agent(connection: Connection, agent: Agent, conversation_id: str) -> Row:
    """Return a conversation that this agent may see.

    Every agent sees all conversations of the business; who may change one is the service's to say.

    Raises:
        NotFound: there is none with this id.
    """
    row = connection.execute(select(conversations).where(conversations.c.id == conversation_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such conversation.")
    return row


def check_origin(connection: HTTPConnection) -> None:
    """Refuse a call that another site's page makes.

    Raises:
        ProtocolError: the page it comes from is not the desk's own, or is not named.
    """
    origin, host = connection.headers.get("origin", ""), connection.headers.get("host", "")
    secure = connection.url.scheme in ("https", "wss")
    # Behind a proxy that ends TLS we speak http while the browser is on https.
    allowed = {f"https://{host}"} if secure else {f"https://{host}", f"http://{host}"}
    if origin not in allowed or not urlsplit(origin).hostname:
        raise ProtocolError("This call comes from another site.", code="wrong_origin", status=403)


def check_csrf(request: Request, session: Session) -> None:
    """Refuse a change without the session's own token."""
    given = request.headers.get("x-csrf-token", "")
    if not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise ProtocolError("Please reload the page.", code="wrong_csrf", status=403)


def _verify(kept: str, password: str) -> bool:
    try:
        with _hashing:
            return _hasher.verify(kept, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


def _session(connection: Connection, token_hash: str, now: datetime) -> Session | None:
    query = select(agent_sessions.c.csrf, agents).join(agents, agents.c.id == agent_sessions.c.agent_id)
    live = (
        agent_sessions.c.expires_at > now,
        agent_sessions.c.revoked_at.is_(None),
        agents.c.disabled.is_(False),
    )
    row = connection.execute(query.where(agent_sessions.c.token_hash == token_hash, *live)).one_or_none()
    return Session(token_hash, _as_agent(row), row.csrf) if row else None


def _revoke(connection: Connection, token_hash: str, now: datetime) -> None:
    ended = update(agent_sessions).where(agent_sessions.c.token_hash == token_hash).values(revoked_at=now)
    connection.execute(ended.where(agent_sessions.c.revoked_at.is_(None)))


def _as_agent(row: Row) -> Agent:
    return Agent(row.id, row.name, row.email, row.role)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
