"""Pieces of sentences about an order."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bot.crm.card import Item, Order
from bot.dialogue.topics import is_topic, title
from bot.dialogue.wording import day_words, items_words, status_response, status_words

NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
ORDER = Order("CK-1", "shipped", NOW, (Item("Beans", 2), Item("Mug")), Decimal(9), "GBP", "5 Mill Lane")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "on Monday 23 November"),
        (-4, "on Tuesday 17 November"),
    ],
)
def test_days(days: int, words: str) -> None:
    assert day_words(NOW + timedelta(days=days), NOW) == words


def test_items() -> None:
    assert items_words(ORDER) == "2 × Beans; Mug"
    assert (
        items_words(replace(ORDER, items=(Item("A"), Item("B"), Item("C"), Item("D"))))
        == "A; B; C and 1 more"
    )


@pytest.mark.parametrize(
    ("status", "due", "response", "expected"),
    [
        ("shipped", 1, "utter_status_shipped", "tomorrow"),
        ("shipped", 0, "utter_status_shipped", "today"),
        ("shipped", -1, "utter_status_late", "yesterday"),
        ("shipped", None, "utter_status_shipped", None),
        ("packing", -1, "utter_status_packing", None),
        ("delivered", -1, "utter_status_delivered", "yesterday"),
        ("cancelled", -1, "utter_status_cancelled", "yesterday"),
    ],
)
def test_how_an_order_stands(status: str, due: int | None, response: str, expected: str | None) -> None:
    order = replace(ORDER, status=status, expected_at=None if due is None else NOW + timedelta(days=due))
    assert status_response(order, NOW) == response
    assert status_words(order, NOW).get("expected") == expected


def test_topics_have_names_for_buttons() -> None:
    assert title("check_order_status") == "Where my order is"
    assert title("gift_cards") == "Gift cards"
    assert is_topic("gift_cards")
    assert not any(is_topic(name) for name in ("greet", "nlu_fallback", "out_of_scope", "", 'choose{"a":1}'))
