"""The case: which order, and what went wrong and is not settled."""

import pytest

from bot.empathy.case import Case, Order, causes_in, order_in
from bot.empathy.reading import Turn
from bot.empathy.state import fold

ORDERS = {"CK-10423": "shipped", "CK-10057": "delivered"}


@pytest.mark.parametrize(
    ("turns", "order"),
    [
        ([Turn("visitor", "where is ck10423", 1)], Order("CK-10423", "shipped", 1)),
        ([Turn("visitor", "where is CK-99999", 1)], Order("CK-99999", "", 1)),
        (
            [Turn("visitor", "CK-10057", 1), Turn("bot", "CK-10423 is late.", 2)],
            Order("CK-10057", "delivered", 1),
        ),
        (
            [Turn("visitor", "my order", 1), Turn("bot", "CK-10423 is late.", 2)],
            Order("CK-10423", "shipped", 2),
        ),
        ([Turn("bot", "CK-10423 is late, CK-10057 was delivered.", 1)], None),
        ([], None),
    ],
)
def test_which_order(turns, order):
    assert order_in(turns, ORDERS) == order


def causes(detector, *turns):
    return causes_in(fold([Turn(who, text, seq) for seq, (who, text) in enumerate(turns, 1)], detector))


def test_causes_come_with_the_messages_that_told_them(detector):
    told = causes(
        detector,
        ("visitor", "my mug arrived broken"),
        ("bot", "Which order is it?"),
        ("visitor", "it is my mum's birthday tomorrow, I need it by then"),
    )
    assert told["damaged"] == (1,) and 3 in told["deadline"]


def test_what_is_asked_about_or_settled_is_no_cause(detector):
    assert causes(detector, ("visitor", "what do I do if a mug arrives broken?")) == {}
    found = ("visitor", "oh, it has arrived after all, thanks!")
    assert "late" not in causes(detector, ("visitor", "my parcel is late"), ("bot", "It is due."), found)


def case(**causes):
    return Case((), None, {cause: (1,) for cause in causes}, None, None, False)


@pytest.mark.parametrize(
    ("found", "foremost"),
    [
        (["late", "damaged"], "damaged"),
        (["grief", "late"], "grief"),
        (["late", "hardship", "deadline"], "late"),
        (["hardship", "deadline"], "hardship"),
        (["deadline"], ""),
        ([], ""),
    ],
)
def test_what_to_begin_with(found, foremost):
    assert case(**dict.fromkeys(found)).foremost == foremost


def test_three_causes_tell_enough_and_the_gravest_stay():
    told = case(**dict.fromkeys(["grief", "late", "damaged", "refund_trouble", "deadline"])).telling
    assert list(told) == ["grief", "refund_trouble", "deadline"]
