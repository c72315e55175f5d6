"""Starting without getting in the way: visitors may be talking to the version before meanwhile.

Most of a start is one long computation, importing Rasa and building the model. A thread of less priority
leaves the processor to whoever answers visitors, and takes what they leave over; on an idle machine it is
as fast as any other.
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

GENTLY = "--gently"  # what a process is told that starts beside another one
LESS = 10  # steps on Unix's scale; about a tenth of what the others get where all of them want more
T = TypeVar("T")


def asked_for() -> bool:
    """Tell whether this process was told to start gently, and take it from its arguments."""
    asked = GENTLY in sys.argv
    sys.argv[:] = [given for given in sys.argv if given != GENTLY]
    return asked


def gently(work: Callable[[], T]) -> T:
    """Return what `work` returns, done on a thread of less priority while this one waits."""
    done: Future[T] = Future()

    def go() -> None:
        if sys.platform == "linux":  # elsewhere a thread has no priority of its own
            own = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, own, os.getpriority(os.PRIO_PROCESS, own) + LESS)
        try:
            done.set_result(work())
        except BaseException as problem:
            done.set_exception(problem)

    threading.Thread(target=go, name="gently").start()
    return done.result()
