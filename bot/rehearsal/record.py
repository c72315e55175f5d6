"""What the running product wrote down of a conversation: the mood that it read, its decisions, its offers.

It is the evidence for a verdict: what was really decided, not a second reading of the same words.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.dialogue.transcript import OFFER
from bot.empathy.ladder import Reason
from bot.rehearsal.course import Course, Note
from bot.rehearsal.visitor import Talk
from bot.storage import handoffs
from bot.storage.engine import Database, make_engine

EVENTS = text("SELECT data FROM events WHERE sender_id = :conversation ORDER BY id")  # Rasa's own table
Event = Mapping[str, Any]


class Record:
    """The databases of a running product, to read in."""

    def __init__(self, desk: Database, trackers: Engine) -> None:
        self._desk, self._trackers = desk, trackers

    def course(self, talk: Talk) -> Course:
        """Return what came of what a visitor said."""
        noted = notes(self.events(talk.conversation))
        return Course(
            notes=tuple(noted.get(str(seq)) for seq in talk.seqs),
            handed_over=talk.handed_over,
            called_for=self._called_for(talk.conversation) if talk.handed_over else (),
            unanswered=talk.unanswered,
        )

    def events(self, conversation: str) -> list[Event]:
        """Return all that Rasa wrote down of a conversation, in order."""
        with self._trackers.connect() as connection:
            rows = connection.execute(EVENTS, {"conversation": conversation})
            return [json.loads(data) for (data,) in rows]

    def _called_for(self, conversation: str) -> tuple[Reason, ...]:
        with self._desk.read() as connection:
            handoff = handoffs.latest(connection, conversation)
        return tuple(Reason.from_dict(reason) for reason in handoff.reasons) if handoff else ()


@contextmanager
def record(database_url: str, tracker_url: str) -> Iterator[Record]:
    """Open what a product writes down in these databases."""
    desk, trackers = Database(database_url), make_engine(tracker_url)
    try:
        yield Record(desk, trackers)
    finally:
        desk.close()
        trackers.dispose()


def notes(events: Iterable[Event]) -> dict[str, Note]:
    """Return what Rasa's events say of each message of the visitor, by the desk's number of it."""
    slots: dict[str, Any] = {}
    found: dict[str, Note] = {}
    number, intent, offered = "", "", ""
    said: list[str] = []
    for event in events:
        if event["event"] == "user":
            # A “yes” that stands for a click is two events with one number: both are the same message.
            same = str(event.get("message_id")) == number
            offered, said = (offered, said) if same else ("", [])
            number, intent = str(event.get("message_id") or ""), _intent(event)
        elif event["event"] == "slot":
            slots[event["name"]] = event["value"]
        elif event["event"] == "bot":
            response = (event.get("metadata") or {}).get("utter_action") or ""
            offered = response if response.startswith(OFFER) else offered
            said += [response] if response else []
        if number:
            found[number] = replace(_note(slots, number, intent, offered), said=tuple(said))
    return found


def _intent(event: Event) -> str:
    return ((event.get("parse_data") or {}).get("intent") or {}).get("name") or ""


def _note(slots: Mapping[str, Any], number: str, intent: str, offered: str) -> Note:
    if slots.get("sensed") != number:
        return Note(intent=intent, offered=offered)
    mood: Mapping[str, Any] = slots.get("mood") or {}
    moment = (mood.get("moments") or [{}])[-1]
    return Note(
        intent=intent,
        emotion=mood.get("emotion", "neutral"),
        distress=mood.get("distress", 0.0),
        level=mood.get("level", 0.0),
        cues=tuple(moment.get("cues", ())),
        step=slots.get("ladder") or "none",
        reasons=tuple(Reason.from_dict(reason) for reason in slots.get("reasons") or ()),
        offered=offered,
    )
