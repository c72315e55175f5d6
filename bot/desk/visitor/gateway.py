"""The visitor's door: who may open it, and what all who do share."""

from collections.abc import Collection
from dataclasses import dataclass

from starlette.websockets import WebSocket

from bot.attachments.keeper import Keeper
from bot.business import Business
from bot.desk.attempts import Attempts
from bot.desk.visitor.limits import Buckets, Limits, Places
from bot.desk.visitor.turns import Turns
from bot.errors import TooMany
from bot.handoff.entrance import Entrance
from bot.handoff.leaving import Wish
from bot.handoff.model import Receipt
from bot.handoff.service import HandoffService
from bot.reach.continuations import Continuations
from bot.reach.customers import Transcripts

AN_HOUR = 3600.0


@dataclass(frozen=True)
class Origins:
    """The addresses whose pages may open a socket: our own, by name or by being the one that was asked."""

    own: Collection[str]

    def admit(self, websocket: WebSocket) -> bool:
        origin, host = websocket.headers.get("origin", ""), websocket.headers.get("host", "")
        return origin in self.own or (bool(host) and origin in (f"http://{host}", f"https://{host}"))


class Pace:
    """How many files visitors may send, and how fast."""

    def __init__(self, limits: Limits) -> None:
        self._conversations = Attempts(limit=limits.files, seconds=AN_HOUR)
        self._addresses = Attempts(limit=limits.files_per_address, seconds=AN_HOUR)
        self.places = Places(limits.files_at_once)

    def take(self, conversation_id: str, address: str) -> None:
        """Count one more.

        Raises:
            TooMany: there were so many lately that others would have to wait.
        """
        if not (self._addresses.take(address) and self._conversations.take(conversation_id)):
            raise TooMany("That was a lot in a short time.")


class Gateway:
    """What all visitors' sessions share."""

    def __init__(
        self,
        service: HandoffService,
        entrance: Entrance,
        turns: Turns,
        business: Business,
        *,
        transcripts: Transcripts,
        continuations: Continuations,
        keeper: Keeper,
        identity_secret: str,
        limits: Limits,
    ) -> None:
        self.service, self.entrance, self.turns, self.business = service, entrance, turns, business
        self.transcripts, self.continuations, self.keeper = transcripts, continuations, keeper
        self.identity_secret, self.limits = identity_secret, limits
        self.messages = Buckets(limits.burst, limits.per_second)
        self.chats = Buckets(limits.chats_per_address, 0.5)
        self.sockets = Places(limits.sockets)
        self.addresses = Places(limits.sockets_per_address)
        self.files = Pace(limits)
        self._copies = Attempts(limit=limits.copies, seconds=AN_HOUR)
        self._calls = Attempts(limit=limits.calls, seconds=AN_HOUR)
        self._copies_by_address = Attempts(limit=limits.copies_per_address, seconds=AN_HOUR)

    async def send_copy(self, conversation_id: str, email: str, address: str, *, language: str | None) -> str:
        """Have a copy of a conversation sent, for somebody at a network address; return the confirmation.

        Raises:
            ProtocolError: that is no e-mail address, or there is nothing to send or no way to.
            TooMany: so many copies were asked for lately that strangers might be pestered with them.
        """
        to = self.transcripts.check(email, language=language)
        self._count_letter(conversation_id, to, address)
        return await self.transcripts.send(conversation_id, to, language=language)

    async def send_link(self, conversation_id: str, email: str, address: str, *, language: str | None) -> str:
        """Have a link to go on elsewhere sent; as `send_copy`, and counted with the copies."""
        to = self.continuations.check(email, language=language)
        self._count_letter(conversation_id, to, address)
        return await self.continuations.send(conversation_id, to, language=language)

    async def call_back(self, conversation_id: str, cmid: str, where: Wish) -> Receipt:
        """Have somebody answered elsewhere, which is a ticket in the customer records each time.

        Raises:
            ProtocolError: it cannot be promised.
            TooMany: so often that the records would be flooded.
        """
        if not self._calls.take(conversation_id):
            raise TooMany("That was a lot in a short time.")
        fresh = False
        try:
            receipt = await self.service.call_back(conversation_id, cmid, where)
            fresh = receipt.fresh
        finally:
            if not fresh:
                self._calls.give_back(conversation_id)
        return receipt

    def _count_letter(self, conversation_id: str, to: str, address: str) -> None:
        taken = (
            self._copies_by_address.take(("from", address)),
            self._copies_by_address.take(("to", to.lower())),
            self._copies.take(conversation_id),
        )
        if not all(taken):
            raise TooMany("That was a lot in a short time.")
