"""`./kindhand unanswered`, over a database with a past."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bot.commands.asked import unanswered
from tests.databases import fresh
from tests.studio import asked_past as past
from tests.studio.asked_past import ask, heard


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command where two people asked for dogs, with an encoder that finds all alike."""
    database = fresh(tmp_path / "desk.db")
    for number, text in enumerate(("Dogs?", "May I bring a dog?")):
        past.add(database, f"c{number}", ask(text, heard("nlu_fallback"), level=0.6 * number))
    database.close()

    class Encoder:
        def encode(self, texts: Sequence[str]) -> np.ndarray:
            return np.ones((len(texts), 1), np.float32)

    monkeypatch.setattr("bot.nlu.encoder.load_encoder", Encoder)
    monkeypatch.setenv("KINDHAND_VAR", str(tmp_path))
    return lambda *words: CliRunner().invoke(unanswered, words)


def test_the_groups_are_printed(run) -> None:
    told = run()
    assert told.exit_code == 0 and "Of 2 messages of the last 30 days, 2 were" in told.output
    assert "2 ×" in told.output and "1 upset" in told.output


def test_a_program_reads_them_as_json(run) -> None:
    told = json.loads(run("--json").output)
    assert (told["asked"], told["groups"][0]["size"]) == (2, 2)
    assert {one["text"] for one in told["groups"][0]["messages"]} == {"Dogs?", "May I bring a dog?"}


def test_a_file_has_a_row_for_each(run, tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    assert run("--csv", str(path)).output == f"  {path}: 2 messages in 1 group\n"
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2
