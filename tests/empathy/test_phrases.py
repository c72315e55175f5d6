"""The phrases: well formed, weighed, and each of them able to match."""

import pytest

from bot.empathy.cues import CueFinder
from bot.empathy.notation import SYMBOLS
from bot.empathy.phrases import PHRASES
from bot.empathy.phrases.phrase import Phrase
from bot.empathy.reading import EMOTIONS, TARGETS
from bot.empathy.words import CONCEPTS


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.code)
def test_well_formed(phrase):
    assert 0 <= phrase.weight < 1
    assert phrase.emotion in EMOTIONS
    assert phrase.target in (*TARGETS, "")
    for row in (phrase.patterns + " ; " + phrase.vetoes).replace(" ; ", "\n").splitlines():
        for part in row.split():
            for name in part.rstrip("?").split("|"):
                if name.isupper() and name.isascii() and name.isalpha():
                    assert name in CONCEPTS or name in SYMBOLS, f"{phrase.code}: {name} is no concept"


def test_codes_are_unique():
    assert len({phrase.code for phrase in PHRASES}) == len(PHRASES)


@pytest.mark.parametrize(
    ("row", "yes", "no"),
    [
        ("^ agent PLEASE? $", "Agent please!", "my agent"),
        ("still|yet no|not", "STILL no", "still"),
        ("ask * price", "ask about the price", "ask me about all the price"),
        ("< well", "no. well", "very well"),
        ("NUMBER stars", "17 stars", "some stars"),
    ],
)
def test_the_notation(row, yes, no):
    finder = CueFinder([Phrase("x", "x", 0.1, "neutral", row, negatable=False)])
    assert finder.find(yes) and not finder.find(no)


def test_a_veto_takes_back_and_a_not_denies():
    finder = CueFinder([Phrase("x", "x", 0.1, "neutral", "happy", "happy birthday")])
    assert finder.find("so happy")
    assert not finder.find("happy birthday")
    assert not finder.find("i am not very happy")
    assert finder.find("not now. happy")
