import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.crm.guarded import Guard
from bot.errors import CrmError, CrmUnavailable, PolicyRefusal, RecordNotFound


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard(seconds=0.1, threads=2)
    yield guard
    guard.close()


def _fail(problem: Exception) -> Any:
    raise problem


def test_a_call_runs_on_another_thread(guard: Guard) -> None:
    async def ask() -> str:
        return await guard(lambda *, key: threading.current_thread().name + key, key="!")

    name = asyncio.run(ask())
    assert name.startswith("crm") and name.endswith("!")


def test_a_slow_call_is_unavailable_and_others_go_on(guard: Guard) -> None:
    async def ask() -> float:
        started = time.monotonic()
        with pytest.raises(CrmUnavailable):
            await guard(time.sleep, 0.5)
        waited = time.monotonic() - started
        assert await guard(lambda: "still here") == "still here"
        return waited

    assert asyncio.run(ask()) < 0.4


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
def test_only_our_errors_come_through(guard: Guard, raised: Exception, seen: type[Exception]) -> None:
    async def ask() -> None:
        await guard(_fail, raised)

    with pytest.raises(CrmError) as problem:
        asyncio.run(ask())
    assert type(problem.value) is seen
