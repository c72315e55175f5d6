"""Links by which somebody joins the team or sets a new password. Each is good once, and not for long."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy.engine import Connection, Row

from bot.desk.access import SignedIn, hash_token, new_token
from bot.desk.attempts import Attempts
from bot.desk.codes import WAIT
from bot.desk.passwords import hash_password, require_strong
from bot.desk.people import (
    Refused,
    clear_second_factor,
    is_email,
    new_agent_id,
    require_agent,
    set_password,
    tidy_email,
)
from bot.errors import NotFound, ProtocolError, TooMany
from bot.handoff.model import iso, utc_now
from bot.outbox.outbox import SECRET, Outbox
from bot.storage import agents, audit, invitations
from bot.storage.engine import Database

LASTS = {invitations.INVITE: timedelta(days=7), invitations.RESET: timedelta(days=1)}
OVER = "This link is not good any more. Ask an owner of the desk for a new one."


@dataclass(frozen=True)
class Link:
    """A link, to be told once: only its hash is kept."""

    address: str
    expires_at: datetime
    sent: bool  # also by e-mail

    def as_dict(self) -> dict[str, Any]:
        return {"link": self.address, "expires_at": iso(self.expires_at), "sent": self.sent}


class Invitations:
    """Make links and take each of them once; they go by e-mail if there is an outbox. Calls block."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox | None = None,
        *,
        clock: Callable[[], datetime] = utc_now,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._database, self._outbox, self._now, self._hasher = database, outbox, clock, hasher
        self._crowd = Attempts(limit=30, seconds=300)

    def invite(self, by: SignedIn, email: str, name: str, role: str, *, desk: str) -> Link:
        """Invite somebody to the desk at the address `desk`; an earlier invitation ends.

        Raises:
            ProtocolError: that is no e-mail address.
            Refused: somebody with that address is on the team.
        """
        email = tidy_email(email)
        if not is_email(email):
            raise ProtocolError("Write the e-mail address as in sam@example.com.", code="bad_email")
        with self._database.write() as connection:
            if agents.by_email(connection, email):
                raise Refused("Somebody with this e-mail address is on the team already.", code="known")
            known = {"email": email, "name": name.strip() or None, "role": role}
            return self._link(connection, by, invitations.INVITE, desk, **known)

    def reset(self, by: SignedIn, id: str, *, drop_second_factor: bool, desk: str) -> Link:
        """Give a link by which an agent sets a new password; until then the old one holds.

        `drop_second_factor` helps somebody who lost phone and recovery codes; it holds at once.

        Raises:
            NotFound: there is no such agent.
            Refused: the agent is disabled.
        """
        with self._database.write() as connection:
            row = require_agent(connection, id)
            if row.disabled:
                raise Refused(f"{row.name} is disabled. Enable first, then make a link.")
            if drop_second_factor:
                clear_second_factor(connection, id)
                audit.add(connection, self._now(), by.id, "team.second_factor_off", subject=id)
            known = {"email": row.email, "name": row.name, "role": row.role, "agent_id": id}
            return self._link(connection, by, invitations.RESET, desk, **known)

    def withdraw(self, by: SignedIn, email: str) -> None:
        """End the invitation of somebody who has not joined yet."""
        now = self._now()
        with self._database.write() as connection:
            if not invitations.end(connection, now, email=tidy_email(email)):
                raise NotFound("There is no such invitation.")
            audit.add(connection, now, by.id, "team.withdrawn")

    def look(self, token: str, address: str) -> dict[str, Any]:
        """Tell what a link is for.

        Raises:
            NotFound: it is not good, or not any more; which of the two is not said.
            TooMany: links were tried too often from this network address.
        """
        self._count(address)
        with self._database.read() as connection:
            row = self._found(connection, token)
        known = {"kind": row.kind, "email": row.email, "name": row.name, "role": row.role}
        return known | {"expires_at": iso(row.expires_at)}

    def accept(self, token: str, name: str, password: str, address: str) -> tuple[str, Sequence[str]]:
        """Take a link: join with this name and password, or set the password.

        Nobody is signed in by it, so that a second factor stays one.

        Returns:
            The e-mail address to sign in with, and the ids of the sessions that ended.

        Raises:
            NotFound: the link is not good, or not any more.
            WeakPassword: the password is too easy to guess; the link stays good.
            TooMany: links were tried too often from this network address.
        """
        self._count(address)
        with self._database.read() as connection:
            row = self._found(connection, token)
        name = name.strip() or row.name or ""
        if not name:
            raise ProtocolError("Please enter your name; customers see it.", code="no_name")
        require_strong(password, (name, row.email))
        password_hash = hash_password(password, self._hasher)
        with self._database.write() as connection:
            row = self._found(connection, token, lock=True)  # it may have been taken meanwhile
            taken = self._reset if row.kind == invitations.RESET else self._join
            return row.email, taken(connection, row, name, password_hash)

    def _link(self, connection: Connection, by: SignedIn, kind: str, desk: str, **known: Any) -> Link:
        token, now = new_token(), self._now()
        # Behind # it reaches neither the logs of servers nor the referrer of other pages.
        link = Link(f"{desk}/console#/accept/{token}", now + LASTS[kind], sent=self._outbox is not None)
        invitations.end(connection, now, email=known["email"])
        kept = {"created_by": by.id, "created_at": now, "expires_at": link.expires_at}
        invitations.add(connection, token_hash=hash_token(token), kind=kind, **kept, **known)
        act = "team.invited" if kind == invitations.INVITE else "team.reset_link"
        subject = known.get("agent_id") or _short(hash_token(token))
        audit.add(connection, now, by.id, act, subject=subject, detail={"role": known["role"]})
        if self._outbox:
            letter = _letter(kind, by.name, known["name"], link)
            key = f"invitation:{_short(hash_token(token))}"
            self._outbox.add(connection, "email", key, {"to": known["email"], **letter, SECRET: True})
        return link

    def _count(self, address: str) -> None:
        if not self._crowd.take(address):
            raise TooMany(WAIT)

    def _found(self, connection: Connection, token: str, *, lock: bool = False) -> Row:
        row = invitations.find(connection, hash_token(token), self._now(), lock=lock)
        if row is None:
            raise NotFound(OVER)
        return row

    def _join(self, connection: Connection, row: Row, name: str, password_hash: str) -> Sequence[str]:
        if agents.by_email(connection, row.email):
            raise NotFound(OVER)  # added from the server meanwhile
        id, now = new_agent_id(), self._now()
        values = {"password_hash": password_hash, "password_changed_at": now, "created_at": now}
        agents.add(connection, id=id, email=row.email, name=name, role=row.role, **values)
        self._use(connection, row, id)
        audit.add(connection, now, id, "team.joined", subject=_short(row.token_hash))
        return ()

    def _reset(self, connection: Connection, row: Row, _name: str, password_hash: str) -> Sequence[str]:
        now = self._now()
        self._use(connection, row, row.agent_id)
        audit.add(connection, now, row.agent_id, "me.password_reset")
        return set_password(connection, row.agent_id, password_hash, now)

    def _use(self, connection: Connection, row: Row, agent_id: str) -> None:
        if not invitations.use(connection, row.token_hash, self._now(), agent_id):
            raise NotFound(OVER)


def _short(token_hash: str) -> str:
    """Return what tells links apart in logs."""
    return token_hash[:16]


def _letter(kind: str, by: str, name: str | None, link: Link) -> dict[str, Any]:
    """Write the letter that carries a link; it is not sent once the link is over."""
    hello = f"Hello {name}," if name else "Hello,"
    what, subject, verb = {
        invitations.INVITE: (f"{by} invites you to answer customers.", "Your invitation", "Join the team"),
        invitations.RESET: (
            f"{by} made a link for you, to choose a new password.",
            "Choose a new password",
            "Choose a new password",
        ),
    }[kind]
    until = f"{link.expires_at:%d %B %Y, %H:%M} UTC".lstrip("0")
    good = f"The link works once, until {until}. If you did not expect this, leave it be."
    text = f"{hello}\n\n{what}\n\n{good}"
    return {"subject": subject, "text": text, "link": [verb, link.address], "until": iso(link.expires_at)}
