"""How often each question was asked, and how often it went badly."""

from datetime import timedelta
from pathlib import Path

from bot.studio.asked.health import DAYS, Counts, counts
from tests.databases import fresh
from tests.studio import asked_past as past
from tests.studio.asked_past import NOW, ask, heard, say


def test_what_was_asked_and_went_badly_is_counted_by_intent(tmp_path: Path) -> None:
    database = fresh(tmp_path / "desk.db")
    late, decaf = heard("check_order_status"), heard("decaf")
    past.add(database, "c1", ask("Where is it?", late), say(), ask("Still nothing!", late, level=0.6))
    past.add(database, "c2", ask("Decaf?", decaf), say(), ask("Thanks", heard("thank")))
    past.add(database, "c3", ask("Decaf?", decaf), days=DAYS + 1)
    since = NOW - timedelta(days=DAYS)
    expected = {"check_order_status": Counts(2, 1), "decaf": Counts(1, 0), "thank": Counts(1, 0)}
    assert counts(database, since) == expected
    database.close()
