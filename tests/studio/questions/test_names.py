"""Names are plain, unique and mean nothing else to those who read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import yaml_tree
from bot.errors import StudioError
from bot.studio.questions.names import LONGEST, name_for


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Do you have oat milk?", "do_you_have_oat_milk"),
        ("Où est ma facture ?", "ou_est_ma_facture"),
        ("Wie groß ist die Tüte?", "wie_gross_ist_die_tute"),
        ("What's new", "whats_new"),
        ("هل أنتم مفتوحون؟", "question_1"),
        ("24/7?", "question_24_7"),
        ("No", "question_no"),
        ("Export", "question_export"),
    ],
)
def test_a_title_makes_a_name(title: str, name: str) -> None:
    assert name_for(title) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert name_for("Decaf?", {"decaf", "utter_decaf_2"}) == "decaf_3"


def test_a_title_without_words_is_refused() -> None:
    with pytest.raises(StudioError, match="needs words"):
        name_for(" ?! ")


@given(st.text(min_size=1))
def test_every_name_is_a_word_to_yaml(title: str) -> None:
    if any(sign.isalnum() for sign in title):
        name = name_for(title)
        assert yaml_tree.parse(f"intent: {name}", "f.yml") == {"intent": name}
        assert name.isascii() and name.isidentifier() and len(name) <= LONGEST + len("question_")
