"""Visitors talk all the time while one version takes over from another, several times."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter

from websockets.exceptions import WebSocketException

from bot.bench.figure import Figure, percentile
from bot.bench.visitor import SocketVisitor
from bot.errors import StartError
from bot.supervisor.control import Control
from bot.supervisor.product import Product
from bot.supervisor.steps import Steps

TALKING, EVERY = 8, 2.0  # visitors, and seconds between two messages of each: together four a second
CALM = 20.0  # seconds before each switch in which nothing else happens
LONGEST = 30.0  # seconds after which a message counts as lost
VISIT = (
    "what time do you open on saturday?",
    "how much is postage to Leeds",
    "do you take amex",
    "is the decaf done with chemicals",
)
Span = tuple[float, float]


@dataclass(frozen=True)
class Turn:
    """A message: when it was said, the seconds until its answer, and whether it was answered at all."""

    began: float
    seconds: float
    failed: bool = False

    def is_within(self, spans: Sequence[Span]) -> bool:
        """Tell whether any of it was during one of the spans."""
        return any(self.began < end and self.began + self.seconds > begin for begin, end in spans)


class Crowd:
    """Visitors who come, ask a few questions and leave, one after the other. `turns` are what they noted."""

    def __init__(self, port: int, *, talking: int = TALKING, every: float = EVERY) -> None:
        self._port, self._talking, self._every = port, talking, every
        self.turns: list[Turn] = []

    @asynccontextmanager
    async def here(self) -> AsyncIterator[None]:
        """Have them talk while inside; who is in the middle of something says it to its end."""
        over = asyncio.Event()
        people = [asyncio.create_task(self._come(number, over)) for number in range(self._talking)]
        try:
            yield
        finally:
            over.set()
            await asyncio.gather(*people)

    async def _come(self, number: int, over: asyncio.Event) -> None:
        await asyncio.sleep(self._every * number / self._talking)
        for visit in count():
            began = perf_counter()
            try:
                # From several addresses: one alone may not open so many chats.
                async with SocketVisitor(self._port, address=f"127.0.1.{1 + number}") as visitor:
                    for said in range(len(VISIT)):
                        began = perf_counter()
                        answer = await visitor.ask(VISIT[(said + visit) % len(VISIT)], LONGEST)
                        # What the desk says itself is an excuse: the assistant did not answer.
                        self._note(began, failed=answer["speaker"] != "bot")
                        await asyncio.sleep(max(0.0, began + self._every - perf_counter()))
                        if over.is_set():
                            return
            except (OSError, RuntimeError, WebSocketException, asyncio.TimeoutError):
                self._note(began, failed=True)
                await asyncio.sleep(self._every)
            if over.is_set():
                return

    def _note(self, began: float, *, failed: bool) -> None:
        self.turns.append(Turn(began, perf_counter() - began, failed))


async def measure(steps: Steps, product: Product, *, switches: int) -> list[Figure]:
    """Switch a running product to another version and back, so many times; half a minute each.

    Raises:
        StartError: it did not switch.
    """
    control, crowd, spans = Control(product.var), Crowd(product.port), []
    folders = await asyncio.to_thread(_versions, control, product.var)
    with steps.step(f"{switches} times another version, with {TALKING} visitors talking"):
        async with crowd.here():
            for number in range(switches):
                await asyncio.sleep(CALM)
                began = perf_counter()
                await asyncio.to_thread(lambda folder: list(control.switch(folder)), folders[number % 2])
                spans.append((began, perf_counter()))
            await asyncio.sleep(CALM / 2)
    return figures(crowd.turns, spans)


def figures(turns: Sequence[Turn], spans: Sequence[Span]) -> list[Figure]:
    """Sum up turns during the switches beside those without one."""
    during = [turn for turn in turns if turn.is_within(spans)]
    calm = [turn for turn in turns if not turn.is_within(spans)]
    beside = f"{len(during)} turns during {len(spans)} switches beside {len(calm)} without, in one run"
    ours, peer = ([1000 * turn.seconds for turn in some if not turn.failed] for some in (during, calm))
    lost, lost_in_calm = (float(sum(turn.failed for turn in some)) for some in (during, calm))
    took = [end - begin for begin, end in spans]
    return [
        Figure("switch: failed turns", "turns", lost, lost_in_calm, "none", beside),
        Figure("switch: turn, median", "ms", percentile(ours, 0.5), percentile(peer, 0.5), note=beside),
        Figure(
            "switch: turn, 95th percentile", "ms", percentile(ours, 0.95), percentile(peer, 0.95), note=beside
        ),
        Figure("switch: slowest turn", "ms", max(ours), max(peer), note=beside),
        Figure(
            "switch: until the old version has ended", "s", percentile(took, 0.5), note="the model is trained"
        ),
    ]


def _versions(control: Control, var: Path) -> tuple[Path, Path]:
    """Return another version to switch to, and the present one."""
    present, other = control.serving(), var / "another-version"
    if present is None:
        raise StartError("Kindhand does not answer, so no other version can be served")
    shutil.copytree(present, other, dirs_exist_ok=True)
    facts = other / "data" / "business" / "facts.yml"
    facts.write_text(
        facts.read_text(encoding="utf-8") + "another_version: another version\n", encoding="utf-8"
    )
    return other, present
