"""When two messages ask the same."""

import numpy as np
import pytest

from bot.empathy.repeats import SAME, Meaning, likeness


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("where is my order", "WHERE IS MY ORDER?!", True),
        ("how long does a refund take", "how long does the refund take??", True),
        ("what is the warranty on the kettle", "so what is the kettle warranty", True),
        ("can i change the delivery adress", "can i change the delivery address", True),
        ("do you sell decaf beans", "do you sell whole beans", False),
        ("when do you open on sunday", "when do you close on monday", False),
        ("status of order CK-10423 please", "status of order CK-10431 please", False),
        (
            "what does express shipping to france cost for beans",
            "what does express shipping to spain cost for beans",
            False,
        ),
        ("CK-10423", "CK-10423", False),
        ("yes", "yes", False),
        ("", "", False),
    ],
)
def test_likeness(one, other, same):
    assert (likeness(one, other) >= SAME) is same
    assert likeness(one, other) == likeness(other, one)


def vectors(texts):
    """Toy sentence vectors: about Man, or not."""
    return np.array([[1.0, 0.0] if "man" in text.lower() else [0.0, 1.0] for text in texts])


def test_the_same_meaning_in_other_words_is_a_repeat():
    alike = Meaning(vectors)
    assert alike("does signed-for cover the Isle of Man", "Isle. Of. Man. Yes or no") >= SAME
    assert alike("does signed-for cover the Isle of Man", "when do you close today") < SAME


def test_another_number_asks_something_else():
    assert Meaning(vectors)("is 12 for Man late", "is 13 for Man late") < SAME
