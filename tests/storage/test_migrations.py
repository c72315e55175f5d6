"""An older database comes along with all its rows, on SQLite and on PostgreSQL."""

from datetime import datetime, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import insert, select, text
from sqlalchemy.engine import Engine

from bot.storage import search
from bot.storage.engine import MIGRATIONS, make_engine, migrate
from bot.storage.tables import agent_sessions, conversations, handoffs, messages

AT = datetime(2026, 11, 1, tzinfo=timezone.utc)
ENDS = {
    "waits": ("NULL", "NULL"),
    "held": ("'2026-11-02'", "NULL"),
    "back": ("'2026-11-02'", "'handed_back'"),
    "done": ("'2026-11-02'", "'resolved'"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/desk.db" if is_sqlite else request.getfixturevalue("postgres_url")
    engine = make_engine(url)
    yield engine
    engine.dispose()


def test_hand_overs_of_an_older_desk_get_their_state(engine: Engine) -> None:
    _move(engine, command.upgrade, "0001")
    with engine.begin() as connection:
        for row in _old_rows():
            connection.execute(text(row))
    migrate(engine)
    with engine.begin() as connection:
        states = dict(connection.execute(select(handoffs.c.id, handoffs.c.state)).all())
        assert states == {"waits": "queued", "held": "in_progress", "back": "handed_back", "done": "resolved"}
        assert set(connection.execute(select(handoffs.c.passed_by)).scalars().first() or ()) == set()
        assert connection.scalar(select(handoffs.c.weight)) == 1.0
        assert connection.scalar(select(conversations.c.visitor_seen_seq)) == 0
        ids = connection.execute(select(agent_sessions.c.id)).scalars().all()
        assert len(set(ids)) == 2 and all(ids)


def test_going_back_keeps_how_hand_overs_ended(engine: Engine) -> None:
    _move(engine, command.upgrade, "0001")
    with engine.begin() as connection:
        for row in _old_rows():
            connection.execute(text(row))
    _move(engine, command.upgrade, "0002")
    _move(engine, command.downgrade, "0001")
    with engine.begin() as connection:
        ended = dict(connection.execute(text("SELECT id, ended_as FROM handoffs")).all())
    assert ended == {"waits": None, "held": None, "back": "handed_back", "done": "resolved"}


def test_what_later_tables_bring_leaves_the_search_as_it_is(engine: Engine) -> None:
    migrate(engine)
    _move(engine, command.downgrade, "0003")
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text(_old_rows()[1]))
        said = {"conversation_id": "c", "seq": 1, "speaker": "visitor", "text": "A kettle", "at": AT}
        connection.execute(insert(messages), [said])
        for word, expected in {"kettle": ["c"], "coffee": []}.items():
            held = search.holding(connection.dialect.name, [word], {})
            assert connection.execute(select(conversations.c.id).where(held)).scalars().all() == expected


def _move(engine: Engine, step: object, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config, revision)


def _old_rows() -> list[str]:
    rows = [
        "INSERT INTO agents (id, email, name, password_hash, role, disabled, created_at)"
        " VALUES ('sam', 'sam@copperkettle.example', 'Sam', '-', 'owner', false, '2026-11-01')",
        "INSERT INTO conversations (id, owner, version, last_seq, channel, mood_seq, opened_at, changed_at)"
        " VALUES ('c', 'bot', 1, 0, 'web', 0, '2026-11-01', '2026-11-01')",
    ]
    for token in ("one", "two"):
        rows.append(
            "INSERT INTO agent_sessions (token_hash, agent_id, csrf, created_at, expires_at)"
            f" VALUES ('{token}', 'sam', 'x', '2026-11-01', '2026-11-02')"
        )
    for id, (claimed_at, ended_as) in ENDS.items():
        ended_at = "NULL" if ended_as == "NULL" else "'2026-11-02'"
        rows.append(
            "INSERT INTO handoffs (id, conversation_id, cause, reasons, filled, missing, availability,"
            " opened_at, claimed_at, claimed_by, ended_at, ended_as)"
            f" VALUES ('{id}', 'c', '{id}', '[]', '[]', '[]', 'live', '2026-11-01',"
            f" {claimed_at}, 'sam', {ended_at}, {ended_as})"
        )
    return rows
