import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import LONGEST, clean


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("  where   is\tmy\norder ", "where is my order"),
        ("it\u2019s late", "it's late"),
        ("ref\u200bund", "refund"),
        ("\uff4f\uff50\uff45\uff4e?", "open?"),
        ("soooooo laaate", "soo laate"),
        ("order 10000 !!!", "order 10000 !!!"),
        ("late again \U0001f621", "late again"),
        ("\U0001f44d", "thumbs up sign"),
        ("\U0001f44d\U0001f3fd", "thumbs up sign"),
        ("\ud800", ""),
        ("\x00\x07", ""),
        ("", ""),
    ],
)
def test_what_customers_type_is_made_even(written: str, expected: str) -> None:
    assert clean(written) == expected


@given(st.text(st.characters()))
def test_cleaning_never_fails_and_leaves_text_that_can_be_stored(written: str) -> None:
    clean(written).encode("utf-8")


def test_endless_text_is_cut() -> None:
    assert len(clean("word " * 10_000)) <= LONGEST
