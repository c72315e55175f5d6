"""Where Rasa keeps its conversations: its own SQL store, with SQLite set up for a server."""

from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import event


class KeptTrackers(SQLTrackerStore):
    """Rasa's SQL store. On SQLite readers and the writer do not wait for each other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engine.hide_parameters = True  # Rasa logs an error with the words that could not be kept
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare)
            self.engine.dispose()  # the connections made so far know nothing of this


def _prepare(connection: Any, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
