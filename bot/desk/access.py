"""Who may do what at the desk: agents' passwords and sessions, and the checks of each request."""

import hashlib
import hmac
import logging
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import Depends
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row
from starlette.requests import HTTPConnection, Request

from bot.desk.attempts import Attempts
from bot.errors import NotAuthenticated, NotFound, ProtocolError, TooMany
from bot.handoff.model import Agent, Conversation, utc_now
from bot.storage import conversations
from bot.storage.engine import Database
from bot.storage.tables import agent_sessions, agents

COOKIE = "kindhand_agent"
LASTS = timedelta(hours=12)
WRONG = "That e-mail address and password do not go together."
WAIT = "That did not work a few times in a row. Please wait five minutes and try again."

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
logger = logging.getLogger(__name__)
HASHER = PasswordHasher()  # argon2id with the library's present advice
_hashing = threading.BoundedSemaphore(2)  # each one takes 64 MiB


class Forbidden(ProtocolError):
    """Signed in, but the call is not the console's own."""

    code, status = "forbidden", 403


@dataclass(frozen=True)
class SignedIn(Agent):
    """The agent behind a call."""

    email: str
    role: str

    def as_dict(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name, "email": self.email, "role": self.role}


@dataclass(frozen=True)
class Session:
    """One sign-in. `id` is the hash of its cookie."""

    id: str
    agent: SignedIn
    csrf: str


class Access:
    """Sign agents in and out, and tell who a cookie belongs to. Calls block."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], datetime] = utc_now,
        hasher: PasswordHasher = HASHER,
    ) -> None:
        self._database, self._now, self._hasher = database, clock, hasher
        self._attempts = Attempts(limit=5, seconds=300)
        self._crowd = Attempts(limit=30, seconds=300)

    def login(self, email: str, password: str, address: str, *, before: str = "") -> tuple[str, Session]:
        """Return a new cookie and its session; the session of the cookie `before` ends.

        Raises:
            NotAuthenticated: wrong password, no such agent, or a disabled one; it does not say which.
            TooMany: too many wrong ones from this network address.
        """
        email = email.strip().lower().encode("utf-8", "replace").decode()  # a half character is nobody's
        if not (self._attempts.take((address, email)) and self._crowd.take(address)):
            logger.warning("sign-in refused after too many attempts")
            raise TooMany(WAIT)
        row = self._agent(email)
        good = self._verify(row.password_hash if row else self._unknown, password)
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

    @cached_property
    def _unknown(self) -> str:
        """A hash that no password has, so that an unknown e-mail takes as long as a known one."""
        return self._hasher.hash(secrets.token_urlsafe())

    def _verify(self, kept: str, password: str) -> bool:
        try:
            with _hashing:
                return self._hasher.verify(kept, password.encode("utf-8", "surrogatepass"))
        except (VerificationError, InvalidHashError):
            return False

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
        return HASHER.hash(password)


def conversation_for_agent(connection: Connection, agent: Agent, conversation_id: str) -> Conversation:
    """Return a conversation that this agent may see.

    Every agent sees all conversations of the business; who may change one is the service's to say.

    Raises:
        NotFound: there is none with this id.
    """
    found = conversations.find(connection, conversation_id) if _ID.fullmatch(conversation_id) else None
    if found is None:
        raise NotFound("There is no such conversation.")
    return found


async def current_session(request: Request) -> Session:
    """Return whose call this is; a change must also come from the desk's own page."""
    state = request.app.state
    if request.method not in ("GET", "HEAD"):
        check_origin(request)
    session = await state.database.run(state.access.session, request.cookies.get(COOKIE, ""))
    if request.method not in ("GET", "HEAD"):
        check_csrf(request, session)
    return session


async def current_agent(session: Session = Depends(current_session)) -> SignedIn:
    """Return the agent whose call this is."""
    return session.agent


def check_origin(connection: HTTPConnection) -> None:
    """Refuse a call that another site's page makes.

    Raises:
        Forbidden: the page it comes from is not the desk's own, or is not named.
    """
    origin, host = connection.headers.get("origin", ""), connection.headers.get("host", "")
    secure = connection.url.scheme in ("https", "wss")
    # Behind a proxy that ends TLS we speak http while the browser is on https.
    allowed = {f"https://{host}"} if secure else {f"https://{host}", f"http://{host}"}
    if origin not in allowed or not urlsplit(origin).hostname:
        raise Forbidden("This call comes from another site.", code="wrong_origin")


def check_csrf(request: Request, session: Session) -> None:
    """Refuse a change without the session's own token."""
    given = request.headers.get("x-csrf-token", "")
    if not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise Forbidden("Please reload the page.", code="wrong_csrf")


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


def _as_agent(row: Row) -> SignedIn:
    return SignedIn(row.id, row.name, row.email, row.role)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
