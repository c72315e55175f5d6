"""How much is told about the same thing within an hour. A visitor can cause news, but no flood of it."""

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta

WHILE = timedelta(hours=1)


class Restraint:
    """Allow so many tellings of one thing in an hour. In memory: a restart forgets it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: dict[Hashable, deque[datetime]] = {}

    def take(self, now: datetime, *things: Hashable) -> bool:
        """Tell whether one more may go out that is about all these things, and count it if so."""
        # What lies in the future was counted before the clock was set back.
        for thing, times in list(self._times.items()):
            while times and not now - WHILE < times[0] <= now:
                times.popleft()
            if not times:
                del self._times[thing]
        if any(len(self._times.get(thing, ())) >= self._limit for thing in things):
            return False
        for thing in things:
            self._times.setdefault(thing, deque()).append(now)
        return True
