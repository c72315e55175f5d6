"""The consoles that are open at this moment, and what each of them is told."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from bot.desk.access import Session
from bot.desk.console.surveys import described
from bot.desk.sockets import NOT_AUTHENTICATED, Socket
from bot.handoff.events import (
    AgentRead,
    ConversationErased,
    Event,
    HandoffMoved,
    MessageAdded,
    NoteAdded,
    QueueMoved,
    SurveyAnswered,
    TypingChanged,
    VisitorRead,
)
from bot.handoff.model import iso


class Screen:
    """One open console. Everything here runs on the event loop."""

    def __init__(self, socket: Socket, session: Session, stirred: asyncio.Event) -> None:
        self.socket, self.session = socket, session
        self.watched: str | None = None
        self.seen: dict[str, int] = {}  # the newest message watched in each conversation, still to be kept
        self.changed: set[str] = set()  # conversations whose summary is out of date here
        self.counts: dict[str, int] = {}  # as they were told last
        self.live = False  # until then it gets a snapshot, which no older summary must follow
        self._stirred = stirred

    def heard(self, event: Event) -> None:
        """Take in what happened: some is told at once, and summaries soon."""
        id, watching = event.conversation_id, event.conversation_id == self.watched
        match event:
            case TypingChanged():
                mine = event.speaker == "agent" and event.name == self.session.agent.name
                if watching and not mine:
                    self._tell("typing", id, speaker=event.speaker, name=event.name, on=event.on)
            case VisitorRead():
                if watching:
                    self._tell("read", id, seq=event.seq)
            case NoteAdded():
                if watching:
                    note = event.note
                    told = {"id": note.id, "author": event.author, "text": note.text, "at": iso(note.at)}
                    self._tell("note", id, note=told)
            case SurveyAnswered():
                if watching:
                    self._tell("survey", id, survey=described(event.survey))
                self.stir(id)
            case ConversationErased():
                self.changed.discard(id)
                self.seen.pop(id, None)
                self._tell("erased", id)
                self.stir()
            case AgentRead() | QueueMoved():
                pass  # for the visitor alone
            case _:
                if isinstance(event, MessageAdded) and watching:
                    self.seen[id] = event.message.seq
                    self._tell("message", id, message=event.message.as_dict())
                if isinstance(event, HandoffMoved) and event.offered_to == self.session.agent.id:
                    until = iso(event.offered_until) if event.offered_until else None
                    self._tell("offer", id, until=until, assignment=event.assignment)
                self.stir(id)

    def go_live(self) -> None:
        """Have told what has changed since the snapshot was begun, and all that follows."""
        self.live = True
        self.stir()

    def stir(self, *conversation_ids: str) -> None:
        """Have the summaries of conversations told again, and the counts."""
        self.changed.update(conversation_ids)
        self._stirred.set()

    def take(self, most: int) -> set[str]:
        """Take some conversations to tell of; those that are left are not forgotten."""
        taken = set(islice(self.changed, most))
        self.changed -= taken
        if self.changed:
            self._stirred.set()
        return taken

    def sign_out(self) -> None:
        """Say that the session is over, and end."""
        self.socket.send({"op": "error", "code": "not_authenticated", "text": "Please sign in."})
        self.socket.close(NOT_AUTHENTICATED)

    def _tell(self, op: str, conversation_id: str, **fields: Any) -> None:
        self.socket.send({"op": op, "conversation": conversation_id, **fields})


class Screens:
    """All open consoles."""

    def __init__(self) -> None:
        self.stirred = asyncio.Event()  # some screen has something to be told
        self._open: set[Screen] = set()

    def __iter__(self) -> Iterator[Screen]:
        return iter(list(self._open))

    @contextmanager
    def opened(self, socket: Socket, session: Session) -> Iterator[Screen]:
        """Keep a screen until the end of the block."""
        screen = Screen(socket, session, self.stirred)
        self._open.add(screen)
        try:
            yield screen
        finally:
            self._open.discard(screen)
            self._tell_viewers(screen.watched)

    def watch(self, screen: Screen, conversation_id: str | None) -> None:
        """Let a screen show another conversation, and tell all who look at either of the two."""
        before, screen.watched = screen.watched, conversation_id
        for id in {before, conversation_id}:
            self._tell_viewers(id)

    def viewers(self, conversation_id: str) -> list[dict[str, str]]:
        """Return the agents who look at a conversation."""
        looking = [one.session.agent for one in self._open if one.watched == conversation_id]
        known = {agent.id: agent.name for agent in looking}
        return [{"id": id, "name": known[id]} for id in sorted(known, key=lambda id: (known[id], id))]

    def stir(self, agent_id: str, conversation_id: str) -> None:
        """Have a conversation told again on the screens of one agent, but those that show it."""
        for screen in self._open:
            if screen.session.agent.id == agent_id and screen.watched != conversation_id:
                screen.stir(conversation_id)

    def sign_out(self, session_id: str) -> None:
        """End the screens of a session that is over."""
        for screen in self._open:
            if screen.session.id == session_id:
                screen.sign_out()

    def _tell_viewers(self, conversation_id: str | None) -> None:
        if conversation_id is None:
            return
        frame = {"op": "viewers", "conversation": conversation_id, "agents": self.viewers(conversation_id)}
        for screen in self._open:
            if screen.watched == conversation_id:
                screen.socket.send(frame)
