"""The whole product with parts killed in mid-conversation, seen from the visitor's side."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets import client

from bot.supervisor.product import Product
from tests.gateway.served import Visitor

pytestmark = pytest.mark.slow
TOLD_WITHIN = 10.0  # seconds, as promised to visitors
BACK_WITHIN = 90.0


@pytest.fixture(scope="module")
def product(rasa_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of our own, because we break it."""
    with Product(tmp_path_factory.mktemp("faults")) as running:
        yield running


@asynccontextmanager
async def visiting(product: Product, **hello: Any) -> AsyncIterator[Visitor]:
    """Open a socket to the product and say hello."""
    options = {"origin": product.address, "max_queue": None}
    async with client.connect(f"ws://127.0.0.1:{product.port}/ws/visitor", **options) as line:
        visitor = Visitor(line)
        await visitor.hello(**hello)
        yield visitor


async def hear(visitor: Visitor, *speakers: str, seconds: float = 15) -> dict[str, Any]:
    """Wait for a message of one of these speakers."""
    while True:
        frame = await visitor.until(seconds, op="message")
        if frame["speaker"] in speakers:
            return frame


@pytest.mark.parametrize("part", ["brain", "actions"])
async def test_the_visitor_is_told_and_still_reaches_a_person(product: Product, part: str) -> None:
    async with visiting(product) as visitor:
        await visitor.say("what time do you open on sunday?")
        await hear(visitor, "bot")

        product.kill(part)
        started = time.monotonic()
        await visitor.say("how much is postage?")
        notice = await hear(visitor, "system", "bot", seconds=TOLD_WITHIN)
        assert time.monotonic() - started < TOLD_WITHIN
        if notice["speaker"] == "system":  # it may also be back already, and answer
            assert [button["title"] for button in notice["buttons"]]

        await visitor.say("I want to talk to a person")
        assert (await visitor.until(TOLD_WITHIN, op="owner"))["kind"] == "waiting"
    product.wait_for_part(part, BACK_WITHIN)


async def test_what_was_asked_while_the_brain_was_away_is_answered_once(product: Product) -> None:
    async with visiting(product) as visitor:
        product.kill("brain")
        await visitor.say("how much is postage?")
        answer = await hear(visitor, "bot", seconds=BACK_WITHIN)
        assert "£3.95" in answer["text"]
        assert not [
            frame
            for frame in await visitor.silence(2)
            if (frame["op"], frame.get("speaker")) == ("message", "bot")
        ]


async def test_a_killed_desk_comes_back_with_everything(product: Product) -> None:
    async with visiting(product) as visitor:
        await visitor.say("do you take amex")
        answer = await hear(visitor, "bot")
        token = visitor.ready["token"]
    product.kill("desk")
    product.wait_for_part("desk", BACK_WITHIN)
    async with visiting(product, token=token) as again:
        assert again.ready["last_seq"] == answer["seq"]
        await again.until(op="message", seq=answer["seq"])
        assert [frame["text"] for frame in again.messages] == ["do you take amex", answer["text"]]
        await again.say("and cash?")
        await hear(again, "bot")
