"""Lines of which one side is gone without a word, and lines on which nothing is said."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.served import ServedDesk, parts, serve_desk
from tests.serving import until

HASTY = {"ws_ping_interval": 0.5, "ws_ping_timeout": 1.5}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ServedDesk]:
    """A desk that soon doubts that a silent visitor is there."""
    with serve_desk(tmp_path, parts(), options=HASTY) as desk:
        yield desk


def _sockets(desk: ServedDesk, conversation: str) -> int:
    return int(desk.app.state.gateway.sockets._taken[conversation])


async def test_who_went_without_a_word_is_missed_and_misses_nothing(desk: ServedDesk) -> None:
    async with desk.visitor() as gone, desk.visitor() as silent:
        gone.line.transport.pause_reading()  # neither words nor pings arrive there any more
        await gone.say("Hello?", "m1")
        await asyncio.to_thread(until, lambda: _sockets(desk, gone.conversation) == 0)
        gone.line.transport.abort()
        assert _sockets(desk, silent.conversation) == 1
        await silent.say("I am only reading")
        await silent.until(op="message", text="You said: I am only reading")
    async with desk.visitor(token=gone.ready["token"]) as back:
        await back.until(op="message", text="You said: Hello?")
        await back.say("Hello?", "m1")
        assert (await back.until(op="ack"))["seq"] == 1
        assert [message["seq"] for message in back.messages] == [1, 2]
