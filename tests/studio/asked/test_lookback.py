"""All that an owner looks back on, from the desk's database and the owner's files."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bot.storage import heard as stored
from bot.studio.asked.lookback import UNKNOWN, UPSET, VERDICT, Lookback
from bot.studio.asked.meaning import Vectors
from bot.studio.files.workspace import Workspace
from bot.studio.questions.questions import Questions
from tests.databases import fresh
from tests.desk.studio.desk import copied
from tests.studio import asked_past as past
from tests.studio.asked_past import NOW, ask, heard, say

SINCE = NOW - timedelta(days=30)
FALLBACK = heard("nlu_fallback", 0.9, "location", 0.1)


def by_topic(texts: Sequence[str]) -> np.ndarray:
    """Stands in for the encoder: what speaks of dogs, of decaf, and all else."""
    rows = [[float("dog" in text.lower()), float("decaf" in text.lower()), 0.3] for text in texts]
    return np.array([np.array(row) / np.linalg.norm(row) for row in rows], np.float32)


@pytest.fixture
def lookback(tmp_path: Path) -> Lookback:
    database = fresh(tmp_path / "desk.db")
    past.add_noor(database)
    past.add(database, "c1", ask("Dogs?", FALLBACK, level=0.4), days=2)
    past.add(database, "c2", ask("My dog?", FALLBACK), days=1)
    past.add(database, "c3", ask("What decaf is that?", heard("decaf", 0.45)), days=3)
    late = heard("check_order_status")
    past.add(database, "c4", ask("Where is it?", late), say(), ask("Where IS it?", late, level=0.6))
    past.judge(database, "c4", "too_late")
    questions = Questions(Workspace(copied(tmp_path / "shop"), tmp_path / "aside"))
    return Lookback(database, questions, Vectors(by_topic))


def test_groups_come_with_what_they_are_near_to(lookback: Lookback) -> None:
    dogs, decaf = lookback.groups(lookback.look(SINCE))
    assert ([one.text for one in dogs.messages], dogs.suggested) == (["My dog?", "Dogs?"], None)
    assert decaf.suggested and decaf.suggested.intent == "decaf" and decaf.suggested.editable


def test_what_went_badly_and_what_agents_said(lookback: Lookback) -> None:
    found = lookback.look(SINCE)
    (badly,) = found.badly
    assert (badly.intent, badly.asked, len(badly.cases), badly.editable) == (
        "check_order_status",
        2,
        1,
        False,
    )
    (opinion,) = found.opinions
    assert (opinion.judged.escalation, opinion.feeling) == ("too_late", "upset")
    assert found.asked == 5 and found.put_away == 0


def test_what_was_put_away_is_only_seen_when_asked_for(lookback: Lookback) -> None:
    with lookback._database.write() as connection:
        for about, item in {UNKNOWN: ("c1", "1"), UPSET: ("c4", "1"), VERDICT: ("c4", "h-c4")}.items():
            stored.put(connection, about, [item], agent_id="noor", at=NOW)
    open_, away = lookback.look(SINCE), lookback.look(SINCE, away=True)
    assert [one.text for one in open_.messages] == ["My dog?", "What decaf is that?"]
    assert (open_.badly, open_.opinions, open_.put_away) == ([], [], 3)
    assert [one.text for one in away.messages] == ["Dogs?"]
    assert (len(away.badly), len(away.opinions)) == (1, 1)


def test_nothing_is_encoded_where_nothing_was_asked(lookback: Lookback) -> None:
    found = lookback.look(NOW + timedelta(days=1))
    assert found.to_encode == [] and lookback.groups(found) == []
