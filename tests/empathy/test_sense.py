"""Many messages at once: what is told of each, and that any text will do."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.empathy.reading import EMOTIONS, Cue, Reading
from bot.empathy.sense import answer, sense
from bot.errors import OwnerFileError

ANY_TEXT = [
    *("", " ", "x", "?", "😭😭😭", "\ud800", "broken \udfff half", "\x00", "a\u0301\u0302\u0303" * 40),
    *("Wo bleibt mein Paket?", "我的包裹在哪里", "أين طلبي", "where is my order " * 2500 + "get me a human"),
    "  I HAVE BEEN WAITING FOR MY ORDER SINCE MONDAY AND NOBODY IS ANSWERING, THIS IS A DISGRACE " * 3,
]


def asked(*rows: dict[str, object]) -> list[str]:
    return [json.dumps(row) for row in rows]


def stand_in(told: dict[str, Any], text: str) -> bool:
    return all(text[one["start"] : one["end"]] == one["quote"] for one in told["evidence"])


def test_it_says_what_was_read_and_why(detector) -> None:
    text = "This is the third time I ask. You thieves, my solicitor has a copy."
    [told] = sense(asked({"id": "a", "text": text}), lambda: detector)
    assert list(told) == ["id", "emotion", "scores", "distress", "target", "confidence", "evidence"]
    assert (told["id"], told["emotion"], told["target"]) == ("a", "angry", "us")
    assert set(told["scores"]) == set(EMOTIONS) and told["distress"] > 0.5
    found = {one["code"]: one for one in told["evidence"]}
    assert {"told_before", "legal_threat"} <= set(found)
    assert list(found["legal_threat"]) == ["code", "label", "start", "end", "quote", "weight", "found_by"]
    assert stand_in(told, text)


def test_the_message_before_counts(detector) -> None:
    refused = {"text": "great.", "context": "I am sorry, your refund was declined."}
    rows = asked({"id": 1, **refused}, {"id": 2, "text": "great.", "context": None})
    stung, plain = sense(rows, lambda: detector)
    assert stung["distress"] > plain["distress"]


def test_any_text_has_its_answer_in_order(detector) -> None:
    rows = asked(*({"id": place, "text": text} for place, text in enumerate(ANY_TEXT)))
    told = list(sense(rows, lambda: detector))
    assert [one["id"] for one in told] == list(range(len(ANY_TEXT)))
    assert all(one["emotion"] in EMOTIONS and 0 <= one["distress"] <= 1 for one in told)
    assert all(stand_in(one, text) for one, text in zip(told, ANY_TEXT, strict=True))


def test_doubt_is_told_only_where_there_is_one() -> None:
    scores = dict.fromkeys(EMOTIONS, 0.123456)
    cue = Cue("trouble", "something is wrong", 0, 2, "ab", 0.5, "model")
    sure = Reading("neutral", scores, 0.123456, "nobody", (cue,), "toy", 0.98765)
    assert "doubt" not in answer(sure)
    assert answer(sure)["distress"] == 0.1235 and answer(sure)["confidence"] == 0.9877
    assert answer(sure)["evidence"][0]["found_by"] == "model"
    unsure = Reading("neutral", scores, 0, "nobody", (), "toy", 0.2, "another language")
    assert answer(unsure)["doubt"] == "another language"


def test_each_answer_is_given_before_the_next_line_is_read(detector) -> None:
    def lines() -> Iterator[str]:
        yield '{"id": 1, "text": "hi"}'
        pytest.fail("read ahead")

    assert next(sense(lines(), lambda: detector))["id"] == 1


def test_a_wrong_first_line_is_told_before_anything_is_built() -> None:
    with pytest.raises(OwnerFileError, match="asked.jsonl:2: "):
        list(sense(["", "no json"], lambda: pytest.fail("built"), source="asked.jsonl"))
