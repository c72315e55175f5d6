"""The notation: what a row of words finds, and which of several spans count."""

import pytest

from bot.empathy.notation import END, START, Rows


def spans(row, text, name="x"):
    return Rows({name: row}).spans([START, *text.split(), END]).get(name, [])


@pytest.mark.parametrize(
    ("row", "text", "found"),
    [
        ("agent", "my agent", [(2, 3)]),
        ("a|the agent", "the agent", [(1, 3)]),
        ("the? agent", "the agent", [(1, 3)]),
        ("ask * price", "ask about the price", [(1, 5)]),
        ("^ agent $", "agent", [(0, 3)]),
        ("agent", "nobody", []),
    ],
)
def test_where_a_row_stands(row, text, found):
    assert spans(row, text) == found


def test_the_longest_span_counts_and_of_a_veto_every_one():
    rows = "a b ; a b c ; c d"
    assert spans(rows, "a b c d") == [(1, 4)]
    assert sorted(spans(rows, "a b c d", name="-x")) == [(1, 3), (1, 4), (3, 5)]
