"""A CRM behind a real socket that is slow, down, or lies: never waited for long, never shown, never heavy."""

import gzip
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.crm.adapter import Crm
from bot.crm.card import Customer, CustomerCard, Item, Order
from bot.crm.guarded import Guard
from bot.crm.wire import Wire
from bot.errors import CrmError, CrmUnavailable, RecordNotFound, RecordRefused
from tests.crm.records import AT, a_card
from tests.crm.served import Answer, Asked, served_api, unused_address

ANN = {
    "id": "ann",
    "name": "Ann",
    "since": "2023-04-05",
    "orders": [{"number": "CK-1", "customer": "ann", "status": "placed", "total": "19.90"}],
}


class TrustingCrm(Crm):
    """An adapter that believes all it is told."""

    def __init__(self, address: str, seconds: float) -> None:
        self._wire = Wire(address, seconds=seconds)

    def card(self, customer_id: str) -> CustomerCard:
        told = self._wire.ask("GET", f"/customers/{customer_id}")
        since = datetime.fromisoformat(told["since"]).date()
        customer = Customer(told["id"], told["name"], "ann@example.com", "", since)
        return CustomerCard(customer, orders=tuple(_order(order) for order in told["orders"]), fetched_at=AT)


def _order(told: dict[str, Any]) -> Order:
    items, total = (Item("Harbour Blend"),), Decimal(told["total"])
    return Order(
        told["number"], told["status"], AT, items, total, "GBP", "1 Old Lane", customer_id=told["customer"]
    )


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard(seconds=10, threads=2)
    yield guard
    guard.close()


async def ask(guard: Guard, reply: Callable[[Asked], Answer], seconds: float = 8) -> CustomerCard:
    with served_api(reply) as api:
        return await guard(TrustingCrm(api.address, seconds).card, "ann")


async def test_an_honest_answer_is_a_card(guard: Guard) -> None:
    card = await ask(guard, lambda asked: Answer(ANN))
    assert (card.customer.name, card.orders[0].total, card.stale) == ("Ann", Decimal("19.90"), False)


@pytest.mark.parametrize(
    "lie",
    [
        ANN | {"id": "ben"},
        ANN | {"orders": [ANN["orders"][0] | {"customer": "ben"}]},
        ANN | {"orders": [ANN["orders"][0] | {"customer": None}]},
        ANN | {"orders": [ANN["orders"][0] | {"status": "teleported"}]},
        ANN | {"orders": [ANN["orders"][0] | {"total": "Infinity"}]},
        ANN | {"name": None},
        ANN | {"name": {"$ne": 1}},
        ANN | {"name": "x" * 990_000, "since": "2023-04-05" + " " * 20_000},
        b"<html>Service temporarily unavailable</html>",
        b'{"id": "ann", "name": "An',
        b"\x00" * 100,
    ],
    ids=lambda lie: "",
)
async def test_a_lie_is_not_shown(guard: Guard, lie: Any) -> None:
    with pytest.raises(CrmUnavailable):
        await ask(guard, lambda asked: Answer(lie))


async def test_fifty_megabytes_are_refused_and_not_read(guard: Guard) -> None:
    huge = Answer(b'"' + b"x" * 50_000_000 + b'"')
    tracemalloc.start()
    try:
        with served_api(lambda asked: huge) as api:
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            with pytest.raises(CrmUnavailable):
                await guard(TrustingCrm(api.address, 8).card, "ann")
            peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - before < 10_000_000


async def test_what_is_packed_is_not_unpacked(guard: Guard) -> None:
    bomb = Answer(gzip.compress(b"x" * 50_000_000), headers={"Content-Encoding": "gzip"})
    with pytest.raises(RecordRefused):
        await ask(guard, lambda asked: bomb)


async def test_a_redirect_is_not_followed(guard: Guard) -> None:
    with served_api(lambda asked: Answer(ANN)) as other:
        away = Answer(b"", status=302, headers={"Location": f"{other.address}/customers/ann"})
        with pytest.raises(RecordRefused):
            await ask(guard, lambda asked: away)
    assert other.asked == []


@pytest.mark.parametrize("answer", [Answer(ANN, wait=5), Answer(ANN, drip=0.1)], ids=["late", "drip"])
async def test_one_that_hangs_is_given_up(answer: Answer) -> None:
    guard = Guard(seconds=0.3, threads=2)
    with served_api(lambda asked: answer) as api, pytest.raises(CrmUnavailable):
        await guard(TrustingCrm(api.address, 0.3).card, "ann")
    guard.close()


async def test_one_that_is_down_costs_nothing_after_a_while_and_comes_back() -> None:
    guard = Guard(seconds=10, failures=2, rest=3600)
    down = TrustingCrm(unused_address(), 8)
    for _ in range(5):
        with pytest.raises(CrmUnavailable):
            await guard(down.card, "ann")
    asked: list[str] = []
    with pytest.raises(CrmUnavailable, match="left alone"):
        await guard(asked.append, "ann")
    assert asked == []
    guard.close()


async def test_a_stumble_is_not_noticed(guard: Guard) -> None:
    answers = [Answer({}, status=500), Answer({}, status=503), Answer(ANN)]
    assert (await ask(guard, lambda asked: answers.pop(0))).customer.id == "ann"


async def test_a_customer_who_is_gone_is_gone(guard: Guard) -> None:
    with pytest.raises(RecordNotFound):
        await ask(guard, lambda asked: Answer({}, status=404))


async def test_in_trouble_the_card_of_before_is_shown_with_its_age() -> None:
    guard = Guard(seconds=10, clock=lambda: AT)
    replies = [Answer(ANN), *[Answer({}, status=500)] * 3]
    with served_api(lambda asked: replies.pop(0)) as api:
        crm = TrustingCrm(api.address, 8)
        fresh, old = await guard(crm.card, "ann"), await guard(crm.card, "ann")
    assert not fresh.stale and old.stale
    assert old.as_dict()["fetched_at"] == a_card(fetched_at=AT).as_dict()["fetched_at"]
    assert old.orders == fresh.orders
    guard.close()


async def test_no_error_tells_what_is_in_a_record(guard: Guard) -> None:
    lie = ANN | {"id": "ben", "name": "Secret Name"}
    with pytest.raises(CrmError) as problem:
        await ask(guard, lambda asked: Answer(lie))
    assert "Secret" not in str(problem.value) and "ben" not in str(problem.value)
