"""When two messages ask the same."""

import pytest

from bot.empathy.repeats import SAME, likeness


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
