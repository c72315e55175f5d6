"""Past conversations out of the database: parted where people had them, and how those took over."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from bot.storage.engine import Database
from bot.storage.tables import agents, messages
from bot.studio.settings.past import days, stretches
from tests.databases import fresh
from tests.storage.rows import agent_row
from tests.studio.talks import remember

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


@pytest.fixture
def database(tmp_path: Path):  # type: ignore[no-untyped-def]
    database = fresh(tmp_path / "desk.db")
    with database.write() as connection:
        connection.execute(insert(agents), [agent_row("a-sam"), agent_row("a-noor")])
    yield database
    database.close()


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def test_a_conversation_ends_where_a_person_takes_over_and_begins_anew_after(database: Database) -> None:
    with database.write() as connection:
        said = (
            "where is it",
            "It comes.",
            "IT DID NOT",
            "I'm sorry.",
            "hello again",
            "Yes?",
            "thanks",
            "Bye.",
        )
        remember(connection, "c", ago(days=2), *said, handed=3, minutes=1.5, judged=("not_needed",))
    with database.read() as connection:
        found, whose = stretches(connection, NOW)
    first, second = found
    assert [turn.seq for turn in first.turns] == [1, 2, 3] and first.person
    assert (first.person.seq, first.person.minutes, first.person.verdicts) == (3, 1.5, ("not_needed",))
    assert not first.person.asked and first.person.why == "More and more upset"
    assert [turn.seq for turn in second.turns] == [5, 7] and second.person is None
    assert whose == {}


@pytest.mark.parametrize(
    ("code", "before", "asked"),
    [
        ("explicit_request", "It comes.", True),
        ("explicit_request", "+Shall I call somebody?", False),
        ("taken_over", "It comes.", True),
        ("anger", "It comes.", False),
    ],
)
def test_who_asked_or_was_taken_over_is_told_apart(
    database: Database, code: str, before: str, asked: bool
) -> None:
    with database.write() as connection:
        remember(connection, "c", ago(days=2), "hello", before, "yes", handed=3, code=code, customer_id="c-m")
    with database.read() as connection:
        found, whose = stretches(connection, NOW)
    assert found[0].person and found[0].person.asked is asked
    assert whose == {("c", 1): "c-m"}


def test_what_is_too_old_and_what_was_clicked_is_left_out(database: Database) -> None:
    with database.write() as connection:
        remember(connection, "old", ago(days=95), "hello", "Hi.")
        remember(connection, "new", ago(days=5), "Yes", "Fine.", "A title", "Hm.", "words")
        connection.execute(update(messages).where(messages.c.seq == 1).values(payload="/affirm"))
        connection.execute(update(messages).where(messages.c.seq == 3).values(payload="/ask_hours"))
    with database.read() as connection:
        found, _ = stretches(connection, NOW)
    assert [turn.text for turn in found[0].turns] == ["Yes, please.", "Fine.", "Hm.", "words"]
    assert len(found) == 1 and round(days(found, NOW)) == 5
    assert days([], NOW) == 1.0
