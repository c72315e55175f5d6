"""What counts as not understood, and how it is put together."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from bot.storage.heard import Heard
from bot.studio.asked import unknown
from bot.studio.asked.feelings import Feelings
from bot.studio.asked.unknown import (
    TORN,
    UNKNOWN,
    UNSURE,
    Known,
    Message,
    grouped,
    plain,
    texts_of,
    unanswered,
    why,
)
from tests.studio.asked_past import NOW, heard, texts

CALM = Feelings({})


@pytest.mark.parametrize(
    ("told", "failed", "reason"),
    [
        (heard("decaf", 0.9, "allergens", 0.1), False, None),
        (heard("decaf", 0.9), True, UNKNOWN),
        (heard("nlu_fallback", 0.9, "decaf", 0.1), False, UNKNOWN),
        (heard("out_of_scope", 0.95), False, UNKNOWN),
        (heard("decaf", 0.45), False, UNSURE),
        (heard("affirm", 0.45), False, None),
        (heard("decaf", 0.52, "allergens", 0.35), False, TORN),
        (heard("nlu_fallback", 0.9, answered=["report_problem_form", "utter_ask_problem_text"]), False, None),
        (heard("nlu_fallback", 0.9, answered=["action_escalate"]), False, None),
        (heard("nlu_fallback", 0.9, answered=["callback_form"]), True, UNKNOWN),
    ],
)
def test_why_a_message_was_not_surely_understood(told: Any, failed: bool, reason: str | None) -> None:
    assert why(told, failed=failed) == reason


def row(text: str, told: Any = None, *, id: str = "c", seq: int = 1, days: float = 1) -> Heard:
    return Heard(id, seq, text, NOW - timedelta(days=days), told or heard("nlu_fallback", 0.9, "decaf", 0.1))


def test_the_bots_own_word_counts_for_the_message_before_it() -> None:
    rows = [row("Decaf?", heard("decaf"), seq=1), row("And milk?", heard("decaf"), seq=4)]
    assert texts(unanswered(rows, [("c", 3), ("other", 9)], CALM)) == ["Decaf?"]


def test_what_is_an_example_by_now_is_left_out() -> None:
    rows = [row("Dogs?", seq=1), row("dogs", seq=3), row("Fish", seq=5)]
    assert texts(unanswered(rows, [], CALM, known={"dogs"})) == ["Fish"]


def test_a_message_says_what_was_thought_of_and_how_its_customer_felt() -> None:
    felt = Feelings({"c": [{"seq": 1, "level": 0.6, "label": "upset"}]})
    (message,) = unanswered([row("Dogs?")], [], felt)
    assert (message.guess, message.confidence, message.feeling) == ("decaf", 0.1, "upset")
    (message,) = unanswered([row("Dogs?", heard("out_of_scope"), seq=2)], [], felt)
    assert (message.guess, message.confidence, message.feeling) == (None, 0.0, None)


def messages(*said: tuple[str, float]) -> list[Message]:
    rows = [row(text, id=f"c{n}", days=days) for n, (text, days) in enumerate(said)]
    return unanswered(sorted(rows, key=lambda one: one.at, reverse=True), [], CALM)


def at(*angles: float) -> np.ndarray:
    turned = np.radians(np.array(angles))
    return np.column_stack((np.cos(turned), np.sin(turned))).astype(np.float32)


def test_groups_come_by_how_many_asked_not_by_how_many_words_there_were() -> None:
    found = messages(("Cats", 1), ("Kittens", 1), ("Dogs?", 3), ("dogs", 2), ("DOGS!", 5))
    different = texts_of(found)
    assert sorted(map(plain, different)) == ["cats", "dogs", "kittens"] and "dogs" in different
    angle = {"cats": 0.0, "kittens": 10.0, "dogs": 90.0}
    dogs, cats = grouped(found, different, at(*(angle[plain(text)] for text in different)))
    assert texts(dogs.messages) == ["dogs", "Dogs?", "DOGS!"] and dogs.text == "dogs"
    assert texts(cats.messages) == ["Cats", "Kittens"]
    told = dogs.as_dict(1)
    assert (told["size"], len(told["messages"]), told["suggested"]) == (3, 1, None)


def test_nothing_asked_is_no_group() -> None:
    assert grouped([], [], np.zeros((0, 0))) == []


def test_the_nearest_question_is_suggested_by_its_first_example() -> None:
    found = grouped(messages(("Dogs?", 1)), ["Dogs?"], at(80))
    known = Known({"decaf": ["Decaf?"], "pets": ["Pets?", "Animals?"]}, at(0, 20, 90), {"decaf"})
    (group,) = known.suggested(found, at(80))
    assert group.suggested == unknown.Suggestion("pets", "Pets?", 0.98, editable=False)
    assert group.as_dict()["suggested"]["likely"]
    (group,) = known.suggested(found, at(160))
    assert group.suggested is None, "nothing is near enough to be named"
    assert Known({}, np.zeros((0, 2)), ()).suggested(found, at(80)) == found
