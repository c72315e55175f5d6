"""The last real messages, as the draft and the live version take them."""

from collections.abc import Sequence

from bot.settings import ROOT
from bot.studio.trial.comparison import Heard, Side, answers, compare


def side(heard: dict[str, Heard], words: str = "") -> Side:
    def understand(texts: list[str]) -> Sequence[Heard]:
        return [heard[text] for text in texts]

    return Side(understand, lambda intent: f"{words}{intent}.")


SAID = [(("c", 1), "same"), (("c", 3), "surer"), (("c", 5), "moved")]
LIVE = {"same": ("decaf", 0.9), "surer": ("decaf", 0.5), "moved": ("nlu_fallback", 0.9)}
DRAFT = {**LIVE, "surer": ("decaf", 0.8), "moved": ("oat_milk", 0.7)}


def test_those_that_differ_come_first() -> None:
    rows = compare(SAID, side(LIVE), side(DRAFT))
    assert [(row["seq"], row["differs"]) for row in rows] == [(5, "question"), (3, "confidence"), (1, "")]
    assert rows[0]["live"]["title"] == "not understood" and rows[0]["draft"]["title"] == "Oat milk"
    rows = compare(SAID[:1], side(LIVE, "Yes: "), side(LIVE, "No: "))
    assert [row["differs"] for row in rows] == ["answer"]


def test_no_words_of_customers_are_kept() -> None:
    assert not [row for row in compare(SAID, side(LIVE), side(DRAFT)) if "text" in row]


def test_the_plain_answer_with_the_owners_facts() -> None:
    answer = answers(ROOT)
    assert "{" not in answer("decaf") and answer("decaf").startswith("Yes: ")
    assert answer("check_order_status") == "Begins: Where my order is."
    assert answer("nlu_fallback") == "Asks to say it in other words."
    assert answer("no_such_question") == "Begins: No such question."
