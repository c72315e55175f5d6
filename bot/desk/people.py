"""The people who answer: who they are, what they may do, and how one is added from the server."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection, Row

from bot.desk.access import SignedIn
from bot.desk.passwords import hash_password
from bot.errors import NotFound, PeopleError, ProtocolError
from bot.handoff.model import iso, utc_now
from bot.handoff.routing import Candidate
from bot.handoff.staff import Staff
from bot.storage import agents, audit, invitations, recovery, sessions
from bot.storage.engine import Database

TOLD = ("role", "disabled")  # whose new value the audit log tells; of others it names the field


class Refused(ProtocolError):
    """A change of the team that would leave it worse off. The text says why."""

    code, status = "refused", 409


class People:
    """Tell who is on the team, and change what they may do. Calls block."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._database, self._now = database, clock

    def listed(self, reader: SignedIn, staff: Staff) -> dict[str, Any]:
        """Describe the team; owners also see who is disabled, who was invited, and how people sign in."""
        with self._database.read() as connection:
            rows = agents.everybody(connection)
            working = {one.id: one for one in staff.candidates(connection)}
            seen = sessions.last_seen(connection) if reader.is_owner else {}
            invited = invitations.waiting(connection, self._now()) if reader.is_owner else []
        shown = [row for row in rows if reader.is_owner or not row.disabled]
        team = [_colleague(row, working.get(row.id)) for row in shown]
        if not reader.is_owner:
            return {"agents": team}
        team = [known | _for_owners(row, seen.get(row.id)) for known, row in zip(team, shown, strict=True)]
        return {"agents": team, "invited": [_invited(row) for row in invited]}

    def change(self, by: SignedIn, id: str, wanted: Mapping[str, Any]) -> Sequence[str]:
        """Change an agent's name, role, skills, languages or capacity, or disable or enable one.

        Returns:
            The ids of the sessions that ended by it.

        Raises:
            NotFound: there is no such agent.
            Refused: there would be no owner left, or owners would lock themselves out.
        """
        now = self._now()
        with self._database.write() as connection:
            row = require_agent(connection, id)
            news = {name: value for name, value in wanted.items() if getattr(row, name) != value}
            if not news:
                return ()
            _require_an_owner(connection, by, row, news)
            agents.change(connection, id, **news)
            told = {name: value for name, value in news.items() if name in TOLD}
            detail = {"fields": sorted(news), **told}
            audit.add(connection, now, by.id, "team.changed", subject=id, detail=detail)
            if not news.get("disabled"):
                return ()
            invitations.end(connection, now, email=row.email)
            return sessions.revoke_all(connection, now, id)

    def breather(self, agent: SignedIn, minutes: int) -> datetime | None:
        """Have no new conversations offered to the agent for some minutes; 0: offer them again."""
        now = self._now()
        until = now + timedelta(minutes=minutes) if minutes else None
        with self._database.write() as connection:
            agents.change(connection, agent.id, breather_until=until)
            audit.add(connection, now, agent.id, "me.breather", detail={"minutes": minutes})
        return until


def admit(
    database: Database, email: str, name: str, *, owner: bool = False, drop_second_factor: bool = False
) -> str:
    """Add an agent and return a first password; one that exists gets a new password and is signed out.

    Whoever may run commands on the server is trusted with this: it also enables a disabled agent, and
    `drop_second_factor` helps somebody who lost phone and recovery codes.

    Raises:
        PeopleError: the e-mail address is none, or a new agent has no name.
    """
    email, name, now = tidy_email(email), name.strip(), utc_now()
    if not is_email(email):
        raise PeopleError(f"{email!r} is no e-mail address. Write it as in sam@example.com.")
    password = secrets.token_urlsafe(12)
    values = {"password_hash": hash_password(password), "password_changed_at": now}
    with database.write() as connection:
        known = agents.by_email(connection, email)
        if known:
            set_password(connection, known.id, values["password_hash"], now)
            agents.change(connection, known.id, disabled=False)
            if drop_second_factor:
                clear_second_factor(connection, known.id)
        elif not name:
            raise PeopleError(f"{email} is new, so a name is needed: customers see it. Add --name.")
        else:
            role = agents.OWNER if owner else agents.AGENT
            row = {"id": new_agent_id(), "email": email, "name": name, "role": role, "created_at": now}
            agents.add(connection, **row, **values)
        subject = known.id if known else row["id"]
        act = "team.password_renewed" if known else "team.admitted"
        audit.add(connection, now, None, act, subject=subject)
    return password


def new_agent_id() -> str:
    return secrets.token_urlsafe(9)


def tidy_email(email: str) -> str:
    return email.strip().lower()


def is_email(text: str) -> bool:
    """Tell whether this may be an e-mail address; only a letter that arrives proves it."""
    name, _, host = text.rpartition("@")
    return (
        bool(name) and "@" not in name and "." in host.strip(".") and text.isprintable() and " " not in text
    )


def require_agent(connection: Connection, id: str) -> Row:
    """Return an agent.

    Raises:
        NotFound: there is none with this id.
    """
    row = agents.find(connection, id)
    if row is None:
        raise NotFound("There is nobody like that on the team.")
    return row


def set_password(
    connection: Connection, id: str, password_hash: str, now: datetime, *, but: str | None = None
) -> Sequence[str]:
    """Set a password and end the agent's sessions, except `but`; return the ids of those that ended.

    Links to choose another one end too: whoever asked for one meant the password of before.
    """
    invitations.end(connection, now, email=require_agent(connection, id).email)
    agents.change(connection, id, password_hash=password_hash, password_changed_at=now)
    return sessions.revoke_all(connection, now, id, but=but)


def clear_second_factor(connection: Connection, id: str) -> None:
    agents.change(connection, id, totp_secret=None, totp_step=None)
    recovery.replace(connection, id, ())


def _require_an_owner(connection: Connection, by: SignedIn, row: Row, news: Mapping[str, Any]) -> None:
    if news.get("disabled") and row.id == by.id:
        raise Refused("You cannot disable yourself. Ask another owner.")
    leaves = news.get("disabled") or news.get("role") == agents.AGENT
    if leaves and row.role == agents.OWNER and not agents.other_owners(connection, row.id):
        raise Refused("There would be no owner left. Make somebody else an owner first.")


def _colleague(row: Row, working: Candidate | None) -> dict[str, Any]:
    """Describe an agent; `load` and `capacity` count conversations, heavy ones more than once."""
    return {
        "id": row.id,
        "name": row.name,
        "role": row.role,
        "online": working is not None and working.online,
        "load": round(working.load, 1) if working else 0,
        "capacity": working.capacity if working else 0,
        "breather_until": iso(row.breather_until) if row.breather_until else None,
        "skills": row.skills,
        "languages": row.languages,
    }


def _for_owners(row: Row, seen: datetime | None) -> dict[str, Any]:
    return {
        "email": row.email,
        "disabled": row.disabled,
        "own_capacity": row.capacity,  # null: as many as is usual
        "second_factor": row.totp_secret is not None,
        "seen_at": iso(seen) if seen else None,
    }


def _invited(row: Row) -> dict[str, Any]:
    known = {"email": row.email, "name": row.name, "role": row.role}
    return known | {"created_at": iso(row.created_at), "expires_at": iso(row.expires_at)}
