from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.crm.csv_columns import CUSTOMERS, NOTES, ORDERS, SHEETS, TICKETS

CUSTOMER = {"id": "c-1", "name": "Ann"}
ORDER = {
    "number": "CK-1",
    "customer_id": "c-1",
    "status": "placed",
    "placed_at": "2024-05-31T14:30:00Z",
    "total": "19.90",
}


def test_a_full_row() -> None:
    given = CUSTOMER | {"email": " Ann@Example.com", "vip": "Yes", "tags": "gift; subscriber ;"}
    read = CUSTOMERS.read(given | {"since": "2024-05-31", "lifetime_value": "1234.5", "currency": "eur"})
    assert (
        read["email"] == "Ann@example.com" and read["vip"] is True and read["tags"] == ["gift", "subscriber"]
    )
    assert (read["since"], read["lifetime_value"]) == (date(2024, 5, 31), Decimal("1234.5"))
    assert read["currency"] == "EUR"


def test_what_is_empty_has_a_meaning() -> None:
    read = CUSTOMERS.read(CUSTOMER)
    assert (read["email"], read["vip"], read["tags"], read["lifetime_value"]) == ("", False, [], 0)
    order = ORDERS.read(ORDER)
    assert (order["items"], order["tracking"], order["expected_at"], order["address"]) == ([], None, None, "")
    assert TICKETS.read({"id": "t", "kind": "callback", "text": "Call"})["customer_id"] is None


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2 x Harbour Blend 250 g; 1 × Filters", [("Harbour Blend 250 g", 2), ("Filters", 1)]),
        ("A pot", [("A pot", 1)]),
        (" ; ", []),
    ],
)
def test_items(cell: str, read: list[tuple[str, int]]) -> None:
    items = ORDERS.read(ORDER | {"items": cell})["items"]
    assert [(item["name"], item["quantity"]) for item in items] == read


def test_a_time_without_a_zone_is_in_utc() -> None:
    noon = datetime(2024, 5, 31, 12, tzinfo=timezone.utc)
    for cell in ("2024-05-31T12:00:00Z", "2024-05-31 12:00", "2024-05-31T14:00:00+02:00"):
        assert ORDERS.read(ORDER | {"placed_at": cell})["placed_at"] == noon


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        (CUSTOMERS, {"id": "c-1"}, "name is empty"),
        (CUSTOMERS, CUSTOMER | {"id": "a b"}, "id may have"),
        (CUSTOMERS, CUSTOMER | {"id": "x" * 65}, "id may have"),
        (CUSTOMERS, CUSTOMER | {"email": "ann@"}, "email is not"),
        (CUSTOMERS, CUSTOMER | {"since": "31.5.2024"}, "since should be a day"),
        (CUSTOMERS, CUSTOMER | {"vip": "perhaps"}, "vip should be yes or no"),
        (CUSTOMERS, CUSTOMER | {"lifetime_value": "£12"}, "lifetime_value should be an amount"),
        (CUSTOMERS, CUSTOMER | {"lifetime_value": "NaN"}, "lifetime_value should be an amount"),
        (CUSTOMERS, CUSTOMER | {"lifetime_value": "1e400"}, "lifetime_value should be an amount"),
        (CUSTOMERS, CUSTOMER | {"currency": "pounds"}, "currency should be three letters"),
        (CUSTOMERS, CUSTOMER | {"name": "x" * 201}, "name is longer than 200"),
        (CUSTOMERS, CUSTOMER | {"name": "\u200b"}, "name has nothing"),
        (ORDERS, ORDER | {"status": "lost"}, "status should be one of placed"),
        (ORDERS, ORDER | {"total": "-1"}, "total should be an amount"),
        (ORDERS, ORDER | {"total": "1.005"}, "total should be an amount"),
        (ORDERS, ORDER | {"placed_at": "yesterday"}, "placed_at should be a time"),
        (ORDERS, ORDER | {"placed_at": "0001-01-01T00:00+14:00"}, "placed_at should be a time"),
        (ORDERS, ORDER | {"number": "--"}, "number may have"),
        (ORDERS, ORDER | {"items": "; ".join("x" * 201)}, "items should be a list"),
        (NOTES, {"id": "n", "author": "Sam", "text": "Hi"}, "customer_id is empty"),
    ],
)
def test_what_is_wrong_is_named(sheet: Any, row: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        sheet.read(row)


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "+44 1632", "-1+1", "@SUM(1)", "'=x", "''+1", "plain", "'tis"]
)
def test_a_spreadsheet_sees_no_formula_and_we_read_what_we_wrote(text: str) -> None:
    values = {**NOTES.read({"id": "n", "customer_id": "c", "author": "Sam", "text": "x"}), "text": text}
    written = NOTES.write(values)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in written)
    assert NOTES.read(dict(zip([c.name for c in NOTES.columns], written, strict=True)))["text"] == text


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=100))
def test_any_cell_is_read_or_refused_in_words(cell: str) -> None:
    for column in (column for sheet in SHEETS for column in sheet.columns):
        try:
            value = column.value(cell)
        except ValueError as problem:
            assert str(problem).startswith(column.name)
        else:
            assert column.value(column.cell(value)) == value or column.empty is not None
