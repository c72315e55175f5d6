"""A value is written as an owner would write it, and reads back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.studio.files.scalar import Scalar, scalar


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("It's 7:30-18:00", "It's 7:30-18:00"),
        ("one, two", "one, two"),
        ("Yes: it is", '"Yes: it is"'),
        ("{name} 😀", '"{name} 😀"'),
        ("3", '"3"'),
        ("", '""'),
        (0.56, "0.56"),
        (True, "true"),
        (date(2027, 5, 3), "2027-05-03"),
    ],
)
def test_a_value_is_bare_where_that_says_the_same(value: Scalar, words: str) -> None:
    assert scalar(value) == words


def test_what_stood_in_quotation_marks_stays_in_them_and_commas_part_what_is_in_brackets() -> None:
    assert scalar("plain", '"') == '"plain"'
    assert scalar("one, two", flow=True) == '"one, two"'


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"))) | st.floats(allow_nan=False), st.booleans())
def test_it_reads_back(value: Scalar, flow: bool) -> None:
    words = scalar(value, flow=flow)
    text = f"a: [{words}, 1]" if flow else f"a: {words}  # beside"
    read = YAML(typ="safe", pure=True).load(text)["a"]
    assert (read[0] if flow else read) == value
