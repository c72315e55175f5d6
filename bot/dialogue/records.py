"""The customer's records as actions ask for them: on a thread, for three seconds at most."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from bot import wiring
from bot.crm.adapter import Crm
from bot.crm.guarded import Guard
from bot.dialogue.limits import CRM_SECONDS

T = TypeVar("T")


def crm() -> Crm:
    return wiring.crm(wiring.settings())


async def ask(verb: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Return what the CRM answers to `verb`, such as `await ask(crm().order, customer_id, number)`.

    Raises:
        CrmUnavailable: no answer in time.
        CrmError: as the CRM raised it.
    """
    return await _guard(crm())(verb, *args, **kwargs)


@lru_cache(maxsize=1)
def _guard(crm: Crm) -> Guard:
    return Guard(seconds=CRM_SECONDS)
