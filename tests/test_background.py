"""Work that ends with the block beside which it goes on."""

import asyncio

import pytest

from bot.background import background


async def test_it_goes_on_inside_and_has_stopped_outside_even_after_an_error():
    did: list[str] = []

    async def work() -> None:
        did.append("began")
        try:
            await asyncio.sleep(3600)
        finally:
            did.append("stopped")

    with pytest.raises(ValueError):
        async with background(work()):
            await asyncio.sleep(0)
            assert did == ["began"]
            raise ValueError
    assert did == ["began", "stopped"]
