"""The visitor's door: who may open it, and what all who do share."""

from collections.abc import Collection
from dataclasses import dataclass

from starlette.websockets import WebSocket

from bot.business import Business
from bot.desk.visitor.limits import Buckets, Limits, Places
from bot.desk.visitor.turns import Turns
from bot.handoff.entrance import Entrance
from bot.handoff.service import HandoffService


@dataclass(frozen=True)
class Origins:
    """The sites whose pages may open a chat; with `own`, also the page's own address."""

    allowed: Collection[str]
    own: bool

    def admit(self, websocket: WebSocket) -> bool:
        origin, host = websocket.headers.get("origin", ""), websocket.headers.get("host", "")
        return origin in self.allowed or (self.own and origin in (f"http://{host}", f"https://{host}"))


class Gateway:
    """What all visitors' sessions share."""

    def __init__(
        self,
        service: HandoffService,
        entrance: Entrance,
        turns: Turns,
        business: Business,
        *,
        identity_secret: str,
        limits: Limits,
    ) -> None:
        self.service, self.entrance, self.turns, self.business = service, entrance, turns, business
        self.identity_secret, self.limits = identity_secret, limits
        self.messages = Buckets(limits.burst, limits.per_second)
        self.chats = Buckets(limits.chats_per_address, 0.5)
        self.sockets = Places(limits.sockets)
        self.addresses = Places(limits.sockets_per_address)
