"""Near to another question, or to one's own; and what is mixed up."""

import numpy as np
import pytest

from bot.studio.asked.meaning import Vectors
from bot.studio.questions.likeness import Likeness

# A direction for each text, in degrees: what is said of likeness can be told from the angles.
ANGLES = {"decaf?": 0, "no caffeine?": 30, "open?": 90, "opening hours": 100, "parking?": 180, "typed": 0}
EXAMPLES = {"decaf": ["decaf?", "no caffeine?"], "hours": ["open?", "opening hours"], "parking": ["parking?"]}


def likeness(**angles: float) -> Likeness:
    known = {**ANGLES, **angles}

    def encode(texts: list[str]) -> np.ndarray:
        turned = np.radians([known[text] for text in texts])
        return np.column_stack([np.cos(turned), np.sin(turned)]).astype(np.float32)

    return Likeness(Vectors(encode))


def test_the_nearest_questions_are_named_with_their_nearest_example() -> None:
    first, second, *_ = likeness(typed=70).near("typed", EXAMPLES)
    assert (first.intent, first.example, first.too_near) == ("hours", "open?", True)
    assert first.likeness == pytest.approx(np.cos(np.radians(20)), abs=1e-3)
    assert (second.intent, second.example, second.too_near) == ("decaf", "no caffeine?", True)


def test_what_is_nearer_to_its_own_question_is_not_too_near_to_others() -> None:
    assert not any(one.too_near for one in likeness(typed=50).near("typed", EXAMPLES, "decaf"))
    assert likeness(typed=70).near("typed", EXAMPLES, "decaf")[0].too_near


def test_an_example_is_not_its_own_neighbour() -> None:
    moved = {"decaf": ["decaf?", "typed"], "hours": EXAMPLES["hours"]}
    assert likeness(typed=80).near("typed", moved, "decaf")[0].too_near


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert likeness().near("typed", {}) == []


def test_what_is_mixed_up_is_counted_with_the_worst() -> None:
    found = likeness(**{"no caffeine?": 88}).mixed_up(EXAMPLES)
    assert (found["decaf"].examples, found["decaf"].other) == (1, "hours")
    assert found["decaf"].likeness == pytest.approx(np.cos(np.radians(2)), abs=1e-3)
    assert (found["hours"].examples, found["hours"].other) == (1, "decaf")


def test_it_compares_with_what_the_files_say_now() -> None:
    known = likeness(typed=180)
    assert known.near("typed", EXAMPLES)[0].intent == "parking"
    fewer = {name: texts for name, texts in EXAMPLES.items() if name != "parking"}
    assert not known.knows(fewer)
    assert known.near("typed", fewer)[0].intent == "hours"
