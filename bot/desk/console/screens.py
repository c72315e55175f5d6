"""The consoles that are open at this moment, and what each of them is told."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.desk.access import Session
from bot.desk.sockets import NOT_AUTHENTICATED, Socket
from bot.handoff.events import Event, MessageAdded, TypingChanged


class Screen:
    """One open console. Everything here runs on the event loop."""

    def __init__(self, socket: Socket, session: Session) -> None:
        self.socket, self.session = socket, session
        self.watched: str | None = None
        self.seen: dict[str, int] = {}  # the newest message watched in each conversation, still to be kept
        self.changed: set[str] = set()  # conversations whose summary is out of date here
        self.stirred = asyncio.Event()

    def heard(self, event: Event) -> None:
        """Take in what happened."""
        if isinstance(event, TypingChanged):
            self._typing(event)
            return
        if isinstance(event, MessageAdded) and event.conversation_id == self.watched:
            self.seen[event.conversation_id] = event.message.seq
            told = {"conversation": event.conversation_id, "message": event.message.as_dict()}
            self.socket.send({"op": "message", **told})
        self.stir(event.conversation_id)

    def stir(self, conversation_id: str) -> None:
        """Have the summary of a conversation told again."""
        self.changed.add(conversation_id)
        self.stirred.set()

    def sign_out(self) -> None:
        """Say that the session is over, and end."""
        self.socket.send({"op": "error", "code": "not_authenticated", "text": "Please sign in."})
        self.socket.close(NOT_AUTHENTICATED)

    def _typing(self, event: TypingChanged) -> None:
        mine = event.speaker == "agent" and event.name == self.session.agent.name
        if event.conversation_id == self.watched and not mine:
            told = {"speaker": event.speaker, "name": event.name, "on": event.on}
            self.socket.send({"op": "typing", "conversation": event.conversation_id, **told})


class Screens:
    """All open consoles."""

    def __init__(self) -> None:
        self._open: set[Screen] = set()

    @contextmanager
    def opened(self, socket: Socket, session: Session) -> Iterator[Screen]:
        """Keep a screen until the end of the block."""
        screen = Screen(socket, session)
        self._open.add(screen)
        try:
            yield screen
        finally:
            self._open.discard(screen)

    def stir(self, agent_id: str, conversation_id: str) -> None:
        """Have a conversation told again on the screens of one agent."""
        for screen in self._open:
            if screen.session.agent.id == agent_id:
                screen.stir(conversation_id)

    def sign_out(self, session_id: str) -> None:
        """End the screens of a session that is over."""
        for screen in self._open:
            if screen.session.id == session_id:
                screen.sign_out()
