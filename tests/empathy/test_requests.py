"""Requests for a person in all wordings, and what only looks like one, as listed in requests.jsonl."""

import json
from pathlib import Path

import pytest

from bot.empathy.cues import explicit_request

ROWS = [json.loads(line) for line in (Path(__file__).parent / "requests.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_request(row):
    assert (explicit_request(row["text"]) is not None) == row["wants_person"]


def test_the_words_that_ask_are_quoted():
    text = "My order came late. Could you let me speak to Hannah in the roastery, please?"
    assert "speak to Hannah" in explicit_request(text).quote
