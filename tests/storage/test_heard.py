"""What was heard is found again, counted, put away and brought back; on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from bot.storage import conversations, heard
from bot.storage.engine import Database
from tests.databases import either_database as either_database
from tests.studio import asked_past as past
from tests.studio.asked_past import NOW, ask, say

MONTH = NOW - timedelta(days=30)


@pytest.fixture
def full(either_database: Database) -> Database:
    past.add_noor(either_database)
    dogs = past.heard("nlu_fallback", 0.9, "location", 0.1)
    past.add(
        either_database, "c1", ask("Dogs?", dogs, level=0.4), say(failed=True), ask("Dogs!", dogs, level=0.6)
    )
    past.add(
        either_database,
        "c2",
        ask("Decaf?", past.heard("decaf")),
        ask("Yes", past.heard("affirm"), payload="/affirm"),
    )
    past.add(either_database, "old", ask("Decaf?", past.heard("decaf")), days=40)
    past.add(either_database, "before", ask("From before it was kept"), days=2)
    return either_database


def test_what_was_typed_comes_with_what_was_heard_the_newest_first(full: Database) -> None:
    with full.read() as connection:
        found = heard.since(connection, MONTH)
        assert [(row.conversation, row.seq) for row in found] == [("c1", 3), ("c1", 1), ("c2", 1)]
        assert found[2].heard["intent"] == "decaf" and found[0].heard["second"]["intent"] == "location"
        assert [row.seq for row in heard.since(connection, MONTH, most=1)] == [3]
        assert heard.counts(connection, MONTH) == {"nlu_fallback": 2, "decaf": 1}
        assert heard.failures(connection, MONTH) == [("c1", 2)]


def test_how_they_felt_comes_by_conversation(full: Database) -> None:
    with full.read() as connection:
        found = heard.moments(connection, MONTH)
    assert [moment["label"] for moment in found["c1"]] == ["uneasy", "upset"]
    assert "old" not in found


def test_verdicts_that_find_nothing_wrong_are_left_out(full: Database) -> None:
    past.judge(full, "c1", "too_late")
    past.judge(full, "c2", "right", "right")
    past.judge(full, "old", None, "too_high")
    with full.read() as connection:
        found = {row.conversation: row for row in heard.judged(connection, MONTH)}
        assert set(found) == {"c1", "old"} and found["c1"].agent == "Noor Haddad"
        assert found["c1"].reasons[0]["label"] == "Angry"
        assert heard.judged(connection, NOW + timedelta(days=1)) == []


def test_what_is_put_away_can_be_brought_back(full: Database) -> None:
    items = [("c1", "1"), ("c1", "3"), ("gone", "1")]
    for _ in range(2):
        with full.write() as connection:
            heard.put(connection, "unknown", items, agent_id="noor", at=NOW, taught="location")
    with full.write() as connection:
        assert heard.put_away(connection, "unknown") == {("c1", "1"), ("c1", "3")}
        assert heard.put_away(connection, "upset") == set()
        heard.bring_back(connection, "unknown", [("c1", "1")])
        assert heard.put_away(connection, "unknown") == {("c1", "3")}


def test_an_erased_conversation_takes_all_of_it_along(full: Database) -> None:
    past.judge(full, "c1", "too_late")
    with full.write() as connection:
        heard.put(connection, "unknown", [("c1", "1")], agent_id="noor", at=NOW)
        conversations.erase(connection, "c1")
        assert {row.conversation for row in heard.since(connection, MONTH)} == {"c2"}
        assert heard.put_away(connection, "unknown") == set() and heard.judged(connection, MONTH) == []
