"""The word list, without a shop's everyday words."""

import pytest

from bot.empathy.lexicon import Lexicon

LEXICON = Lexicon()


@pytest.mark.parametrize(
    "text", ["cancel my order", "a complaint about a damaged item", "dark and bitter roast", ""]
)
def test_topics_are_no_feelings(text):
    assert LEXICON.valence(text) == pytest.approx(0, abs=0.2)


def test_feelings_are():
    assert LEXICON.valence("this is horrible, I hate it") < -0.5
    assert LEXICON.valence("wonderful, I love it") > 0.5
