"""The console's socket: ticket, snapshot, then everything as it happens."""

import asyncio
import json
import logging
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.desk.access import Session, check_origin, conversation_for_agent
from bot.desk.console.room import Room
from bot.desk.console.screens import Frame, Screen
from bot.errors import NotAuthenticated, ProtocolError
from bot.handoff.model import Conversation

HELLO = 10.0  # seconds until the first frame
SILENCE = 70.0  # seconds without a frame, three missed pings
GATHER = 0.1  # seconds in which changes are gathered into one look at the database
BEAT = 5.0  # seconds between looks at whether the session still holds
REVIEW = 60.0  # seconds after which waiting conversations are weighed again
STRIKES = 3
logger = logging.getLogger(__name__)


async def console(socket: WebSocket) -> None:
    """Serve one console until it goes, is signed out, or cannot keep up."""
    try:
        check_origin(socket)
    except ProtocolError:
        await socket.close(1008)  # before it was accepted: the browser sees 403
        return
    await socket.accept()
    try:
        await _serve(socket)
    except WebSocketDisconnect:
        pass
    except NotAuthenticated as problem:
        await _refuse(socket, problem, 4401)


async def _serve(socket: WebSocket) -> None:
    room: Room = socket.app.state.console
    session = await _greeted(socket, room)
    with (
        room.screens.opened(session) as screen,
        room.service.bus.subscribe(screen.heard),
        room.service.presence.online(session.agent.id),
    ):
        await _Desk(socket, room, screen).run()


async def _greeted(socket: WebSocket, room: Room) -> Session:
    """Return whose console this is."""
    try:
        frame = _frame(await asyncio.wait_for(socket.receive(), HELLO))
    except (ProtocolError, asyncio.TimeoutError):
        raise NotAuthenticated("Please reload the page.") from None
    if frame.get("op") != "hello" or not isinstance(frame.get("ticket"), str):
        raise NotAuthenticated("Please reload the page.")
    session = room.tickets.take(frame["ticket"])
    if not await room.database.run(room.access.is_live, session):
        raise NotAuthenticated("Please sign in.")
    return session


class _Desk:
    """The three loops of one socket: read, write, and keep summaries fresh. When one ends, all end."""

    def __init__(self, socket: WebSocket, room: Room, screen: Screen) -> None:
        self._socket, self._room, self._screen = socket, room, screen
        self._agent = screen.session.agent
        self._counts: dict[str, int] = {}
        self._typing: str | None = None

    async def run(self) -> None:
        await self._snapshot()
        loops = [self._reading(), self._writing(), self._refreshing(), self._screen.over.wait()]
        tasks = [asyncio.ensure_future(loop) for loop in loops]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._stop_typing()
        for task in done:
            task.result()
        await self._check_session()
        await _close(self._socket, 1013)

    async def _snapshot(self) -> None:
        conversations, self._counts = await self._room.listed("all", self._agent.id)
        await self._send({"op": "snapshot", "conversations": conversations, "counts": self._counts})

    async def _reading(self) -> None:
        strikes = 0
        while strikes < STRIKES:
            try:
                await self._take(_frame(await asyncio.wait_for(self._socket.receive(), SILENCE)))
                strikes = 0
            except asyncio.TimeoutError:
                return
            except ProtocolError as problem:
                strikes += 1
                self._screen.tell({"op": "error", "code": problem.code, "text": problem.text})
        await asyncio.sleep(GATHER)  # so that the last error still goes out
        await _close(self._socket, 1008)

    async def _writing(self) -> None:
        while True:
            await self._send(await self._screen.frames.get())

    async def _refreshing(self) -> None:
        """Tell changed summaries, gathered; look now and then whether the session holds."""
        loop, screen = asyncio.get_running_loop(), self._screen
        reviewed = loop.time()
        while True:
            try:
                await asyncio.wait_for(screen.stirred.wait(), BEAT)
            except asyncio.TimeoutError:
                await self._check_session()
            if loop.time() - reviewed > REVIEW:
                reviewed = loop.time()
                waiting, _ = await self._room.listed("queue", self._agent.id)
                screen.changed.update(summary["id"] for summary in waiting)
            await asyncio.sleep(GATHER)
            await self._tell_changes()

    async def _check_session(self) -> None:
        if not await self._room.database.run(self._room.access.is_live, self._screen.session):
            raise NotAuthenticated("Please sign in.")

    async def _tell_changes(self) -> None:
        screen = self._screen
        screen.stirred.clear()
        changed, screen.changed = screen.changed, set()
        if not changed:
            return
        if screen.watched in changed:
            await self._room.read(self._agent.id, screen.watched, screen.seen)
        summaries, counts = await self._room.changed(sorted(changed), self._agent.id)
        for summary in summaries:
            if summary["last_message"]:  # a visitor who only opened the chat is nobody's business yet
                screen.tell({"op": "conversation", "summary": summary})
        if counts != self._counts:
            self._counts = counts
            screen.tell({"op": "counts", "counts": counts})

    async def _take(self, frame: Frame) -> None:
        """Do what a frame asks for."""
        match frame.get("op"):
            case "ping":
                self._screen.tell({"op": "pong"})
            case "watch":
                await self._watch(frame.get("conversation"))
            case "typing":
                await self._type(frame.get("conversation"), frame.get("on"))
            case _:
                raise ProtocolError("This desk does not know that.", code="unknown_op")

    async def _watch(self, id: Any) -> None:
        found = None if id is None else await self._found(id)
        if id != self._typing:
            self._stop_typing()
        self._screen.watched, self._screen.seen = id, found.last_seq if found else 0

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

    async def _send(self, frame: Frame) -> None:
        await self._socket.send_text(json.dumps(frame, ensure_ascii=False))


def _frame(received: dict[str, Any]) -> Frame:
    """Return the object that a frame holds."""
    if received["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(received.get("code", 1005))
    try:
        frame = json.loads(received.get("text") or "")
    except (ValueError, RecursionError):
        frame = None
    if not isinstance(frame, dict):
        raise ProtocolError("A frame is one JSON object.", code="bad_frame")
    return frame


async def _refuse(socket: WebSocket, problem: ProtocolError, code: int) -> None:
    error = {"op": "error", "code": problem.code, "text": problem.text}
    try:
        await socket.send_text(json.dumps(error))
    except (WebSocketDisconnect, RuntimeError):
        return
    await _close(socket, code)


async def _close(socket: WebSocket, code: int) -> None:
    if {socket.application_state, socket.client_state} == {WebSocketState.CONNECTED}:
        await socket.close(code)
