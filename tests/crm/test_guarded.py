import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.crm.card import CustomerCard
from bot.crm.guarded import KEPT, TRIES, Guard
from bot.errors import CrmError, CrmUnavailable, PolicyRefusal, RecordNotFound, RecordRefused
from tests.crm.records import AT, a_card, a_customer


class Records:
    """A CRM that does what it is told next, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked, self.next = 0, a_card(fetched_at=AT)

    def _answer(self) -> Any:
        self.asked += 1
        answer = self.next.pop(0) if isinstance(self.next, list) else self.next
        if isinstance(answer, Exception):
            raise answer
        return answer

    def card(self, customer_id: str) -> CustomerCard:
        return self._answer()

    def add_note(self, customer_id: str, author: str, text: str, *, key: str) -> Any:
        return self._answer()


class Time:
    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> Any:
        return self.now


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard(seconds=5.0, threads=2, failures=3, rest=3600, clock=Time())
    yield guard
    guard.close()


@pytest.fixture
def crm() -> Records:
    return Records()


async def test_a_call_runs_on_another_thread(guard: Guard) -> None:
    name = await guard(lambda *, key: threading.current_thread().name + key, key="!")
    assert name.startswith("crm") and name.endswith("!")


async def test_a_slow_call_is_unavailable_and_others_go_on() -> None:
    guard, gate = Guard(seconds=0.1, threads=2), threading.Event()
    with pytest.raises(CrmUnavailable, match=r"within 0\.1 s"):
        await guard(gate.wait)
    assert await guard(lambda: "still here") == "still here"
    gate.set()
    guard.close()


@pytest.mark.parametrize(
    ("raised", "seen"),
    [
        (RecordNotFound("x"), RecordNotFound),
        (PolicyRefusal("cancel_too_late"), PolicyRefusal),
        (CrmError("x"), CrmError),
        (KeyError("x"), CrmUnavailable),
        (ConnectionError("x"), CrmUnavailable),
        (TimeoutError("x"), CrmUnavailable),
    ],
)
async def test_only_our_errors_come_through(
    guard: Guard, crm: Records, raised: Exception, seen: type[Exception]
) -> None:
    crm.next = raised
    with pytest.raises(CrmError) as problem:
        await guard(crm.card, "ann")
    assert type(problem.value) is seen


async def test_a_read_is_tried_again(guard: Guard, crm: Records) -> None:
    crm.next = [CrmUnavailable("down"), ConnectionError("reset"), a_card()]
    assert (await guard(crm.card, "ann")).customer.id == "ann"
    assert crm.asked == TRIES


async def test_a_change_is_asked_once(guard: Guard, crm: Records) -> None:
    crm.next = CrmUnavailable("down")
    with pytest.raises(CrmUnavailable):
        await guard(crm.add_note, "ann", "Sam", "Hello", key="k")
    assert crm.asked == 1


@pytest.mark.parametrize("problem", [RecordNotFound("x"), RecordRefused("x"), PolicyRefusal("x")])
async def test_an_answer_that_stays_the_same_is_not_asked_for_again(
    guard: Guard, crm: Records, problem: Exception
) -> None:
    crm.next = problem
    with pytest.raises(CrmError):
        await guard(crm.card, "ann")
    assert crm.asked == 1


async def test_what_is_out_of_reach_is_left_alone_for_a_while(guard: Guard, crm: Records) -> None:
    crm.next = CrmUnavailable("down")
    for _ in range(3):
        with pytest.raises(CrmUnavailable):
            await guard(crm.add_note, "ann", "Sam", "Hello", key="k")
    asked, crm.next = crm.asked, a_card()
    with pytest.raises(CrmUnavailable, match="left alone"):
        await guard(crm.card, "ann")
    assert crm.asked == asked


async def test_after_its_rest_it_is_asked_again() -> None:
    guard, crm = Guard(failures=1, rest=1e-6), Records()
    crm.next = CrmUnavailable("down")
    with pytest.raises(CrmUnavailable):
        await guard(crm.add_note, "ann", "Sam", "Hello", key="k")
    crm.next = a_card()
    assert (await guard(crm.card, "ann")).customer.id == "ann"
    guard.close()


@pytest.mark.parametrize("problem", [RecordNotFound("x"), RecordRefused("x"), PolicyRefusal("x")])
async def test_a_crm_that_answers_is_not_left_alone(guard: Guard, crm: Records, problem: Exception) -> None:
    crm.next = problem
    for _ in range(10):
        with pytest.raises(type(problem)):
            await guard(crm.card, "ann")
    assert crm.asked == 10


async def test_a_card_of_before_stands_in_and_says_how_old_it_is(guard: Guard, crm: Records) -> None:
    assert not (await guard(crm.card, "ann")).stale
    crm.next = CrmUnavailable("down")
    for _ in range(5):  # first because it is down, then because it is left alone
        card = await guard(crm.card, "ann")
        assert card.stale and card.as_dict()["fetched_at"] == "2026-03-01T12:00:00Z"
    with pytest.raises(CrmUnavailable):
        await guard(crm.card, "ben")


async def test_a_card_that_is_too_old_does_not_stand_in(crm: Records) -> None:
    clock = Time()
    guard = Guard(clock=clock)
    await guard(crm.card, "ann")
    clock.now, crm.next = AT + KEPT + timedelta(seconds=1), CrmUnavailable("down")
    with pytest.raises(CrmUnavailable):
        await guard(crm.card, "ann")
    guard.close()


async def test_another_customers_card_is_refused_and_the_old_one_does_not_hide_it(
    guard: Guard, crm: Records
) -> None:
    await guard(crm.card, "ann")
    crm.next = a_card(a_customer("ben"))
    with pytest.raises(RecordRefused):
        await guard(crm.card, "ann")


async def test_hanging_calls_do_not_stop_the_loop() -> None:
    guard, gate = Guard(seconds=0.05, threads=1), threading.Event()
    calls = [guard(gate.wait) for _ in range(4)]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(answer) for answer in answers] == [CrmUnavailable] * 4
    gate.set()
    guard.close()
