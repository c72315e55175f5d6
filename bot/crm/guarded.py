"""Calls to the CRM from asynchronous code: on threads of their own and never for long."""

import asyncio
import functools
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from bot.errors import CrmUnavailable, KindhandError

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Guard:
    """Run blocking CRM calls: `order = await guard(crm.order, "c-tom", "CK-10431")`.

    The threads are few and ours, so a CRM that hangs stops nothing else. A call that was given up
    may still come through; that is why changes carry a key.
    """

    def __init__(self, *, seconds: float = 3.0, threads: int = 8) -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="crm")

    async def __call__(self, verb: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Return the call's result.

        Raises:
            CrmUnavailable: it took too long, or failed with an error that is not ours.
            CrmError: as the call raised it.
        """
        call = functools.partial(verb, *args, **kwargs)
        running = asyncio.get_running_loop().run_in_executor(self._threads, call)
        name = getattr(verb, "__name__", "call")
        try:
            return await asyncio.wait_for(running, self._seconds)
        except asyncio.TimeoutError:
            logger.warning("crm %s gave no answer within %s s", name, self._seconds)
            raise CrmUnavailable(f"No answer to {name} within {self._seconds} s.") from None
        except KindhandError:
            raise
        except Exception as problem:
            # An adapter that lets a foreign error through must not bring a conversation down.
            logger.error("crm %s failed with %s", name, type(problem).__name__)
            raise CrmUnavailable(f"{name} failed with {type(problem).__name__}.") from problem

    def close(self) -> None:
        """Take no more calls; those that wait are dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)
