"""Who listens to what happens. In this process only; a second process would need a real broker."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.handoff.events import Event

Listener = Callable[[Event], None]
logger = logging.getLogger(__name__)


class Bus:
    """Tell listeners what happened, in the order of saving. All on the event loop, nobody waits."""

    def __init__(self) -> None:
        self._listeners: dict[str | None, list[Listener]] = {}

    @contextmanager
    def subscribe(self, listener: Listener, conversation_id: str | None = None) -> Iterator[None]:
        """Listen to one conversation, or to all, until the end of the block."""
        listeners = self._listeners.setdefault(conversation_id, [])
        listeners.append(listener)
        try:
            yield
        finally:
            listeners.remove(listener)
            if not listeners and self._listeners.get(conversation_id) is listeners:
                del self._listeners[conversation_id]

    def publish(self, *events: Event) -> None:
        """Tell everybody concerned. Only `handoff` publishes, and only after the commit."""
        for event in events:
            concerned = (event.conversation_id, None)
            for listener in [one for key in concerned for one in self._listeners.get(key, ())]:
                try:
                    listener(event)
                except Exception:
                    # One broken listener must not keep the others from hearing.
                    logger.exception("a listener failed on %s of %s", event.wire, event.conversation_id)
