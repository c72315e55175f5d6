"""How much one visitor may do, so that all others are served too."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.errors import TooMany

MOST = 10_000  # names remembered at once


@dataclass(frozen=True)
class Limits:
    """All limits of the visitor's door."""

    burst: int = 5  # messages at once in a conversation ...
    per_second: float = 1.0  # ... and then so many a second
    queue: int = 20  # messages that wait for the bot in a conversation
    sockets: int = 5  # per conversation
    sockets_per_address: int = 20
    chats_per_address: int = 60  # new ones at once, then one every two seconds
    frames: int = 200  # of any kind at once on a socket, then half as many a second
    strikes: int = 3  # refused frames in a row
    throttled: int = 20  # refused for being too fast, in a row
    copies: int = 3  # of a conversation by e-mail, in an hour ...
    copies_per_address: int = 10  # ... and to an e-mail address, and from a network address
    calls: int = 5  # asked for in a conversation, in an hour
    files: int = 30  # sent in a conversation, in an hour ...
    files_per_address: int = 90  # ... and from a network address
    files_at_once: int = 3  # that arrive from a network address
    hello_seconds: float = 10.0  # until the first frame


class Bucket:
    """So many at once, and then so many a second."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._left, self._at = float(burst), clock()

    def check(self) -> None:
        """Refuse if nothing is left.

        Raises:
            TooMany: it is too fast.
        """
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            raise TooMany("That was a lot in a short time.")

    def spend(self) -> None:
        """Use one up."""
        self._left -= 1

    def take(self) -> None:
        """Use one up, or refuse."""
        self.check()
        self.spend()


class Buckets:
    """A bucket for each name; the longest unused are forgotten, which only fills them."""

    def __init__(self, burst: float, per_second: float) -> None:
        self._burst, self._per_second = burst, per_second
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def of(self, name: str) -> Bucket:
        bucket = self._buckets.setdefault(name, Bucket(self._burst, self._per_second))
        self._buckets.move_to_end(name)
        if len(self._buckets) > MOST:
            self._buckets.popitem(last=False)
        return bucket


class Places:
    """So many places under each name."""

    def __init__(self, limit: int) -> None:
        self._limit, self._taken = limit, Counter[str]()

    @contextmanager
    def take(self, name: str) -> Iterator[None]:
        """Hold a place until the end of the block, or refuse."""
        if self._taken[name] >= self._limit:
            raise TooMany("There are too many connections.")
        self._taken[name] += 1
        try:
            yield
        finally:
            self._taken[name] -= 1
            if not self._taken[name]:
                del self._taken[name]
