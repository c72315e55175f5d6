"""The whole product in a process of its own, started and stopped as its owner does.

For the benchmark, the pictures and the tests.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from bot.errors import StartError
from bot.settings import ROOT
from bot.supervisor.child import end_with_parent
from bot.supervisor.health import answers
from bot.supervisor.ports import free_port

UP = (sys.executable, "-m", "bot.cli", "up")
MODULES = {"desk": "bot.desk", "brain": "bot.dialogue.brain", "actions": "bot.dialogue.action_server"}
PORTS = {"desk": "KINDHAND_PORT", "brain": "KINDHAND_BRAIN_PORT", "actions": "KINDHAND_ACTIONS_PORT"}


class Product:
    """`kindhand up` in a process of its own; use as a context manager."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.var, self.out = folder / "var", folder / "up.txt"
        self.port, self.brain_port, self.actions_port = free_port(), free_port(), free_port()
        ours = {
            "KINDHAND_PORT": str(self.port),
            "KINDHAND_BRAIN_PORT": str(self.brain_port),
            "KINDHAND_ACTIONS_PORT": str(self.actions_port),
            "KINDHAND_VAR": str(self.var),
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KINDHAND_")}
        self.environment = {**kept, **ours, **environment}

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def password(self) -> str:
        """The demo agents' password."""
        return (self.var / "demo-password").read_text().strip()

    @property
    def printed(self) -> str:
        return self.out.read_text()

    def __enter__(self) -> "Product":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, limit: float = 300) -> None:
        """Start it and wait until it prints where to click; `limit` in seconds is for busy machines.

        On Linux it ends when this process is killed, if this is called from its main thread.
        """
        self.process = subprocess.Popen(
            UP,
            cwd=ROOT,
            env=self.environment,
            stdout=self.out.open("w"),
            stderr=subprocess.STDOUT,
            # A thread may end long before the program does.
            preexec_fn=end_with_parent if sys.platform == "linux" and _in_main_thread() else None,
        )
        started = time.monotonic()
        while "Stop with Ctrl-C" not in self.printed:
            if self.process.poll() is not None or time.monotonic() - started > limit:
                self.stop()
                raise StartError(f"kindhand up did not come up:\n{self.printed}")
            time.sleep(0.1)

    def stop(self) -> int:
        """Stop it as Ctrl-C does and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(40)
        except subprocess.TimeoutExpired:
            for child in psutil.Process(self.process.pid).children(recursive=True):
                child.kill()
            self.process.kill()
            raise

    def part(self, name: str) -> psutil.Process:
        """Return the running process of the `desk`, the `brain` or the `actions`."""
        for child in psutil.Process(self.process.pid).children():
            if MODULES[name] in child.cmdline():
                return child
        raise StartError(f"No {name} is running.")

    def kill(self, name: str) -> None:
        """Kill one process without warning."""
        part = self.part(name)
        part.kill()
        part.wait(5)

    def port_of(self, name: str) -> int:
        """Return where a running process listens; after a switch that is elsewhere than at the start."""
        return int(self.part(name).environ()[PORTS[name]])

    def wait_for_part(self, name: str, limit: float = 180) -> None:
        """Wait until the process is there again and answers."""
        path, end = "/" if name == "brain" else "/health", time.monotonic() + limit
        while time.monotonic() < end:
            try:
                port = self.port_of(name)
            except (StartError, psutil.Error, KeyError):
                time.sleep(0.1)
                continue
            if answers(f"http://127.0.0.1:{port}{path}", seconds=1):
                return
        raise StartError(f"The {name} did not come back in {limit:.0f} s.")


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
