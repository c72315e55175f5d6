"""How a job says how it gets on: JSON lines on its standard output, which `bot.studio.jobs` reads."""

import errno
import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from bot import jsonl
from bot.errors import KindhandError

logger = logging.getLogger(__name__)


def step(words: str, *, done: int | None = None, of: int | None = None) -> None:
    """Say what is being done, and how much of it, if that can be counted."""
    counted = {"done": done, "of": of} if done is not None else {}
    _say({"step": words, **counted})


def main(work: Callable[[], Mapping[str, Any]]) -> NoReturn:
    """Do the work of a job and end the process: its result, or what went wrong, is said in one last line.

    When the job is cancelled, the work is interrupted as by Ctrl-C, so that it can put things down.
    """
    signal.signal(signal.SIGTERM, _interrupted)
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
