"""A detector that remembers what it has read: a conversation is folded anew with each of its messages."""

import threading
from collections.abc import Callable
from functools import lru_cache

from bot.empathy.reading import Detector, Reading

MOST = 4096  # messages


class RememberingDetector:
    """Reads nothing twice, and is built when it is first needed. Safe between threads."""

    def __init__(self, build: Callable[[], Detector]) -> None:
        self._build, self._building = build, threading.Lock()
        self._remembered = lru_cache(maxsize=MOST)(self._read)
        self._detector: Detector | None = None

    def read(self, text: str, *, context: str = "") -> Reading:
        """Say how a message reads after the bot's message `context`."""
        return self._remembered(text, context)

    def _read(self, text: str, context: str) -> Reading:
        with self._building:
            self._detector = self._detector or self._build()
        return self._detector.read(text, context=context)
