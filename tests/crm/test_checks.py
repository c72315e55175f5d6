from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.crm.adapter import CHANGES, READS
from bot.crm.checks import KINDS, check
from bot.errors import RecordRefused
from tests.crm.records import a_card, a_customer, a_note, a_ticket, an_order

GOOD: dict[str, tuple[tuple[Any, ...], Any]] = {
    "find": ((), "ann"),
    "card": (("ann",), a_card()),
    "timeline": (("ann",), a_card().history()),
    "orders": (("ann",), (an_order(), an_order("CK-2"))),
    "order": (("ann", "ck 1"), an_order()),
    "change_address": (("ann", "CK-1", "2 New Road"), an_order()),
    "cancel_order": (("ann", "CK-1"), an_order()),
    "create_ticket": (("ann", "damaged", "A torn bag"), a_ticket()),
    "add_note": (("ann", "Sam", "Prefers e-mail"), a_note()),
}


def test_every_verb_is_checked() -> None:
    assert set(GOOD) == set(KINDS) == {*READS, *CHANGES}


@pytest.mark.parametrize("verb", GOOD)
def test_what_is_right_passes(verb: str) -> None:
    check(verb, *GOOD[verb])


def test_nobody_found_and_a_strangers_ticket_are_right() -> None:
    check("find", (), None)
    check("create_ticket", (None, "callback", "Call"), a_ticket(customer_id=None))


def test_what_is_not_the_crms_is_not_looked_at() -> None:
    check("<lambda>", (), object())


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("card", a_card(a_customer("ben"))),
        ("card", a_card(orders=(an_order(), an_order(customer_id="ben")))),
        ("card", a_card(orders=(an_order(customer_id=None),))),
        ("card", a_card(tickets=(a_ticket(customer_id="ben"),))),
        ("card", a_card(notes=(a_note(customer_id="ben"),))),
        ("orders", (an_order(customer_id="ben"),)),
        ("order", an_order(customer_id="ben")),
        ("order", an_order("CK-2")),
        ("change_address", an_order("CK-2")),
        ("cancel_order", an_order(customer_id="ben")),
        ("create_ticket", a_ticket(customer_id="ben")),
        ("create_ticket", a_ticket(customer_id=None)),
        ("add_note", a_note(customer_id="ben")),
    ],
)
def test_what_belongs_to_others_is_refused(verb: str, answer: Any) -> None:
    with pytest.raises(RecordRefused, match="another"):
        check(verb, GOOD[verb][0], answer)


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("card", None),
        ("card", {"customer": {"id": "ann"}}),
        ("card", replace(a_card(), orders=[an_order()])),
        ("card", a_card(a_customer(name=None))),
        ("card", a_card(a_customer(vip="yes"))),
        ("card", a_card(a_customer(tags=("a", 1)))),
        ("card", a_card(a_customer(lifetime_value=9.5))),
        ("card", a_card(a_customer(lifetime_value=Decimal("NaN")))),
        ("orders", [an_order()]),
        ("orders", (an_order(placed_at="yesterday"),)),
        ("orders", (an_order(placed_at=datetime(2026, 3, 1)),)),
        ("orders", (an_order(items=({"name": "x", "quantity": 1},)),)),
        ("orders", (an_order(status="lost in space"),)),
        ("order", an_order(total=None)),
        ("add_note", a_note(author=b"Sam")),
        ("find", 7),
        ("timeline", (an_order(),)),
    ],
)
def test_what_makes_no_sense_is_refused(verb: str, answer: Any) -> None:
    with pytest.raises(RecordRefused):
        check(verb, GOOD[verb][0], answer)


def test_what_is_too_big_is_refused() -> None:
    many = tuple(an_order(f"CK-{n}", address="x" * 100_000) for n in range(11))
    with pytest.raises(RecordRefused, match="1000000"):
        check("orders", ("ann",), many)
