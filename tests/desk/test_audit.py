"""The audit log: what is written down, in ids and codes only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.desk.audit import PAGE, Audit, act_of
from bot.storage.engine import Database
from bot.storage.tables import agents
from tests.databases import fresh
from tests.storage.rows import agent_row


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = fresh(tmp_path / "desk.db")
    with database.write() as connection:
        connection.execute(insert(agents), [agent_row("a-1", name="Ann"), agent_row("a-2", name="Ben")])
    yield database
    database.close()


@pytest.mark.parametrize(
    ("method", "path", "act"),
    [
        ("GET", "conversations/{id}", "conversations.opened"),
        ("POST", "conversations/{id}/claim", "conversations.claim"),
        ("POST", "conversations/{id}/hand-back", "conversations.hand-back"),
        ("POST", "conversations/{id}/reply", None),
        ("POST", "conversations/{id}/notes", None),
        ("GET", "conversations", None),
        ("GET", "team", None),
        ("POST", "canned", "canned.added"),
        ("PUT", "canned/{id}", "canned.changed"),
        ("DELETE", "canned/{id}", "canned.removed"),
        ("POST", "outbox/{id}/retry", "outbox.retry"),
        ("POST", "login", None),
        ("POST", "ticket", None),
        ("POST", "team/{id}", None),
        ("POST", "me/password", None),
        ("PUT", "studio/questions/{intent}", "studio.questions.changed"),
        ("POST", "studio/publish", "studio.published"),
        ("POST", "studio/publish/back", "studio.taken_back"),
        ("POST", "studio/questions/near", None),
        ("POST", "studio/trial/say", None),
        ("POST", "studio/rehearsals/{name}/start", None),
        ("GET", "studio/publish", None),
        ("GET", "studio/stories/from/{conversation}", "conversations.opened"),
        ("GET", "studio/rehearsals/from/{conversation}", "conversations.opened"),
        ("POST", "studio/news/{id}", "studio.news.added"),
    ],
)
def test_what_a_call_is_called(method: str, path: str, act: str | None) -> None:
    assert act_of(method, path) == act


def test_looking_again_is_the_same_look(database: Database) -> None:
    log = Audit(database)
    for agent, conversation in (("a-1", "c-1"), ("a-1", "c-1"), ("a-2", "c-1"), ("a-1", "c-2")):
        log.opened(agent, conversation)
    found = [(entry["agent"]["name"], entry["conversation"]) for entry in log.entries()["entries"]]
    assert found == [("Ann", "c-2"), ("Ben", "c-1"), ("Ann", "c-1")]


def test_words_are_left_out_and_ids_kept(database: Database) -> None:
    log = Audit(database)
    body = {"agent": "a-2", "note": "Mara cries", "version": 3, "mood": ["x"], "outcome": "x" * 500}
    log.did("a-1", "conversations.transfer", "c-1", body)
    (entry,) = log.entries()["entries"]
    assert entry["detail"] == {"agent": {"id": "a-2", "name": "Ben"}, "outcome": "x" * 64}
    assert (entry["conversation"], entry["subject"]) == ("c-1", None) and "Mara" not in str(entry)
    log.did("a-1", "canned.changed", "r-1", {"text": "Dear Mara"})
    entry = log.entries()["entries"][0]
    assert (entry["conversation"], entry["subject"]["id"]) == (None, "r-1") and "Mara" not in str(entry)


def test_pages_follow_each_other_without_a_gap(database: Database) -> None:
    log = Audit(database)
    for number in range(PAGE + 20):
        log.did("a-1", "conversations.claim", f"c-{number}", {})
    first = log.entries()
    second = log.entries(first["next"])
    seen = [entry["conversation"] for entry in first["entries"] + second["entries"]]
    assert seen == [f"c-{number}" for number in reversed(range(PAGE + 20))]
    assert len(first["entries"]) == PAGE and second["next"] is None


def test_one_agent_or_one_conversation(database: Database) -> None:
    log = Audit(database)
    log.did("a-1", "conversations.claim", "c-1", {})
    log.did("a-2", "conversations.claim", "c-2", {})
    assert [entry["id"] for entry in log.entries(agent_id="a-2")["entries"]] == [2]
    assert [entry["id"] for entry in log.entries(conversation_id="c-1")["entries"]] == [1]
    assert log.entries(agent_id="' OR 1=1 --")["entries"] == []
