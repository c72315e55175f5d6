"""Which agents have a console open at this moment, and for how long the others have been away."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta


class Presence:
    """Agents are online while at least one of their sockets is open.

    Time away is counted by a clock that nobody sets; after a start, from the start.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._sockets: Counter[str] = Counter()
        self._left: dict[str, float] = {}

    @contextmanager
    def online(self, agent_id: str) -> Iterator[None]:
        """Count an agent as online until the end of the block."""
        self._sockets[agent_id] += 1
        try:
            yield
        finally:
            self._sockets[agent_id] -= 1
            self._left[agent_id] = self._clock()

    @property
    def agents(self) -> frozenset[str]:
        return frozenset(id for id, sockets in self._sockets.items() if sockets > 0)

    def away(self, agent_id: str) -> timedelta:
        """Return for how long an agent has had no console open; nothing while online."""
        if self._sockets[agent_id] > 0:
            return timedelta()
        return timedelta(seconds=self._clock() - self._left.get(agent_id, self._began))

    def lately(self, within: timedelta) -> frozenset[str]:
        """Return who is online, or was a moment ago: whoever reloads the page is not gone."""
        just_left = {id for id in self._left if self.away(id) < within}
        return self.agents | just_left
