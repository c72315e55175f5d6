"""The console's socket: ticket, snapshot, then everything as it happens."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

from starlette.websockets import WebSocket

from bot.desk.access import Session, check_origin, conversation_for_agent
from bot.desk.console.room import Room
from bot.desk.console.screens import Screen
from bot.desk.sockets import NOT_AUTHENTICATED, VIOLATION, Socket
from bot.errors import NotAuthenticated, ProtocolError
from bot.handoff.model import Conversation

HELLO = 10.0  # seconds until the first frame
BEAT = 4.0  # seconds between looks at whether the session still holds
STRIKES = 3
Frame = dict[str, Any]
logger = logging.getLogger(__name__)


async def console(websocket: WebSocket) -> None:
    """Serve one console until it goes, is signed out, or cannot keep up."""
    try:
        check_origin(websocket)
    except ProtocolError:
        await websocket.close()  # before it is accepted: 403
        return
    await websocket.accept()
    room: Room = websocket.app.state.console
    socket = Socket(websocket)
    texts = socket.texts(first_within=HELLO)
    try:
        session = await _greeted(texts, room)
    except ProtocolError as refusal:
        await socket.refuse({"op": "error", "code": refusal.code, "text": refusal.text}, NOT_AUTHENTICATED)
        return
    with (
        room.screens.opened(socket, session) as screen,
        room.service.bus.subscribe(screen.heard),
        room.service.presence.online(session.agent.id),
        websocket.app.state.teller.needed(),
    ):
        await socket.serve(_Desk(room, screen).run(texts))


async def _greeted(texts: AsyncIterator[str | None], room: Room) -> Session:
    """Return whose console this is."""
    frame = _frame(await anext(texts, None))
    if frame.get("op") != "hello" or not isinstance(frame.get("ticket"), str):
        raise NotAuthenticated("Please reload the page.")
    session = room.tickets.take(frame["ticket"])
    if not await room.database.run(room.access.is_live, session):
        raise NotAuthenticated("Please sign in.")
    return session


class _Desk:
    """What one socket may do, and for how long."""

    def __init__(self, room: Room, screen: Screen) -> None:
        self._room, self._screen = room, screen
        self._socket, self._agent = screen.socket, screen.session.agent
        self._typing: str | None = None

    async def run(self, texts: AsyncIterator[str | None]) -> None:
        """Tell all there is, then listen and tell what changes; when one of the two ends, both end."""
        await self._snapshot()
        loops = [asyncio.ensure_future(loop) for loop in (self._listen(texts), self._hold())]
        try:
            await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for loop in loops:
                loop.cancel()
            results = await asyncio.gather(*loops, return_exceptions=True)
            self._stop_typing()
        for problem in results:
            if isinstance(problem, Exception):
                raise problem

    async def _snapshot(self) -> None:
        look = await self._room.snapshot(self._agent.id)
        self._screen.counts = look.counts[self._agent.id]
        told = {"conversations": look.of(self._agent.id), "counts": self._screen.counts}
        self._socket.send({"op": "snapshot", **told})
        self._screen.go_live()

    # What comes in.

    async def _listen(self, texts: AsyncIterator[str | None]) -> None:
        strikes = 0
        async for text in texts:
            try:
                await self._act(_frame(text))
                strikes = 0
            except ProtocolError as refusal:
                strikes += 1
                self._socket.send({"op": "error", "code": refusal.code, "text": refusal.text})
            if strikes == STRIKES:
                self._socket.close(VIOLATION)
                return

    async def _act(self, frame: Frame) -> None:
        match frame.get("op"):
            case "ping":
                self._socket.send({"op": "pong"})
            case "watch":
                await self._watch(frame.get("conversation"))
            case "typing":
                await self._type(frame.get("conversation"), frame.get("on"))
            case _:
                raise ProtocolError("This desk does not know that.", code="unknown_op")

    async def _watch(self, id: Any) -> None:
        found = None if id is None else await self._found(id)
        if found:
            await self._room.database.run(self._room.audit.opened, self._agent.id, found.id)
        if id != self._typing:
            self._stop_typing()
        self._room.screens.watch(self._screen, id)
        if found:
            # Said while the screen was fetching the conversation, it would be in neither.
            now = await self._found(id)
            self._screen.seen[now.id] = max(now.last_seq, self._screen.seen.get(now.id, 0))
            self._socket.send({"op": "watching", "conversation": now.id, "last_seq": now.last_seq})
            self._screen.stir(now.id)

    async def _type(self, id: Any, on: Any) -> None:
        if not isinstance(on, bool):
            raise ProtocolError("`on` is true or false.", code="bad_frame")
        found = await self._found(id)
        if not found.owned_by(self._agent.id):
            return  # taken away a moment ago; nobody has to be told
        self._typing = id if on else None
        self._room.service.typing(id, "agent", self._agent.name, on)

    async def _found(self, id: Any) -> Conversation:
        if not isinstance(id, str):
            raise ProtocolError("`conversation` is an id.", code="bad_frame")

        def work() -> Conversation:
            with self._room.database.read() as connection:
                return conversation_for_agent(connection, self._agent, id)

        return await self._room.database.run(work)

    def _stop_typing(self) -> None:
        if self._typing:
            self._room.service.typing(self._typing, "agent", self._agent.name, False)
            self._typing = None

    # What goes out.

    async def _hold(self) -> None:
        """Look again and again whether the session still holds; end when it does not."""
        while True:
            await asyncio.sleep(BEAT)
            if not await self._room.database.run(self._room.access.is_live, self._screen.session):
                self._screen.sign_out()
                return


def _frame(text: str | None) -> Frame:
    """Return the object that a frame holds."""
    try:
        frame = json.loads(text or "")
    except (ValueError, RecursionError):
        frame = None
    if not isinstance(frame, dict):
        raise ProtocolError("A frame is one JSON object.", code="bad_frame")
    return frame
