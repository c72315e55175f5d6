import pytest

from bot.nlu.spelling import Speller

DICTIONARY = {"where": 1, "because": 2, "order": 3, "burrow": 4, "seldom": 20_000}
OWNER = {"delivery": 5, "subscription": 2, "refund": 2, "kettle": 2, "refnd": 1}


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("my delivry", "my delivery"),
        ("my DELVIERY", "my delivery"),
        ("subscriptionn", "subscription"),
        ("refnd", "refund"),  # a slip in an owner's own example
        ("becuase", "because"),
        ("seldomm", "seldomm"),  # rare words are not guessed at
        ("Kettle", "Kettle"),
        ("lettle", "lettle"),  # slips rarely hit the first letter
        ("teh", "teh"),
        ("me@delivry.com", "me@delivry.com"),
        ("CK-10423", "CK-10423"),
        ("", ""),
    ],
)
def test_slips_become_the_nearest_known_word(written: str, mended: str) -> None:
    assert Speller(OWNER, DICTIONARY).mend(written) == mended


def test_words_are_counted_over_the_examples() -> None:
    speller = Speller.learn(["Cancel my order", "cancel it"], DICTIONARY)
    assert speller.owner_words == {"cancel": 2, "order": 1}
