"""The consoles that are open at this moment, and what each of them still has to be told."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.desk.access import Session
from bot.handoff.events import Event, MessageAdded, TypingChanged

MOST_WAITING = 256  # frames; a screen that is further behind starts anew
Frame = dict[str, Any]


class Screen:
    """One open console. Everything here runs on the event loop."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.frames: asyncio.Queue[Frame] = asyncio.Queue(MOST_WAITING)
        self.watched: str | None = None
        self.seen = 0  # the newest message told of the watched conversation
        self.changed: set[str] = set()  # conversations whose summary is out of date here
        self.stirred = asyncio.Event()
        self.over = asyncio.Event()  # too slow, signed out: this socket has to end

    def heard(self, event: Event) -> None:
        """Take in what happened."""
        if isinstance(event, TypingChanged):
            self._typing(event)
            return
        if isinstance(event, MessageAdded) and event.conversation_id == self.watched:
            told = {"conversation": event.conversation_id, "message": event.message.as_dict()}
            self.tell({"op": "message", **told})
            self.seen = event.message.seq
        self.stir(event.conversation_id)

    def stir(self, conversation_id: str) -> None:
        """Have the summary of a conversation told again."""
        self.changed.add(conversation_id)
        self.stirred.set()

    def tell(self, frame: Frame) -> None:
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self.over.set()

    def _typing(self, event: TypingChanged) -> None:
        mine = event.speaker == "agent" and event.name == self.session.agent.name
        if event.conversation_id == self.watched and not mine:
            told = {"speaker": event.speaker, "name": event.name, "on": event.on}
            self.tell({"op": "typing", "conversation": event.conversation_id, **told})


class Screens:
    """All open consoles."""

    def __init__(self) -> None:
        self._open: set[Screen] = set()

    @contextmanager
    def opened(self, session: Session) -> Iterator[Screen]:
        """Keep a screen until the end of the block."""
        screen = Screen(session)
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

    def end(self, session_id: str) -> None:
        """Close the screens of a session that is over."""
        for screen in self._open:
            if screen.session.id == session_id:
                screen.over.set()
