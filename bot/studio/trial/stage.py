"""A private copy of the product that lives as long as whoever asked for it.

Run by `python -m bot.studio.trial.stage`, it serves the files in a folder, with records of its own, and tells
nobody outside. On standard output it says in one JSON line where it listens, or why it does not run. It ends
when its standard input does: also when the desk was killed.
"""

import argparse
import signal
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot import jsonl
from bot.errors import KindhandError
from bot.rehearsal.play import apart
from bot.settings import Settings
from bot.supervisor.product import Product


def run(files: Path, settings: Settings) -> None:
    """Run a copy over `files` until standard input ends.

    Raises:
        StartError: it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="kindhand-trial-") as place:
        own = {"KINDHAND_SECRET": settings.secret, "KINDHAND_IDENTITY_SECRET": settings.identity_secret}
        product = Product(Path(place), **apart(Path(place), replace(settings, live=str(files))), **own)
        try:
            product.start()
            ports = {"desk": product.port, "brain": product.brain_port, "actions": product.actions_port}
            databases = {name: product.environment[f"KINDHAND_{key}_URL"] for name, key in DATABASES.items()}
            _say({"ports": ports, "databases": databases})
            sys.stdin.read()
        finally:
            product.stop()


DATABASES = {"desk": "DATABASE", "trackers": "TRACKER"}


def _say(told: dict[str, object]) -> None:
    sys.stdout.write(jsonl.line(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run the copy; the settings come from the environment."""
    parser = argparse.ArgumentParser(prog="python -m bot.studio.trial.stage")
    parser.add_argument("files", type=Path)
    files = parser.parse_args().files
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            run(files, Settings.load())
    except KindhandError as problem:
        _say({"failed": str(problem)})
        sys.exit(1)
    except OSError as problem:
        _say({"failed": f"There is no room for a copy ({problem.strerror}). Make some, then try again."})
        sys.exit(1)


if __name__ == "__main__":
    main()
