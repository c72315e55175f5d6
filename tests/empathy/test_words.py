"""Words, their places, and the slips that are forgiven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.empathy.words import MOST_WORDS, words


def plain(text):
    return [word.plain for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I don't, I’ll", ["i", "dont", "iwill"]),
        ("PLEEEASE!!!", ["please", "!"]),
        ("humann persn agnet", ["human", "person", "agent"]),
        ("humane persona manage", ["humane", "persona", "manage"]),
        ("one-star", ["one", "star"]),
        ("£32.50 CK-10423 3rd", ["#", "ck", "#", "3rd"]),
        ("café naïve", ["cafe", "naive"]),
        ("ok 😡", ["ok", "😡"]),
        ("", []),
        ("\ud83d\x00 \u200b", []),
    ],
)
def test_plain_spelling(text, expected):
    assert plain(text) == expected


@given(st.text(max_size=200))
def test_words_point_into_the_text_in_order(text):
    ends = 0
    for word in words(text):
        assert ends <= word.start < word.end <= len(text)
        word.plain.encode()
        ends = word.end


def test_a_very_long_text_is_read_at_both_ends():
    found = plain("begin " + "word " * 50_000 + "end")
    assert len(found) == MOST_WORDS
    assert (found[0], found[-1]) == ("begin", "end")
