"""One-time tickets: what opens a socket, so that no cookie has to be trusted there."""

import secrets
import time
from collections.abc import Callable

from bot.desk.access import Session
from bot.errors import NotAuthenticated

LASTS = 30.0  # seconds
MOST = 1000  # open at once; the oldest go first


class Tickets:
    """Hand out tickets and take each of them once. On the event loop only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, tuple[Session, float]] = {}

    def issue(self, session: Session) -> str:
        ticket = secrets.token_urlsafe(32)
        if len(self._open) >= MOST:
            del self._open[next(iter(self._open))]
        self._open[ticket] = (session, self._clock() + LASTS)
        return ticket

    def take(self, ticket: str) -> Session:
        """Return whose ticket it is; it is worth nothing afterwards.

        Raises:
            NotAuthenticated: there is no such ticket, or no longer.
        """
        session, until = self._open.pop(ticket, (None, 0.0))
        if session is None or until < self._clock():
            raise NotAuthenticated("This ticket is not valid any more.")
        return session
