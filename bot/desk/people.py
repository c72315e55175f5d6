"""The people who answer: added, or given a new password, from the command line."""

import secrets
from datetime import datetime, timezone

from sqlalchemy import insert, select, update

from bot.desk.access import hash_password
from bot.errors import PeopleError
from bot.storage.engine import Database
from bot.storage.tables import agent_sessions, agents


def admit(database: Database, email: str, name: str, *, owner: bool = False) -> str:
    """Add an agent and return a first password; one that exists gets a new password and is signed out.

    Raises:
        PeopleError: the e-mail address is none, or a new agent has no name.
    """
    email, name = email.strip().lower(), name.strip()
    if email.count("@") != 1 or email.startswith("@") or "." not in email.rpartition("@")[2]:
        raise PeopleError(f"{email!r} is no e-mail address. Write it as in sam@example.com.")
    password = secrets.token_urlsafe(12)
    values = {"password_hash": hash_password(password), "disabled": False}
    now = datetime.now(timezone.utc)
    with database.write() as connection:
        known = connection.scalar(select(agents.c.id).where(agents.c.email == email))
        if known:
            connection.execute(update(agents).where(agents.c.id == known).values(**values))
            sessions = agent_sessions.c.agent_id == known, agent_sessions.c.revoked_at.is_(None)
            connection.execute(update(agent_sessions).where(*sessions).values(revoked_at=now))
        elif not name:
            raise PeopleError(f"{email} is new, so a name is needed: customers see it. Add --name.")
        else:
            row = {"id": secrets.token_urlsafe(9), "email": email, "name": name, "created_at": now}
            connection.execute(insert(agents).values(role="owner" if owner else "agent", **row, **values))
    return password
