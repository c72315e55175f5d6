"""Codes of second factors as they are typed: each is taken once, and guessing is slowed down."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.engine import Connection

from bot.desk import second_factor
from bot.desk.attempts import Attempts
from bot.desk.seal import Seal, is_sealed
from bot.errors import TooMany
from bot.handoff.model import utc_now
from bot.storage import agents, recovery
from bot.storage.engine import Database

WAIT = "That did not work a few times in a row. Please wait five minutes and try again."
logger = logging.getLogger(__name__)


class Codes:
    """Take codes. Calls block, and are safe between threads."""

    def __init__(self, database: Database, seal: Seal, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._database, self._seal, self._now = database, seal, clock
        self._attempts = Attempts(limit=10, seconds=300)  # from wherever: a code has six digits only

    def take(self, agent_id: str, code: str) -> bool:
        """Use up a code of the agent's app, or a recovery code; tell whether it was good.

        Raises:
            TooMany: too many were wrong.
        """
        if not self._attempts.take(agent_id):
            logger.warning("second factor refused after too many attempts")
            raise TooMany(WAIT)
        with self._database.write() as connection:
            good = self._use(connection, agent_id, code, self._now())
        if good:
            self._attempts.forget(agent_id)
        return good

    def set(self, connection: Connection, agent_id: str, secret: str, step: int) -> None:
        """Keep the secret of an agent's second factor, of which the code of this step was used."""
        sealed = self._seal.closed(secret, agent_id)
        agents.change(connection, agent_id, totp_secret=sealed, totp_step=step)

    def _use(self, connection: Connection, agent_id: str, code: str, now: datetime) -> bool:
        if second_factor.is_recovery_code(code):
            return recovery.use(connection, agent_id, second_factor.hash_recovery_code(code), now)
        row = agents.find(connection, agent_id)
        if not (row and row.totp_secret):
            return False
        secret = self._seal.opened(row.totp_secret, agent_id)
        if secret is None:
            logger.error("the second factor of %s cannot be read. Was KINDHAND_SECRET changed?", agent_id)
            return False
        step = second_factor.step_of(secret, code, now, row.totp_step)
        if step is None or not agents.use_step(connection, agent_id, step):
            return False
        if not is_sealed(row.totp_secret):
            self.set(connection, agent_id, secret, step)
        return True
