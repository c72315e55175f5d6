"""The measurement of the desk: a past that is the same each time, and timings that are real arrivals."""

from datetime import datetime, timezone
from pathlib import Path

from sqlalchemy import func, select

from bot.bench.desk import TITLES, Crowd, figures
from bot.bench.past import Past
from bot.storage import search
from bot.storage.engine import Database
from bot.storage.tables import conversations, handoffs, messages

END = datetime(2026, 11, 20, tzinfo=timezone.utc)


def test_the_past_is_the_same_each_time_and_can_be_searched(tmp_path: Path) -> None:
    said = []
    for name in ("one", "two"):
        database = Database(f"sqlite:///{tmp_path}/{name}.db")
        crowd = Crowd()
        crowd.fill(database, past=60)
        with database.read() as connection:
            past = conversations.c.id.startswith("past-")
            owners = dict(
                connection.execute(
                    select(conversations.c.owner, func.count()).group_by(conversations.c.owner)
                ).all()
            )
            said.append(
                connection.execute(
                    select(messages.c.text).where(messages.c.conversation_id.startswith("past-"))
                )
                .scalars()
                .all()
            )
            assert owners == {"closed": 60, "agent": len(crowd.tokens)}
            assert connection.scalar(select(func.count()).select_from(handoffs)) > len(crowd.tokens)
            holds = search.holding("sqlite", ["order"], {})
            assert 0 < len(connection.execute(select(conversations.c.id).where(past, holds)).all()) < 60
        database.close()
    assert said[0] == said[1] and len(set(said[0])) > len(said[0]) / 3


def test_what_people_say_is_varied() -> None:
    past = Past(["a"], END)
    assert len({past.message() for _ in range(300)}) > 200 and len({past.name() for _ in range(100)}) > 90


def test_figures_are_medians_and_percentiles_of_what_was_measured() -> None:
    found = {figure.what: figure.ours for figure in figures({what: [0.1, 0.2, 0.9] for what in TITLES})}
    assert len(found) == 2 * len(TITLES)
    assert {round(value) for what, value in found.items() if what.endswith("median")} == {200}
    assert {round(value) for what, value in found.items() if what.endswith("percentile")} == {900}
