"""How often something was tried lately, by whom; kept in memory, so a restart forgets it."""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable

MOST = 10_000  # names remembered at once


class Attempts:
    """Allow at most `limit` attempts in `seconds` under one name. Safe between threads."""

    def __init__(self, *, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._seconds, self._clock = limit, seconds, clock
        self._times: dict[Hashable, deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, name: Hashable) -> bool:
        """Count an attempt and tell whether it is allowed; a refused one does not count."""
        now = self._clock()
        with self._lock:
            times = self._times.setdefault(name, deque())
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._limit:
                return False
            times.append(now)
            self._trim(now)
            return True

    def give_back(self, name: Hashable) -> None:
        """Take back the newest attempt: it was a good one."""
        with self._lock:
            if self._times.get(name):
                self._times[name].pop()

    def forget(self, name: Hashable) -> None:
        with self._lock:
            self._times.pop(name, None)

    def _trim(self, now: float) -> None:
        if len(self._times) <= MOST:
            return
        old = [name for name, times in self._times.items() if not times or times[-1] <= now - self._seconds]
        # Full of fresh names is an attack; then the oldest go, so that memory stays bounded.
        for name in old or list(self._times)[: MOST // 10]:
            del self._times[name]
