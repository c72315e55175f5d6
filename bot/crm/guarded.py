"""Calls to the CRM from asynchronous code: on threads of their own, checked, and never for long."""

import asyncio
import functools
import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

import tenacity
from circuitbreaker import CircuitBreaker

from bot.crm.adapter import READS
from bot.crm.card import CustomerCard
from bot.crm.checks import check
from bot.errors import CrmUnavailable, KindhandError, RecordRefused

T = TypeVar("T")
TRIES = 3  # of a read, within the time of one call
FAILURES, REST = 5, 30  # after so many in a row nobody is asked for so many seconds
KEPT = timedelta(hours=1)  # how old a card may be that stands in for one out of reach
MOST_KEPT = 1000
logger = logging.getLogger(__name__)


class Guard:
    """Run blocking CRM calls: `order = await guard(crm.order, "c-tom", "CK-10431")`. One guard, one CRM.

    - A call gets `seconds` in all. The threads are few and ours, so a CRM that hangs stops nothing else.
      One that was given up may still come through; that is why changes carry a key.
    - Reads are tried again, after pauses that grow; changes are not.
    - What comes back is checked (`bot.crm.checks`); a wrong answer is an error and never shown.
    - After `failures` in a row the CRM is left alone for `rest` seconds: the answer is at once that it is
      out of reach.
    - Meanwhile a card that was read within the last hour stands in, marked as stale.
    """

    def __init__(
        self,
        *,
        seconds: float = 3.0,
        threads: int = 8,
        failures: int = FAILURES,
        rest: float = REST,
        clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._seconds, self._clock = seconds, clock
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="crm")
        self._breaker = CircuitBreaker(failures, rest, expected_exception=_is_failure, name="crm")
        self._cards: OrderedDict[str, CustomerCard] = OrderedDict()

    async def __call__(self, verb: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Return the call's result.

        Raises:
            CrmUnavailable: it took too long, was not even tried, or failed with an error that is not ours.
            CrmError: as the call raised it, or as the check of its answer did.
        """
        name = getattr(verb, "__name__", "call")
        if self._breaker.opened:
            return self._kept(name, args, CrmUnavailable("The customer records are left alone for a while."))
        call = functools.partial(self._answer, functools.partial(verb, *args, **kwargs), name, args)
        try:
            answer = await self._breaker.call_async(self._in_time, call, name)
        except CrmUnavailable as problem:
            logger.warning("crm %s: %s", name, problem)
            return self._kept(name, args, problem)
        self._keep(answer)
        return answer

    def close(self) -> None:
        """Take no more calls; those that wait are dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _in_time(self, call: Callable[[], T], name: str) -> T:
        tries = _again(call, self._threads) if name in READS else _once(call, self._threads)
        try:
            return await asyncio.wait_for(tries, self._seconds)
        except asyncio.TimeoutError:
            raise CrmUnavailable(f"No answer to {name} within {self._seconds} s.") from None

    def _answer(self, call: Callable[[], T], name: str, asked: tuple[Any, ...]) -> T:
        """Make the call on a thread of ours."""
        try:
            answer = call()
            check(name, asked, answer)
        except KindhandError:
            raise
        except Exception as problem:
            # An adapter that lets a foreign error through must not bring a conversation down.
            raise CrmUnavailable(f"{name} failed with {type(problem).__name__}.") from problem
        return answer

    def _keep(self, answer: Any) -> None:
        if isinstance(answer, CustomerCard):
            self._cards[answer.customer.id] = answer
            self._cards.move_to_end(answer.customer.id)
            if len(self._cards) > MOST_KEPT:
                self._cards.popitem(last=False)

    def _kept(self, name: str, asked: tuple[Any, ...], problem: CrmUnavailable) -> Any:
        """Return the card of before, if a card was asked for and we have one; else raise the problem."""
        card = self._cards.get(asked[0]) if name == "card" and asked else None
        if card is None or isinstance(problem, RecordRefused) or self._clock() - card.fetched_at > KEPT:
            raise problem
        return replace(card, stale=True)


async def _once(call: Callable[[], T], threads: ThreadPoolExecutor) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, call)


async def _again(call: Callable[[], T], threads: ThreadPoolExecutor) -> T:
    trying = tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(TRIES),
        wait=tenacity.wait_random_exponential(multiplier=0.1, max=1),
        retry=tenacity.retry_if_exception(_is_trouble),
        reraise=True,
    )
    return await trying(_once, call, threads)


def _is_failure(kind: type[BaseException], problem: BaseException) -> bool:
    return _is_trouble(problem)


def _is_trouble(problem: BaseException) -> bool:
    """Tell whether an error speaks of the CRM's health, not of what it was asked."""
    return isinstance(problem, CrmUnavailable) and not isinstance(problem, RecordRefused)
