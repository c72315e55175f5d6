import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.crm.card import DOWN, STRANGER, UNKNOWN, CustomerCard, MissingCard
from bot.crm.guarded import Guard
from bot.desk.console.cards import Cards
from bot.errors import RecordNotFound
from tests.desk.console.desk import FakeCrm
from tests.serving import SECONDS


class EmptyCrm(FakeCrm):
    def card(self, customer_id: str) -> None:
        raise RecordNotFound("nobody")


class HeldCrm(FakeCrm):
    """Says nothing until it is let go."""

    def __init__(self, **known: Any) -> None:
        super().__init__(**known)
        self.let_go = threading.Event()

    def card(self, customer_id: str) -> CustomerCard:
        self.let_go.wait(SECONDS)
        return super().card(customer_id)


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard(seconds=1.0)
    yield guard
    guard.close()


@pytest.mark.parametrize(
    ("crm", "customer", "instead"),
    [
        (FakeCrm(), None, STRANGER),
        (FakeCrm(down=True), "c-1", DOWN),
        (FakeCrm(seconds=1.5), "c-1", DOWN),
        (FakeCrm(answers_for="c-2"), "c-1", DOWN),
        (EmptyCrm(), "c-1", UNKNOWN),
    ],
)
async def test_without_a_card_a_sentence(
    guard: Guard, crm: FakeCrm, customer: str | None, instead: MissingCard
) -> None:
    assert await Cards(crm, guard).card(customer) == instead.as_dict()


async def test_vips_are_learnt_once(guard: Guard) -> None:
    crm = FakeCrm(vips={"c-1"})
    cards = Cards(crm, guard)
    assert not cards.is_vip("c-1") and not cards.is_vip(None)
    for _ in range(3):
        await cards.learn(["c-1", "c-2", None, "c-1"])
    assert (cards.is_vip("c-1"), cards.is_vip("c-2"), crm.asked) == (True, False, 2)


async def test_nobody_waits_long_for_a_slow_crm(guard: Guard) -> None:
    crm = HeldCrm(vips={"c-1"})
    cards = Cards(crm, guard)
    await cards.learn(["c-1"], seconds=0.01)
    assert not cards.is_vip("c-1")
    crm.let_go.set()
    await cards.card("c-1")
    assert cards.is_vip("c-1")


async def test_many_at_once_do_not_look_like_a_crm_that_is_down(guard: Guard) -> None:
    ids = [f"c-{n}" for n in range(60)]
    crm = FakeCrm(seconds=0.2, vips=set(ids))  # eight at a time need longer than the guard waits
    cards = Cards(crm, guard)
    await cards.learn(ids, seconds=5)
    assert all(map(cards.is_vip, ids)) and crm.asked == len(ids)
    assert (await cards.card("c-1"))["customer"]["vip"]
