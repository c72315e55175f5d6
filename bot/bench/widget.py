"""What the widget costs the page it is on, on a slow phone, beside the same page without it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import psutil

from bot.bench import phone, website
from bot.bench.figure import Figure
from bot.bench.phone import BareVisit, Visit
from bot.errors import StartError
from bot.settings import ROOT, Settings
from bot.supervisor.health import answers
from bot.supervisor.ports import free_port
from bot.supervisor.services import child_environment
from bot.supervisor.steps import Steps

RUNS, QUICK = 7, 5
IDLE, PATIENCE = 10.0, 60.0  # per cent of a core at which the desk is at rest; seconds to wait for that
KILOBYTE = 1000
HOW = (
    f"processor {phone.CPU}x slower, {phone.LATENCY:g} ms and {phone.DOWN * 8 / 1e6:.2f} Mbit/s, empty cache"
)


def measure(steps: Steps, *, quick: bool = False) -> list[Figure]:
    """Start a desk and a website, and visit both pages in turn; about a minute and a half."""
    runs = QUICK if quick else RUNS
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        with steps.step("Starting a desk for the widget"):
            desk = _Desk(Path(folder), f"http://localhost:{port}")
        try:
            with (
                website.running(port, desk.address) as site,
                phone.browser() as browser,
                steps.step(f"{runs} visits on a slow phone, with the widget and without"),
            ):
                phone.visit(
                    browser, site.origin + website.WITH, desk.address
                )  # not counted: files are packed
                pairs = [
                    (
                        phone.visit(browser, site.origin + website.WITH, desk.address),
                        phone.bare_visit(browser, site.origin + website.WITHOUT),
                    )
                    for _ in range(runs)
                ]
        finally:
            desk.stop()
    return figures([ours for ours, _ in pairs], [bare for _, bare in pairs])


def figures(ours: Sequence[Visit], bare: Sequence[BareVisit]) -> list[Figure]:
    """Sum up visits to both pages."""
    how = f"median of {len(ours)}; {HOW}"
    longest = f"the longest of each visit, processor time, {how}"
    return [
        Figure(
            "widget: bytes before it is opened",
            "KB",
            median(one.loading_bytes for one in ours) / KILOBYTE,
            note="bodies as they come over the line, gzipped",
        ),
        Figure(
            "widget: bytes with the chat open",
            "KB",
            median(one.opened_bytes for one in ours) / KILOBYTE,
            aim="under 40 KB",
            note="the same, with all before",
        ),
        Figure(
            "widget: launcher can be pressed",
            "ms",
            median(one.launcher for one in ours),
            median(one.loaded for one in bare),
            note=f"from navigation; beside it the bare page's load event; {how}",
        ),
        Figure(
            "widget: chat can be written in",
            "ms",
            median(one.writable for one in ours),
            note=f"from the press; {how}",
        ),
        Figure(
            "widget: layout shift",
            "",
            max(one.shift for one in ours),
            max(one.shift for one in bare),
            aim="0",
            note=f"sum of all shifts of the page, also after the press; the worst of {len(ours)}",
        ),
        Figure(
            "widget: longest task while loading",
            "ms",
            median(max(one.loading_tasks) for one in ours),
            median(max(one.tasks) for one in bare),
            aim="under 50 ms",
            note=longest,
        ),
        Figure(
            "widget: its script while loading",
            "ms",
            median(one.script for one in ours),
            aim="under 50 ms",
            note=f"compiling and running it on the main thread, processor time, {how}",
        ),
        Figure(
            "widget: longest task while opening",
            "ms",
            median(max(one.opening_tasks) for one in ours),
            aim="under 50 ms",
            note=longest,
        ),
    ]


class _Desk:
    """A desk in a process of its own, without a bot: the widget needs none to be opened."""

    def __init__(self, folder: Path, origin: str) -> None:
        environment = {"KINDHAND_VAR": str(folder), "KINDHAND_PORT": str(free_port())}
        settings = Settings.load({**environment, "KINDHAND_ALLOWED_ORIGINS": origin})
        self.address = f"http://localhost:{settings.port}"
        self._log = (folder / "desk.log").open("w")
        command = [sys.executable, "-m", "bot.desk"]
        environment = child_environment(settings)
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=self._log, stderr=subprocess.STDOUT
        )
        if not answers(f"{self.address}/health", seconds=PATIENCE, alive=self._lives):
            self.stop()
            raise StartError(f"The desk did not start:\n{(folder / 'desk.log').read_text()}")
        self._rest()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._log.close()

    def _lives(self) -> bool:
        return self._process.poll() is None

    def _rest(self) -> None:
        """Wait until it has prepared itself, which would take the browser's processor time."""
        process, until = psutil.Process(self._process.pid), time.monotonic() + PATIENCE
        while process.cpu_percent(interval=1.0) > IDLE and time.monotonic() < until:
            pass
