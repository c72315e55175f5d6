"""The desk dies with hundreds on the line; all come back to their own, and what they said is there.

`THOROUGH=1` plays it with 500 instead of 100. How long it takes is measured by `kindhand bench`.
"""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import pytest

from bot.bench.returning import Returning
from tests.gateway.mortal import MortalDesk, mortal_desk

CLIENTS = 500 if os.environ.get("THOROUGH") else 100
AT_ONCE = 50  # who come in together at first
PATIENCE = 120.0  # seconds


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[MortalDesk]:
    with mortal_desk(tmp_path) as desk:
        yield desk


async def test_everybody_is_back_after_a_kill(desk: MortalDesk) -> None:
    await asyncio.to_thread(desk.start)
    visitors = [Returning(desk.settings.port) for _ in range(CLIENTS)]
    async with AsyncExitStack() as held:
        for start in range(0, CLIENTS, AT_ONCE):
            coming = visitors[start : start + AT_ONCE]
            for visitor in coming:
                await held.enter_async_context(visitor.visiting())
            await _all(coming, lambda visitor: visitor.live.is_set())
        before = [visitor.conversation for visitor in visitors]
        await asyncio.to_thread(desk.stop)
        await _all(visitors, lambda visitor: not visitor.live.is_set())
        said = [await visitor.say(f"I am number {number}") for number, visitor in enumerate(visitors)]
        await asyncio.to_thread(desk.start)
        await _all(visitors, lambda visitor: not visitor.outbox)
    assert [visitor.conversation for visitor in visitors] == before and len(set(before)) == CLIENTS
    assert [visitor.acknowledged for visitor in visitors] == [{cmid: 1} for cmid in said]


async def _all(visitors: Sequence[Returning], true: Callable[[Returning], object]) -> None:
    """Wait until something is true of each of them."""
    await asyncio.gather(*(visitor.until(partial(true, visitor), PATIENCE) for visitor in visitors))
