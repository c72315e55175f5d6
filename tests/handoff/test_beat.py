"""Resting between two looks."""

import asyncio

import pytest

from bot.handoff.beat import Beat


async def test_a_rest_ends_by_itself_and_at_once_when_something_stirred_before():
    await asyncio.wait_for(Beat(0.001).rest(), 5)
    beat = Beat(3600)
    beat.stir()
    await asyncio.wait_for(beat.rest(), 5)
    rest = asyncio.ensure_future(beat.rest())  # what stirred the last one is spent
    done, _ = await asyncio.wait((rest,), timeout=0.02)
    assert not done
    beat.stir()
    await asyncio.wait_for(rest, 5)


async def test_a_task_stops_even_when_something_stirs_in_the_same_moment():
    beat = Beat(3600)

    async def look() -> None:
        while True:
            await beat.rest()

    task = asyncio.create_task(look())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    beat.stir()
    await asyncio.sleep(0)  # the waiting is over, but the task has not run yet
    task.cancel()
    done, _ = await asyncio.wait((task,), timeout=5)
    assert done
    with pytest.raises(asyncio.CancelledError):
        await task
