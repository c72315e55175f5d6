from collections.abc import Callable
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

from bot.crm.card import Item
from bot.crm.fields import MOST, Fields, item
from bot.errors import RecordRefused

NOON = datetime(2026, 3, 4, 12, tzinfo=timezone.utc)


def one(value: Any) -> Fields:
    return Fields({"it": value}, "order")


@pytest.mark.parametrize(
    ("read", "value", "result"),
    [
        (Fields.text, "a\x00b\u202e <b>", "a b <b>"),
        (Fields.text, 10431, "10431"),
        (Fields.text, "x" * 500, "x" * 200),
        (Fields.number, "19.90", Decimal("19.90")),
        (Fields.number, 3, Decimal(3)),
        (Fields.number, 0.1, Decimal("0.1")),
        (Fields.flag, False, False),
        (Fields.moment, "2026-03-04T12:00:00Z", NOON),
        (Fields.moment, "2026-03-04T13:00:00.000+01:00", NOON),
        (Fields.moment, "2026-03-04", datetime(2026, 3, 4, tzinfo=timezone.utc)),
        (Fields.moment_if_any, None, None),
        (Fields.moment_if_any, "", None),
        (Fields.texts, ["a", "b"], ("a", "b")),
        (Fields.texts, None, ()),
        (Fields.objects, None, ()),
    ],
)
def test_values_of_the_right_kind_are_read(read: Callable[..., Any], value: Any, result: Any) -> None:
    assert read(one(value), "it") == result


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (Fields.text, None),
        (Fields.text, ""),
        (Fields.text, ["a"]),
        (Fields.text, True),
        (Fields.text, {"a": 1}),
        (Fields.number, None),
        (Fields.number, "much"),
        (Fields.number, True),
        (Fields.number, "nan"),
        (Fields.number, float("inf")),
        (Fields.number, "1e300"),
        (Fields.flag, "yes"),
        (Fields.flag, 1),
        (Fields.moment, "2026-03-04T12:00:00"),  # of which zone?
        (Fields.moment, "2026-13-44"),
        (Fields.moment, 1772625600),
        (Fields.moment, "yesterday"),
        (Fields.object, "text"),
        (Fields.object, None),
        (Fields.objects, {"a": 1}),
        (Fields.objects, ["text"]),
        (Fields.objects, [{}] * (MOST + 1)),
        (Fields.texts, "abc"),
        (Fields.texts, [None]),
    ],
)
def test_others_are_refused_by_name_and_without_the_value(read: Callable[..., Any], value: Any) -> None:
    with pytest.raises(RecordRefused, match="order.*it|it of the order") as refused:
        read(one(value), "it")
    assert str(value) not in str(refused.value) or value in ("", None)


def test_lines_are_kept_where_they_may_be() -> None:
    assert one("a\r\n\nb\x07c").text("it", lines=True) == "a\n\nb c" and one("a\nb").text("it") == "a b"


def test_a_default_stands_in_for_what_is_missing_only() -> None:
    assert one(None).text("it", "-") == "-" and one("").number("it", Decimal(0)) == 0
    with pytest.raises(RecordRefused):
        one(7.5).text("it", "-")


@pytest.mark.parametrize("value", [None, [], "text", 1])
def test_what_is_no_object_is_refused(value: Any) -> None:
    with pytest.raises(RecordRefused):
        Fields(value, "order")


def test_a_part_of_one_is_said_in_the_name() -> None:
    assert item("Beans", Decimal("2.00")) == Item("Beans", 2)
    assert item("Beans", Decimal("1.50"), "kg") == Item("Beans (1.5 kg)", 1)
    assert item("Beans", Decimal("0.5")) == Item("Beans (0.5)", 1)
