"""What agents do for themselves: password, sessions, second factor."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Row

from bot.desk import second_factor
from bot.desk.access import (
    CODE_NEEDED,
    WRONG_CODE,
    Access,
    Forbidden,
    Session,
    SignedIn,
    hash_token,
    new_token,
)
from bot.desk.devices import device_words
from bot.desk.passwords import hash_password, require_strong
from bot.desk.people import Refused, clear_second_factor, set_password
from bot.errors import NotFound
from bot.handoff.model import iso, utc_now
from bot.storage import agents, audit, recovery, sessions
from bot.storage.engine import Database
from bot.storage.tables import agent_sessions

PENDING = timedelta(minutes=10)  # for putting the secret into an app
MOST = 1000  # secrets that wait to be confirmed; the oldest go first
ISSUER = "Kindhand"


class Account:
    """An agent's own sign-in. Calls block, and are safe between threads."""

    def __init__(
        self, database: Database, access: Access, *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._database, self._access, self._now = database, access, clock
        self._pending: dict[str, tuple[str, datetime]] = {}

    def change_password(self, session: Session, old: str, new: str) -> tuple[str, str, Sequence[str]]:
        """Set a new password; other sessions end, and this one goes on under a new cookie.

        Returns:
            The new cookie, the new CSRF token, and the ids of the sessions that ended.

        Raises:
            Forbidden: `old` is not the present password.
            WeakPassword: `new` is too easy to guess.
        """
        agent, now = session.agent, self._now()
        self._access.require_password(agent, old)
        require_strong(new, (agent.name, agent.email))
        password_hash, cookie, csrf = hash_password(new), new_token(), new_token()
        with self._database.write() as connection:
            ended = set_password(connection, agent.id, password_hash, now, but=session.id)
            sessions.change(connection, session.id, token_hash=hash_token(cookie), csrf=csrf)
            audit.add(connection, now, agent.id, "me.password_changed")
        return cookie, csrf, ended

    def sessions(self, session: Session) -> list[dict[str, Any]]:
        """Describe the agent's sessions, the newest first."""
        with self._database.read() as connection:
            rows = sessions.of_agent(connection, session.agent.id, self._now())
        return [_described(row, session) for row in rows]

    def revoke(self, session: Session, id: str) -> Sequence[str]:
        """End one of the agent's own sessions; return its id.

        Raises:
            NotFound: the agent has no such session; a colleague's is none.
        """
        own = (agent_sessions.c.agent_id == session.agent.id, agent_sessions.c.id == id)
        with self._database.write() as connection:
            ended = sessions.revoke(connection, self._now(), *own)
            if not ended:
                raise NotFound("That session is over already.")
            audit.add(connection, self._now(), session.agent.id, "me.session_ended", subject=id)
        return ended

    def revoke_others(self, session: Session) -> Sequence[str]:
        """End all the agent's sessions but this one; return their ids."""
        with self._database.write() as connection:
            ended = sessions.revoke_all(connection, self._now(), session.agent.id, but=session.id)
            for id in ended:
                audit.add(connection, self._now(), session.agent.id, "me.session_ended", subject=id)
        return ended

    def second_factor(self, agent: SignedIn) -> dict[str, Any]:
        """Tell whether there is a second factor, and how many recovery codes are left."""
        with self._database.read() as connection:
            row = agents.find(connection, agent.id)
            return {"on": bool(row and row.totp_secret), "codes_left": recovery.left(connection, agent.id)}

    def start_second_factor(self, session: Session, password: str) -> dict[str, str]:
        """Give a secret for an authenticator app; it counts once a code of it was confirmed."""
        self._access.require_password(session.agent, password)
        if self.second_factor(session.agent)["on"]:
            raise Refused("There is a second factor already. Switch it off first.")
        secret = second_factor.new_secret()
        if len(self._pending) >= MOST:
            self._pending.pop(next(iter(self._pending)), None)
        self._pending[session.id] = (secret, self._now() + PENDING)
        address = second_factor.address(secret, email=session.agent.email, business=ISSUER)
        return {"secret": secret, "address": address, "picture": second_factor.picture(address)}

    def confirm_second_factor(self, session: Session, code: str) -> list[str]:
        """Switch the second factor on; return recovery codes, which are told this once."""
        now = self._now()
        secret, until = self._pending.get(session.id, ("", now))
        if until <= now:
            raise Refused("That took too long. Please begin again.", code="too_late")
        step = second_factor.step_of(secret, code, now)
        if step is None:
            raise Forbidden(WRONG_CODE, code="wrong_code")
        codes = second_factor.new_recovery_codes()
        with self._database.write() as connection:
            self._access.codes.set(connection, session.agent.id, secret, step)
            recovery.replace(connection, session.agent.id, map(second_factor.hash_recovery_code, codes))
            audit.add(connection, now, session.agent.id, "me.second_factor_on")
        self._pending.pop(session.id, None)
        return codes

    def renew_codes(self, session: Session, password: str, code: str) -> list[str]:
        """Return new recovery codes; the old ones hold no longer."""
        self._require_both(session.agent, password, code)
        codes = second_factor.new_recovery_codes()
        with self._database.write() as connection:
            recovery.replace(connection, session.agent.id, map(second_factor.hash_recovery_code, codes))
            audit.add(connection, self._now(), session.agent.id, "me.recovery_codes")
        return codes

    def stop_second_factor(self, session: Session, password: str, code: str) -> None:
        """Switch the second factor off."""
        self._require_both(session.agent, password, code)
        with self._database.write() as connection:
            clear_second_factor(connection, session.agent.id)
            audit.add(connection, self._now(), session.agent.id, "me.second_factor_off")

    def _require_both(self, agent: SignedIn, password: str, code: str) -> None:
        self._access.require_password(agent, password)
        if not code.strip():
            raise Forbidden(CODE_NEEDED, code="wrong_code")
        if not self._access.codes.take(agent.id, code):
            raise Forbidden(WRONG_CODE, code="wrong_code")


def _described(row: Row, session: Session) -> dict[str, Any]:
    return {
        "id": row.id,
        "device": device_words(row.user_agent),
        "created_at": iso(row.created_at),
        "seen_at": iso(row.seen_at or row.created_at),
        "expires_at": iso(row.expires_at),
        "current": row.id == session.id,
    }
