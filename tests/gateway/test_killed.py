"""The desk is killed at each step between receiving and pushing; what was acknowledged is there, once.

Two seeds share the steps between them; `THOROUGH=1` plays twenty, each with all steps.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.bench.returning import Returning
from bot.storage import messages
from bot.storage.engine import Database
from tests.gateway.colleague import Colleague
from tests.gateway.mortal import DEAD, POINTS, MortalDesk, mortal_desk

pytestmark = pytest.mark.slow
THOROUGH = bool(os.environ.get("THOROUGH"))
SEEDS = range(20 if THOROUGH else 2)
PACE = 0.05  # of the widget's waits
PATIENCE = 120.0  # seconds for all to be answered at the end


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[MortalDesk]:
    with mortal_desk(tmp_path) as desk:
        yield desk


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_was_acknowledged_is_there_once_for_everybody(desk: MortalDesk, seed: int) -> None:
    dice = random.Random(seed)
    points = POINTS if THOROUGH else POINTS[seed::2]
    deaths = [(point, dice.randint(1, 3)) for point in dice.sample(points, len(points))]
    desk.start()
    ann, ben = (Returning(desk.settings.port, dice=dice, pace=PACE) for _ in range(2))
    sam = Colleague(desk.http)
    async with AsyncExitStack() as held:
        for visitor in (ann, ben):
            await held.enter_async_context(visitor.visiting())
            await visitor.until(lambda visitor=visitor: visitor.token)
        tab = Returning(desk.settings.port, token=ann.token, dice=dice, pace=PACE)
        await held.enter_async_context(tab.visiting())
        await held.enter_async_context(sam.watching(ben.conversation))
        said = Said(ann, ben, sam)
        for point, count in deaths:
            await asyncio.to_thread(desk.stop)
            await asyncio.to_thread(desk.start, point, count)
            await said.until_dead(desk, dice)
        await asyncio.to_thread(desk.start)
        await said.settled(tab)
    _check(desk, said, tab)


class Said:
    """What everybody has said, and to whom."""

    def __init__(self, ann: Returning, ben: Returning, sam: Colleague) -> None:
        self.ann, self.ben, self.sam = ann, ben, sam
        self.texts: dict[str, list[str]] = {"ann": [], "ben": [], "sam": []}
        self._replies: list[asyncio.Future[None]] = []

    async def until_dead(self, desk: MortalDesk, dice: random.Random) -> None:
        """Let everybody talk until the desk dies."""
        while not desk.is_dead:
            who = dice.choice(("ann", "ben", "sam"))
            text = f"{who} {len(self.texts[who])}"
            if who == "sam":
                if all(reply.done() for reply in self._replies):  # people type one after the other
                    self.texts[who].append(text)
                    self._replies.append(asyncio.ensure_future(self.sam.reply(text)))
            elif len((visitor := getattr(self, who)).outbox) < 3:
                self.texts[who].append(text)
                await visitor.say(text)
            await asyncio.sleep(dice.random() * 0.03)
        assert await asyncio.to_thread(desk.bury) == DEAD

    async def settled(self, tab: Returning) -> None:
        """Wait until all was acknowledged, answered and seen by everybody."""
        await asyncio.gather(*self._replies)
        asked, told, replied = (len(self.texts[who]) for who in ("ann", "ben", "sam"))
        for end in (self.ann, tab):
            await end.until(lambda end=end: _counts(end) == (asked, asked, 0), PATIENCE)
        await self.ben.until(lambda: _counts(self.ben) == (told, 0, replied), PATIENCE)
        while len(self.sam.messages) < len(self.ben.messages):
            await asyncio.sleep(0.05)


def _counts(visitor: Returning) -> tuple[int, ...]:
    """Return how many messages of the visitor, the bot and the agent are on the visitor's screen."""
    speakers = Counter(message["speaker"] for message in visitor.messages.values())
    return tuple(speakers[who] for who in ("visitor", "bot", "agent"))


def _check(desk: MortalDesk, said: Said, tab: Returning) -> None:
    with_bot, with_sam = (_stored(desk, visitor.conversation) for visitor in (said.ann, said.ben))
    for visitor, stored, name in ((said.ann, with_bot, "ann"), (said.ben, with_sam, "ben")):
        assert [message["seq"] for message in stored] == list(range(1, len(stored) + 1))
        own = [message for message in stored if message["speaker"] == "visitor"]
        assert [message["text"] for message in own] == said.texts[name]
        assert {message["cmid"]: message["seq"] for message in own} == visitor.acknowledged
        assert visitor.refused == {}
    assert _shown(said.ann) == _shown(tab) == with_bot
    assert _shown(said.ben) == with_sam
    _check_nothing_changed(said.ann.heard, said.ben.heard, tab.heard, said.sam.heard)
    answers = [message["text"] for message in with_bot if message["speaker"] == "bot"]
    assert answers == [f"You said: {text}" for text in said.texts["ann"]]
    seen = [said.sam.messages[seq] for seq in sorted(said.sam.messages)]
    assert [(one["seq"], one["text"]) for one in seen] == [(one["seq"], one["text"]) for one in with_sam]
    replies = [message for message in with_sam if message["speaker"] == "agent"]
    assert [message["text"] for message in replies] == said.texts["sam"]
    assert {message["cmid"]: message["seq"] for message in replies} == said.sam.replied


def _shown(visitor: Returning) -> list[dict[str, Any]]:
    shown = [visitor.messages[seq] for seq in sorted(visitor.messages)]
    return [{name: value for name, value in message.items() if name != "op"} for message in shown]


def _stored(desk: MortalDesk, conversation: str) -> list[dict[str, Any]]:
    database = Database(desk.settings.database_url)
    with database.read() as connection:
        stored = [message.as_dict() for message in messages.after(connection, conversation)]
    database.close()
    return stored


def _check_nothing_changed(*heard: list[dict[str, Any]]) -> None:
    """Whoever hears of a message again hears the same."""
    for frames in heard:
        texts: dict[int, str] = {}
        assert all(texts.setdefault(frame["seq"], frame["text"]) == frame["text"] for frame in frames)
