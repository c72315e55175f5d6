"""Progress for people: one line a step, with a live clock on a terminal and plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class Steps:
    """Prints steps as they start and end."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)

    @contextmanager
    def step(self, doing: str, done: str = "") -> Iterator[None]:
        """Show `doing` while the block runs, then `done` with the seconds it took."""
        started = time.monotonic()
        try:
            with self.console.status(f"{doing} ...", spinner="dots"):
                yield
        except BaseException:
            self.console.print(f"  [red]✗[/] {doing}")
            raise
        took = time.monotonic() - started
        seconds = f"  [dim]{took:.0f} s[/]" if took >= 1 else ""
        self.console.print(f"  [green]✓[/] {done or doing}{seconds}")

    def say(self, text: str = "") -> None:
        """Print one line as it is."""
        self.console.print(text)
