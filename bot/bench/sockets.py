"""A thousand visitors on the line, a hundred of them talking; then the desk dies, and many come back."""

import asyncio
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from time import perf_counter
from typing import Any, Protocol

import psutil

from bot.bench.ends import PER_ADDRESS
from bot.bench.figure import Figure, percentile
from bot.bench.returning import Frame, Returning
from bot.desk.server import make_room
from bot.supervisor.ports import free_port
from bot.supervisor.product import Product
from bot.supervisor.steps import Steps

OPEN, TALKING, BACK = 1000, 100, 500
EVERY = 20.0  # seconds between two messages of one visitor: together five a second
AT_ONCE = 50  # who come in together
LIMIT = 120.0  # seconds after which something counts as lost
KIBIBYTE = 1024
SAID = (
    "what time do you open on saturday?",
    "how much is postage to Leeds",
    "do you take amex",
    "can i get my beans ground for a moka pot",
    "is the decaf done with chemicals",
)


class Host(Protocol):
    """A server that is measured: where it listens, its process, and how it dies and is started again."""

    port: int

    def process(self) -> psutil.Process: ...
    def kill(self) -> None: ...
    def again(self) -> None: ...


class Desk:
    """The product's desk, which the supervisor starts again."""

    def __init__(self, product: Product) -> None:
        self.port, self._product = product.port, product

    def process(self) -> psutil.Process:
        return self._product.part("desk")

    def kill(self) -> None:
        self._product.kill("desk")

    def again(self) -> None:
        self._product.wait_for_part("desk", LIMIT)


class Echo:
    """A plain Starlette application that says back what it hears, under uvicorn."""

    def __init__(self) -> None:
        self.port = free_port()
        self.again()

    def process(self) -> psutil.Process:
        return psutil.Process(self._process.pid)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def again(self) -> None:
        options = ["--port", str(self.port), "--log-level", "warning", "--ws-per-message-deflate", "false"]
        command = [sys.executable, "-m", "uvicorn", "--factory", "bot.bench.echo:create_app", *options]
        self._process = subprocess.Popen(command)
        while not _listens(self.port):
            time.sleep(0.01)


class Echoed(Returning):
    """The same visitor, at a server that says back what it hears."""

    async def _hear(self, frame: Frame) -> None:
        heard: dict[str, dict[str, Any]] = {
            "hello": {"op": "ready", "token": None, "conversation": ""},
            "say": {"op": "ack", "cmid": frame.get("cmid"), "seq": 0},
        }
        await super()._hear(heard[frame["op"]])


@dataclass(frozen=True)
class Measured:
    """What was measured of one server."""

    waits: Sequence[float]  # seconds until an acknowledgement
    memory: float  # bytes per open socket
    down: float  # seconds until it listened again
    back: float  # seconds until everybody was back


async def measure(steps: Steps, product: Product, *, seconds: float) -> list[Figure]:
    """Measure a running product's desk, and an echo; talk for so many seconds with each."""
    make_room()
    with steps.step(f"{OPEN:,} open sockets, {TALKING} talking, {BACK} coming back"):
        ours = await _measured(Desk(product), Returning, seconds)
    with steps.step("The same with a plain echo"), _echo() as echo:
        peer = await _measured(echo, Echoed, seconds)
    return figures(ours, peer)


def figures(ours: Measured, peer: Measured) -> list[Figure]:
    """Sum up what was measured of the desk and of the echo."""
    echo = "beside a plain Starlette echo"
    talk = f"{len(ours.waits)} messages, one from each of {TALKING} every {EVERY:.0f} s; {echo}"
    waits = (
        Figure(
            f"sockets: acknowledgement with {OPEN:,} open, {title}",
            "ms",
            1000 * percentile(ours.waits, share),
            1000 * percentile(peer.waits, share),
            aim,
            talk,
        )
        for title, share, aim in (("median", 0.5, ""), ("95th percentile", 0.95, "under 250 ms"))
    )
    per_socket = f"resident, {OPEN:,} conversations just opened; {echo}"
    killed = f"from the kill, with the widget's own waits; the desk was down for {ours.down:.1f} s; {echo}"
    return [
        *waits,
        Figure(
            "sockets: memory of each",
            "KiB",
            ours.memory / KIBIBYTE,
            peer.memory / KIBIBYTE,
            "at most 100 KiB",
            per_socket,
        ),
        Figure(f"sockets: {BACK} back after a kill", "s", ours.back, peer.back, "under 60 s", killed),
    ]


async def _measured(host: Host, kind: type[Returning], seconds: float) -> Measured:
    visitors = [kind(host.port, address=f"127.0.1.{1 + n // PER_ADDRESS}") for n in range(OPEN)]
    async with AsyncExitStack() as held:
        before = host.process().memory_info().rss
        for start in range(0, OPEN, AT_ONCE):
            await _let_in(visitors[start : start + AT_ONCE], held)
        memory = (host.process().memory_info().rss - before) / OPEN
        await asyncio.gather(*(_talk(visitor, seconds) for visitor in visitors[:TALKING]))
    waits = [wait for visitor in visitors for wait in visitor.waits]
    async with AsyncExitStack() as held:
        back = visitors[:BACK]
        await _let_in(back, held)
        died = perf_counter()
        await asyncio.to_thread(host.kill)
        await _all(back, lambda visitor: not visitor.live.is_set())
        up = asyncio.create_task(asyncio.to_thread(_again, host))
        await _all(back, lambda visitor: visitor.live.is_set())
        return Measured(waits, memory, back=perf_counter() - died, down=await up - died)


async def _let_in(visitors: Sequence[Returning], held: AsyncExitStack) -> None:
    for visitor in visitors:
        await held.enter_async_context(visitor.visiting())
    await _all(visitors, lambda visitor: visitor.live.is_set())


async def _talk(visitor: Returning, seconds: float) -> None:
    """Say something every now and then, each visitor at moments of their own."""
    end, texts = perf_counter() + seconds, cycle(random.sample(SAID, len(SAID)))
    await asyncio.sleep(random.uniform(0, min(EVERY, seconds)))
    while perf_counter() < end:
        await visitor.say(next(texts))
        await visitor.until(lambda: not visitor.outbox, LIMIT)
        await asyncio.sleep(EVERY)


async def _all(visitors: Sequence[Returning], true: Callable[[Returning], object]) -> None:
    """Wait until something is true of each of them."""
    await asyncio.gather(*(visitor.until(partial(true, visitor), LIMIT) for visitor in visitors))


def _again(host: Host) -> float:
    """Have a server started again; return when it listened."""
    host.again()
    return perf_counter()


@contextmanager
def _echo() -> Iterator[Echo]:
    echo = Echo()
    try:
        yield echo
    finally:
        echo.kill()


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0
