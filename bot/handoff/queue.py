"""The people who wait for a person: what each is told, and where each stands."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy.engine import Connection

from bot.business import Business
from bot.handoff import availability
from bot.handoff.availability import Availability
from bot.handoff.events import QueueMoved
from bot.handoff.staff import Staff
from bot.storage import conversations, handoffs

UPSET = ("upset", "urgent")  # the moods for which the careful wording is chosen


@dataclass(frozen=True)
class Told:
    """What a visitor who asks for a person is told: the decision, and the sentence for it."""

    decision: Availability
    text: str


class Queue:
    """Decide and word what those who wait are told."""

    def __init__(self, business: Business, staff: Staff) -> None:
        self._business, self._staff = business, staff

    def told(
        self, connection: Connection, conversation_id: str, now: datetime, *, language: str | None = None
    ) -> Told:
        """Return what a visitor hears who asks for a person; of one who waits already, at their place."""
        line = [handoff.conversation_id for handoff in handoffs.in_line(connection)]
        ahead = line.index(conversation_id) if conversation_id in line else len(line)
        decision = self._staff.availability(connection, now, ahead=ahead)
        upset = conversations.mood(connection, conversation_id).get("label") in UPSET
        words = self._staff.words(decision, now)
        text = self._business.say(decision.sentence, language=language, upset=upset, **words)
        return Told(decision, text)

    def promise(self, now: datetime) -> datetime | None:
        """Return by when an answer can be promised to somebody who does not wait; None: not known."""
        rules, hours = self._business.routing, self._business.support_hours
        return availability.rounded_up(hours.after_open_time(now, rules.reply_within))

    def reassured(
        self, now: datetime, told: str, promised_at: datetime | None, *, language: str | None = None
    ) -> str:
        """Return what somebody hears who writes while waiting, and was `told` live, wait or later."""
        if told != availability.LATER:
            return self._business.say("still_waiting", language=language)
        opening = self._business.next_opening(now)
        return self._business.say(
            "details_saved",
            language=language,
            promised=lambda times: times.by(promised_at, now),
            next_opening=lambda times: times.at(opening, now),
        )

    def standings(self, connection: Connection, now: datetime) -> list[QueueMoved]:
        """Return where everybody stands who waits, the first in line first.

        Whoever was told `later` keeps that answer and has no place; the others hear how it is now.
        """
        found, outlook = [], self._staff.outlook(connection, now)
        for ahead, handoff in enumerate(handoffs.in_line(connection)):
            id, promised = handoff.conversation_id, handoff.promised_at
            if handoff.availability == availability.LATER:
                found.append(QueueMoved(id, availability.LATER, promised_at=promised))
                continue
            now_told = outlook.behind(ahead)
            minutes = ceil(now_told.minutes) if now_told.minutes is not None else None
            found.append(QueueMoved(id, now_told.kind, minutes, now_told.promised_at, place=ahead + 1))
        return found
