"""Where Rasa keeps its conversations: its own SQL store, with SQLite set up for a server."""

import asyncio
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import event


async def forget(agent: Agent, sender_id: str) -> None:
    """Have Rasa forget a conversation, once it is done with what it is busy with in it."""
    store = agent.tracker_store
    while not isinstance(store, KeptTrackers):  # Rasa wraps it, against errors of the database
        store = store._tracker_store
    async with agent.lock_store.lock(sender_id):
        await asyncio.to_thread(store.forget, sender_id)


class KeptTrackers(SQLTrackerStore):
    """Rasa's SQL store. On SQLite readers and the writer do not wait for each other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engine.hide_parameters = True  # Rasa logs an error with the words that could not be kept
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare)
            self.engine.dispose()  # the connections made so far know nothing of this

    def forget(self, sender_id: str) -> None:
        """Delete a conversation, so that nothing is known of it."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=sender_id).delete()
            session.commit()
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.execute(
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                )  # its log keeps words for a while


def _prepare(connection: Any, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
