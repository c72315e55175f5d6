"""`./kindhand survey`, as its owner types it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import kindhand
from bot.handoff.model import Conversation, Survey, utc_now
from bot.storage import conversations, surveys
from bot.storage.engine import Database


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with two answers, one of them old."""
    monkeypatch.setenv("KINDHAND_VAR", str(tmp_path))
    now = utc_now()
    database = Database(f"sqlite:///{tmp_path}/desk.db")
    database.migrate()
    with database.write() as connection:
        conversations.add(connection, Conversation("c-1", now, now))
        for id, days, score in (("s-1", 2, 4), ("s-2", 100, 1)):
            at = now - timedelta(days=days)
            surveys.add(connection, Survey(id, "c-1", "silence", at, satisfaction=score, answered_at=at))
    database.close()
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(kindhand, ["survey", *words])
    return result.exit_code, result.output


def test_the_table_is_of_the_days_that_are_named(desk: Path) -> None:
    code, out = run()
    assert code == 0 and "Asked in the last 90 days" in out and "4 (1)" in out
    assert "2.5 (2)" in run("--days", "365")[1]


def test_the_same_as_json(desk: Path) -> None:
    code, out = run("--json")
    assert code == 0
    everything = json.loads(out)["all"]["all"]
    assert (everything["asked"], everything["satisfaction"]) == (1, {"n": 1, "median": 4})


def test_all_answers_as_a_file(desk: Path) -> None:
    file = desk / "answers.csv"
    code, out = run("--days", "365", "--csv", str(file))
    assert code == 0 and "2 surveys" in out
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == 3
