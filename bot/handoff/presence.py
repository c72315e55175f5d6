"""Which agents have a console open at this moment."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Presence:
    """Agents are online while at least one of their sockets is open."""

    def __init__(self) -> None:
        self._sockets: Counter[str] = Counter()

    @contextmanager
    def online(self, agent_id: str) -> Iterator[None]:
        """Count an agent as online until the end of the block."""
        self._sockets[agent_id] += 1
        try:
            yield
        finally:
            self._sockets[agent_id] -= 1

    @property
    def agents(self) -> frozenset[str]:
        return frozenset(id for id, sockets in self._sockets.items() if sockets > 0)
