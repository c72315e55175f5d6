"""Who may do what at the desk: agents' sign-ins, and the checks of each request."""

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from fastapi import Depends
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import HTTPConnection, Request

from bot.desk.attempts import Attempts
from bot.desk.codes import WAIT, Codes
from bot.desk.devices import LONGEST as LONGEST_USER_AGENT
from bot.desk.passwords import hash_password, matches
from bot.desk.seal import Seal
from bot.errors import NotAuthenticated, NotFound, ProtocolError, TooMany
from bot.handoff.model import Agent, Conversation, iso, utc_now
from bot.storage import agents, audit, conversations, sessions
from bot.storage.engine import Database
from bot.storage.tables import agent_sessions

COOKIE = "kindhand_agent"
LASTS = timedelta(hours=12)
SEEN = timedelta(minutes=1)  # how exactly it is kept when a session was last used
WRONG = "That e-mail address and password do not go together."
WRONG_PASSWORD = "That is not your present password."
WRONG_CODE = "That code does not fit, or was used already. Please wait for the next one."
CODE_NEEDED = "Please enter the code of your authenticator app, or a recovery code."

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
logger = logging.getLogger(__name__)


class Forbidden(ProtocolError):
    """Signed in, but the call is not the console's own, or is for owners only."""

    code, status = "forbidden", 403


@dataclass(frozen=True)
class SignedIn(Agent):
    """The agent behind a call."""

    email: str
    role: str
    breather_until: datetime | None = None

    @property
    def is_owner(self) -> bool:
        return self.role == agents.OWNER

    def as_dict(self) -> dict[str, str | None]:
        until = iso(self.breather_until) if self.breather_until else None
        known = {"id": self.id, "name": self.name, "email": self.email, "role": self.role}
        return known | {"breather_until": until}


@dataclass(frozen=True)
class Session:
    """One sign-in. `id` is safe to show; the cookie itself is nowhere kept."""

    id: str
    agent: SignedIn
    csrf: str


class Access:
    """Sign agents in and out, and tell who a cookie belongs to. Calls block.

    `secret` is the desk's own; by it the secrets of second factors are sealed.
    """

    def __init__(
        self,
        database: Database,
        *,
        secret: str = "",
        clock: Callable[[], datetime] = utc_now,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._database, self._now, self._hasher = database, clock, hasher
        self._attempts = Attempts(limit=5, seconds=300)
        self._crowd = Attempts(limit=30, seconds=300)
        self.codes = Codes(database, Seal(secret), clock=clock)

    def login(
        self,
        email: str,
        password: str,
        address: str,
        *,
        code: str = "",
        before: str = "",
        user_agent: str = "",
    ) -> tuple[str, Session]:
        """Return a new cookie and its session; the session of the cookie `before` ends.

        Raises:
            NotAuthenticated: wrong password, no such agent, or a disabled one; it does not say which.
                With the code `second_factor_needed` or `wrong_code`, the password was right.
            TooMany: too many wrong ones from this network address, or too many wrong codes.
        """
        email = email.strip().lower().encode("utf-8", "replace").decode()  # a half character is nobody's
        if not (self._attempts.take((address, email)) and self._crowd.take(address)):
            logger.warning("sign-in refused after too many attempts")
            raise TooMany(WAIT)
        row = self._agent(email)
        good = matches(row.password_hash if row else self._unknown, password, self._hasher)
        if not (good and row and not row.disabled):
            raise NotAuthenticated(WRONG)
        self._attempts.forget((address, email))
        self._crowd.give_back(address)
        if row.totp_secret:
            self._require_code(row, code)
        return self._open(row, before, user_agent)

    def require_password(self, agent: SignedIn, password: str) -> None:
        """Let through who knows the agent's password: a borrowed browser must not do everything.

        Raises:
            Forbidden: it is not the password.
            TooMany: it was guessed at too often.
        """
        if not self._attempts.take(agent.id):
            raise TooMany(WAIT)
        row = self._agent(agent.email)
        if not (row and matches(row.password_hash, password, self._hasher)):
            raise Forbidden(WRONG_PASSWORD, code="wrong_password")
        self._attempts.forget(agent.id)

    def session(self, cookie: str) -> Session:
        """Return the session that a cookie stands for."""
        with self._database.read() as connection:
            row = sessions.by_cookie(connection, hash_token(cookie), self._now()) if cookie else None
        if row is None:
            raise NotAuthenticated("Please sign in.")
        self._seen(row)
        return _as_session(row)

    def is_live(self, session: Session) -> bool:
        """Tell whether the session still holds: not expired, signed out or disabled."""
        with self._database.read() as connection:
            row = sessions.by_id(connection, session.id, self._now())
        if row:
            self._seen(row)
        return row is not None

    def logout(self, session: Session) -> None:
        with self._database.write() as connection:
            sessions.revoke(connection, self._now(), agent_sessions.c.id == session.id)

    @cached_property
    def _unknown(self) -> str:
        """A hash that no password has, so that an unknown e-mail takes as long as a known one."""
        return hash_password(secrets.token_urlsafe(), self._hasher)

    def _agent(self, email: str) -> Row | None:
        with self._database.read() as connection:
            return agents.by_email(connection, email)

    def _seen(self, row: Row) -> None:
        now = self._now()
        if row.seen_at and now - row.seen_at < SEEN:
            return
        # A time that cannot be kept is no reason to send anybody away.
        with suppress(SQLAlchemyError), self._database.write() as connection:
            sessions.change(connection, row.id, seen_at=now)

    def _require_code(self, row: Row, code: str) -> None:
        if not code.strip():
            raise NotAuthenticated(CODE_NEEDED, code="second_factor_needed")
        if not self.codes.take(row.id, code):
            raise NotAuthenticated(WRONG_CODE, code="wrong_code")

    def _open(self, row: Row, before: str, user_agent: str) -> tuple[str, Session]:
        cookie, now = new_token(), self._now()
        session = Session(secrets.token_urlsafe(12), _as_agent(row, row.id), new_token())
        with self._database.write() as connection:
            sessions.revoke(connection, now, agent_sessions.c.token_hash == hash_token(before))
            sessions.add(
                connection,
                id=session.id,
                token_hash=hash_token(cookie),
                agent_id=row.id,
                csrf=session.csrf,
                created_at=now,
                expires_at=now + LASTS,
                seen_at=now,
                user_agent=user_agent[:LONGEST_USER_AGENT],
            )
            audit.add(connection, now, row.id, "me.signed_in", subject=session.id)
        return cookie, session


def new_token() -> str:
    """Return 256 random bits, safe in addresses and cookies."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


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
    request.state.agent = session.agent
    return session


async def current_owner(session: Session = Depends(current_session)) -> Session:
    """Return the session of the owner whose call this is."""
    if not session.agent.is_owner:
        raise Forbidden("Only an owner may do this.", code="owners_only")
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


def _as_session(row: Row) -> Session:
    return Session(row.id, _as_agent(row, row.agent_id, "agent_"), row.csrf)


def _as_agent(row: Row, id: str, prefix: str = "") -> SignedIn:
    def field(name: str) -> Any:
        return getattr(row, prefix + name)

    return SignedIn(id, field("name"), field("email"), field("role"), field("breather_until"))
