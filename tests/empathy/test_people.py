"""People in a text are read as one word: their role."""

import pytest

from bot.empathy.people import parts
from bot.empathy.words import words


def joined(text):
    return " ".join(part.plain for part in parts(words(text), text, joined=True)[1:-1])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("an actual living person", "HUMAN"),
        ("get someone who isn't a computer", "get HUMAN"),
        ("any of your lovely people", "STAFF"),
        ("somebody from the roastery called", "STAFF called"),
        ("whoever is in charge", "STAFF"),
        ("ask a young lady or gentleman", "ask STAFF"),
        ("pass me to accounts", "pass me to OFFICE"),
        ("my manager knows", "OUTSIDER knows"),
        ("my estate agent knows", "OUTSIDER knows"),
        ("human rights", "THING"),
        ("speak to Hannah", "speak to NAMED"),
        ("come on Monday", "come on monday"),
        ("the Ethiopian", "the ethiopian"),
        ("Hannah knows", "hannah knows"),
    ],
)
def test_who_is_meant(text, read):
    assert joined(text) == read


def test_a_part_knows_its_words():
    said = words("get your manager now")
    assert [(part.first, part.last) for part in parts(said, "get your manager now", joined=True)[1:-1]] == [
        (1, 1),
        (2, 3),
        (4, 4),
    ]
    assert [part.plain for part in parts(said, "", joined=False)[1:-1]] == ["get", "your", "manager", "now"]
