"""The CRM beside a conversation: the card itself, and who is a VIP."""

import asyncio
import logging
import re
import time
from collections.abc import Iterable
from typing import Any

from bot.crm.adapter import Crm
from bot.crm.card import DOWN, STRANGER, UNKNOWN
from bot.crm.guarded import Guard
from bot.errors import CrmError, RecordNotFound

NUMBER = re.compile(r"\d{4}")  # what the records may know has as many digits in a row, or is an address
KNOWN_FOR = 300.0  # seconds; a failure is tried again after a tenth of it
MOST = 5000
AT_ONCE = 4  # customers looked up for their own sake: a card that an agent waits for comes before them
logger = logging.getLogger(__name__)


class Cards:
    """Read cards from the CRM without ever waiting for it for long."""

    def __init__(self, crm: Crm, guard: Guard) -> None:
        self._crm, self._guard = crm, guard
        self._vips: dict[str, tuple[bool, float]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def card(self, customer_id: str | None) -> dict[str, Any]:
        """Return the card as the console shows it, or why there is none."""
        if customer_id is None:
            return STRANGER.as_dict()
        try:
            card = await self._guard(self._crm.card, customer_id)
        except RecordNotFound:
            return UNKNOWN.as_dict()
        except CrmError as problem:
            logger.warning("no card for %s: %s", customer_id, type(problem).__name__)
            return DOWN.as_dict()
        if card.customer.id != customer_id:
            # Somebody else's record must never be seen beside this conversation.
            logger.error("the crm gave another customer's card for %s", customer_id)
            return DOWN.as_dict()
        self._remember(customer_id, card.customer.vip, KNOWN_FOR)
        return card.as_dict()

    async def owners(self, words: Iterable[str], seconds: float = 0.5) -> dict[str, str]:
        """Return whose orders or addresses some of these words are, as far as the CRM tells in time."""
        asked = {
            word: {"email" if "@" in word else "order_number": word} for word in words if _may_be_known(word)
        }
        found = {word: asyncio.ensure_future(self._find(**sought)) for word, sought in asked.items()}
        if found:
            await asyncio.wait(found.values(), timeout=seconds)
        return {word: id for word, task in found.items() if task.done() and (id := task.result())}

    async def _find(self, **sought: str) -> str | None:
        try:
            return await self._guard(self._crm.find, **sought)
        except CrmError as problem:
            logger.warning("nobody looked up: %s", type(problem).__name__)
            return None

    async def learn(self, customer_ids: Iterable[str | None], seconds: float = 1.0) -> None:
        """Find out who is a VIP, as far as the CRM tells in time."""
        now = time.monotonic()
        unknown = {id for id in customer_ids if id and self._vips.get(id, (False, 0.0))[1] < now}
        if not unknown:
            return
        for id in unknown:
            self._remember(id, self.is_vip(id), KNOWN_FOR / 10)
        await asyncio.wait([asyncio.ensure_future(self._in_turn(id)) for id in unknown], timeout=seconds)

    async def _in_turn(self, customer_id: str) -> None:
        # All at once they would time out waiting for each other, which looks as if the CRM was down.
        async with self._places:
            await self.card(customer_id)

    def is_vip(self, customer_id: str | None) -> bool:
        return self._vips.get(customer_id or "", (False, 0.0))[0]

    def _remember(self, customer_id: str, vip: bool, seconds: float) -> None:
        if len(self._vips) >= MOST:
            del self._vips[next(iter(self._vips))]
        self._vips[customer_id] = (vip, time.monotonic() + seconds)


def _may_be_known(word: str) -> bool:
    return "@" in word or NUMBER.search(word) is not None
