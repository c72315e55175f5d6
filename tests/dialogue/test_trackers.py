"""Conversations are kept in an SQLite file that readers and the writer can share."""

import asyncio
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.trackers import KeptTrackers, forget


def test_a_conversation_is_kept_in_a_shared_file(tmp_path: Path) -> None:
    async def go() -> DialogueStateTracker:
        url = f"sqlite:///{tmp_path / 'rasa.db'}"
        store = KeptTrackers(Domain.empty(), host=url)
        await store.save(DialogueStateTracker.from_events("c1", [UserUttered("hello")]))
        with store.engine.connect() as connection:
            assert connection.execute("PRAGMA journal_mode").scalar() == "wal"
            assert connection.execute("PRAGMA busy_timeout").scalar() == 5000
        return await KeptTrackers(Domain.empty(), host=url).retrieve("c1")

    assert asyncio.run(go()).latest_message.text == "hello"


def test_the_log_does_not_repeat_what_could_not_be_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = KeptTrackers(Domain.empty(), host=f"sqlite:///{tmp_path / 'rasa.db'}")
    with store.engine.begin() as connection:
        connection.execute("CREATE TRIGGER t BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END")
    kept = FailSafeTrackerStore(store)
    asyncio.run(kept.save(DialogueStateTracker.from_events("c1", [UserUttered("secret words")])))
    assert "full" in caplog.text and "secret words" not in caplog.text


def test_what_is_forgotten_is_gone_and_the_rest_stays(tmp_path: Path) -> None:
    async def go() -> list[str]:
        store = KeptTrackers(Domain.empty(), host=f"sqlite:///{tmp_path / 'rasa.db'}")
        agent = Agent(domain=Domain.empty(), tracker_store=store)
        for id in ("c1", "c2"):
            await agent.tracker_store.save(DialogueStateTracker.from_events(id, [UserUttered("zanzibarski")]))
        async with agent.lock_store.lock("c1"):  # Rasa is busy with a message
            forgetting = asyncio.create_task(forget(agent, "c1"))
            await asyncio.sleep(0.05)
            assert not forgetting.done()
        await forgetting
        await forget(agent, "unknown")
        return list(await agent.tracker_store.keys())

    assert asyncio.run(go()) == ["c2"]


def test_nothing_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    async def go() -> None:
        store = KeptTrackers(Domain.empty(), host=f"sqlite:///{tmp_path / 'rasa.db'}")
        await store.save(DialogueStateTracker.from_events("c1", [UserUttered("zanzibarski")]))
        store.forget("c1")
        store.engine.dispose()

    asyncio.run(go())
    assert b"zanzibarski" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
