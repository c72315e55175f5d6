"""A card is drawn only when every field can be."""

import logging
from typing import Any

import pytest

from bot.desk.cards import readable

CARD = {
    "kind": "order",
    "number": "CK-10423",
    "status": "shipped",
    "placed_at": "2026-11-12T09:30:00+00:00",
    "expected_at": None,
    "items": [{"name": "Guji Natural", "quantity": 2}],
    "total": 31.5,
    "currency": "GBP",
    "tracking": None,
}


def test_a_card_is_kept_as_it_came() -> None:
    assert readable(CARD) == CARD
    assert readable(None) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "page"},
        {"number": None},
        {"number": "x" * 65},
        {"status": "lost"},
        {"placed_at": "soon"},
        {"items": [{"name": "Guji", "quantity": 0}]},
        {"total": float("inf")},
        {"currency": "pounds"},
        {"html": "<b>"},
    ],
)
def test_one_that_cannot_be_read_is_left_out_and_named(
    wrong: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert readable(CARD | wrong) is None
    assert next(iter(wrong)) in caplog.text and "CK-10423" not in caplog.text
