"""Requests for a person in all wordings, and what only looks like one, as listed in requests.jsonl."""

import json
from pathlib import Path

from bot.empathy.cues import explicit_request

ROWS = [json.loads(line) for line in (Path(__file__).parent / "requests.jsonl").read_text().splitlines()]


def test_who_wants_a_person_is_heard_and_nobody_else():
    heard = {row["text"]: explicit_request(row["text"]) is not None for row in ROWS}
    assert [row["text"] for row in ROWS if heard[row["text"]] != row["wants_person"]] == []


def test_the_words_that_ask_are_quoted():
    text = "My order came late. Could you let me speak to Hannah in the roastery, please?"
    assert "speak to Hannah" in explicit_request(text).quote
