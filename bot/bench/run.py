"""Measure the product from outside, in one go, on this machine."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bot.bench import desk, sockets
from bot.bench.figure import Figure, percentile
from bot.bench.visitor import RestVisitor, SocketVisitor
from bot.errors import StartError
from bot.settings import ROOT, Settings
from bot.storage.engine import Database
from bot.supervisor import training
from bot.supervisor.health import answers
from bot.supervisor.ports import free_port
from bot.supervisor.product import Product
from bot.supervisor.services import child_environment
from bot.supervisor.steps import Steps

# Four a visit: the desk lets a visitor send five at once and then one a second.
VISITS = (
    ("what time do you open on saturday?", "how much is postage to Leeds", "do you take amex", "thanks!"),
    (
        "can i get my beans ground for a moka pot",
        "is the decaf done with chemicals",
        "where's your cafe",
        "great",
    ),
)
TALKING = 20
MEBIBYTE = 1024 * 1024

Visitor = Callable[[], SocketVisitor | RestVisitor]


async def measure(steps: Steps, *, quick: bool = False) -> list[Figure]:
    """Run all measurements and return the figures; about eight minutes, `quick` about three."""
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder), KINDHAND_MODELS=str(Path(folder) / "models"))
        settings = Settings.load({k: v for k, v in product.environment.items() if k.startswith("KINDHAND_")})
        with steps.step("Training the assistant"):
            trained = _seconds(lambda: training.train(settings, Path(folder) / "training.log"))
        try:
            with steps.step("First start with empty databases"):
                cold = await _start(product)
            product.stop()
            with steps.step("Second start"):
                warm = await _start(product)
            figures = await _talk(steps, product, settings, Path(folder), rounds=3 if quick else 15)
            figures += _memory(product)
            figures += await sockets.measure(steps, product, seconds=30 if quick else 90)
            product.stop()
            figures += await _desk(steps, product, settings, quick=quick)
        finally:
            product.stop()
    return [
        *figures,
        Figure("training", "s", trained, aim="under 60 s", note="the demo data, from nothing"),
        Figure(
            "cold start",
            "s",
            cold,
            note="empty databases; from the command to the first answer in the widget",
        ),
        Figure("warm start", "s", warm, aim="under 30 s", note="the same, second time"),
    ]


async def _start(product: Product) -> float:
    started = time.perf_counter()
    await asyncio.to_thread(product.start)
    async with SocketVisitor(product.port) as visitor:
        await visitor.say(VISITS[0][0])
    return time.perf_counter() - started


async def _talk(
    steps: Steps, product: Product, settings: Settings, folder: Path, *, rounds: int
) -> list[Figure]:
    with _plain_rasa(settings, folder) as port:
        ours, plain = (lambda: SocketVisitor(product.port)), (lambda: RestVisitor(port))
        with steps.step("Turns, ours and plain Rasa's in alternation"):
            await _visit(ours), await _visit(plain)  # not counted: first calls fill caches
            pairs = [(await _visit(ours, n), await _visit(plain, n)) for n in range(rounds)]
        with steps.step(f"{TALKING} visitors talking at once"):
            rates = [(await _rate(ours), await _rate(plain)) for _ in range(max(1, rounds // 5))]
    mine, theirs = ([seconds for pair in pairs for seconds in pair[side]] for side in (0, 1))
    how = f"{len(mine)} turns each; widget socket to bubble beside POST to plain Rasa's REST channel"
    return [
        _milliseconds("turn, median", mine, theirs, 0.5, "at most 1.15 times", how),
        _milliseconds("turn, 95th percentile", mine, theirs, 0.95, "", how),
        Figure(
            f"messages a second, {TALKING} talking",
            "/s",
            median([rate for rate, _ in rates]),
            median([rate for _, rate in rates]),
            note=f"each sends the next message when answered; median of {len(rates)} runs; beside plain Rasa",
        ),
    ]


async def _visit(visitor: Visitor, number: int = 0) -> list[float]:
    async with visitor() as talking:
        return [await talking.say(text) for text in VISITS[number % len(VISITS)]]


async def _rate(visitor: Visitor) -> float:
    started = time.perf_counter()
    turns = await asyncio.gather(*(_visit(visitor, number) for number in range(TALKING)))
    return sum(map(len, turns)) / (time.perf_counter() - started)


async def _desk(steps: Steps, product: Product, settings: Settings, *, quick: bool) -> list[Figure]:
    """Measure the hand-over desk, with a past that is thrown away afterwards."""
    crowd, database, past = desk.Crowd(), Database(settings.database_url), desk.PAST // (10 if quick else 1)
    with steps.step(f"Making up {past:,} past conversations"):
        await asyncio.to_thread(crowd.fill, database, past)
        database.close()
    await asyncio.to_thread(product.start)
    with steps.step(f"{desk.AGENTS} agents and {desk.OPEN} open conversations"):
        timings = await crowd.measure(product.port, 10 if quick else 60)
    used = product.part("desk").memory_info().rss / MEBIBYTE
    note = (
        f"resident, with {desk.AGENTS} consoles, {desk.OPEN} visitors and {past:,} conversations behind them"
    )
    return [*desk.figures(timings), Figure("desk: memory under that load", "MiB", used, note=note)]


@contextmanager
def _plain_rasa(settings: Settings, folder: Path) -> Iterator[int]:
    """Run `rasa run` with the same model, endpoints and action server, but Rasa's own REST channel."""
    port, credentials = free_port(), folder / "rest.yml"
    credentials.write_text("rest:\n")
    environment = child_environment(settings) | {"KINDHAND_TRACKER_URL": f"sqlite:///{folder / 'plain.db'}"}
    command = [sys.executable, "-m", "rasa", "run", "--model", str(training.model_path(settings))]
    command += ["--interface", "127.0.0.1", "--port", str(port), "--credentials", str(credentials)]
    with (folder / "plain.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        if not answers(f"http://127.0.0.1:{port}/", seconds=90, alive=lambda: process.poll() is None):
            raise StartError("Plain Rasa did not start, so there is nothing to compare with.")
        yield port
    finally:
        process.terminate()
        process.wait()


def _memory(product: Product) -> list[Figure]:
    parts = {name: product.part(name).memory_info().rss / MEBIBYTE for name in ("desk", "brain", "actions")}
    total = sum(parts.values())
    figures = [
        Figure(f"memory: {name}", "MiB", size, note="resident, after the talk above")
        for name, size in parts.items()
    ]
    return [*figures, Figure("memory: all together", "MiB", total, aim="under 2,560 MiB")]


def _milliseconds(
    what: str, mine: list[float], theirs: list[float], share: float, aim: str, note: str
) -> Figure:
    return Figure(what, "ms", 1000 * percentile(mine, share), 1000 * percentile(theirs, share), aim, note)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
