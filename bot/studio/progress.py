"""How a job says how it gets on: JSON lines on its standard output, which `bot.studio.jobs` reads."""

import errno
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from bot import jsonl
from bot.errors import KindhandError

LOOK = 1.0  # seconds between two looks for whoever started it
logger = logging.getLogger(__name__)


def step(words: str, *, done: int | None = None, of: int | None = None) -> None:
    """Say what is being done, and how much of it, if that can be counted."""
    counted = {"done": done, "of": of} if done is not None else {}
    _say({"step": words, **counted})


def main(work: Callable[[], Mapping[str, Any]], *, with_parent: bool = False) -> NoReturn:
    """Do the work of a job and end the process: its result, or what went wrong, is said in one last line.

    When the job is cancelled, the work is interrupted as by Ctrl-C, so that it can put things down; so it is,
    if wanted, when whoever started it is gone.
    """
    signal.signal(signal.SIGTERM, _interrupted)
    if with_parent:
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = dict(work())
    except KindhandError as problem:
        _end({"failed": str(problem)}, 1)
    except KeyboardInterrupt:
        os._exit(130)
    except OSError as problem:
        logger.exception("a job failed")
        full = problem.errno == errno.ENOSPC
        why = (
            "The disk is full. Make room"
            if full
            else f"It failed ({problem.strerror or problem}). Look into it"
        )
        _end({"failed": f"{why}, then start it again. Nothing was changed."}, 1)
    except Exception as problem:
        logger.exception("a job failed")
        _end({"failed": f"It broke off ({type(problem).__name__}). Nothing was changed; start it again."}, 1)
    _end({"result": result}, 0)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)


def _interrupted(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough
    raise KeyboardInterrupt


def _end(last: Mapping[str, Any], code: int) -> NoReturn:
    """Say the last word and go at once: some libraries leave threads that would keep the process."""
    _say(last)
    sys.stderr.flush()
    os._exit(code)


def _say(told: Mapping[str, Any]) -> None:
    sys.stdout.write(jsonl.line(told) + "\n")
    sys.stdout.flush()
