"""The visitor's door: who may open it, and what is built once for all who do."""

import logging
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.websockets import WebSocket

from bot.business import Business
from bot.desk.sockets import TRY_LATER, Socket
from bot.desk.visitor.limits import Buckets, Limits, Places
from bot.desk.visitor.session import Session
from bot.desk.visitor.turns import Turns
from bot.errors import TooMany
from bot.handoff.entrance import Entrance
from bot.handoff.service import HandoffService

logger = logging.getLogger(__name__)


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

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one visitor's socket until it ends."""
        await websocket.accept()
        socket = Socket(websocket)
        address = websocket.client.host if websocket.client else ""
        with ExitStack() as held:
            try:
                held.enter_context(self.addresses.take(address))
            except TooMany as refusal:
                await socket.refuse(_error(refusal), TRY_LATER)
                return
            session = Session(self, socket, address)
            with session:
                await socket.serve(session.read())


def _error(refusal: TooMany) -> dict[str, str | None]:
    return {"op": "error", "code": refusal.code, "text": refusal.text, "cmid": None}


def routes(app: FastAPI, origins: Origins) -> None:
    """Open the visitor's door at `/ws/visitor`; the gateway itself is `app.state.gateway`."""

    @app.websocket("/ws/visitor")
    async def visitor(websocket: WebSocket) -> None:
        if not origins.admit(websocket):
            await websocket.close()  # before it is accepted: 403
            return
        await websocket.app.state.gateway.serve(websocket)
