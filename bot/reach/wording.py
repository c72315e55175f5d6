"""The words of what is told to people and to machines. As little of a customer as is needed. Pure."""

from datetime import datetime
from typing import Any

from bot.handoff.model import iso
from bot.handoff.plain import one_line
from bot.reach.chat import quiet
from bot.reach.news import (
    A_VISITOR,
    LONGEST_NAME,
    LONGEST_SITUATION,
    GivenUp,
    News,
    Open,
    Telling,
    how_urgent,
)
from bot.reach.rules import CHAT, DANGER, DELIVERY_FAILED, EMAIL, NOBODY_ONLINE, WAITED, WAITING

KINDS = {
    "crm_note": "a note to the customer records",
    "crm_ticket": "a ticket in the customer records",
    "email": "an e-mail",
    "chat": "a message to a chat tool",
    "webhook": "a webhook",
}
TYPES = {
    WAITING: "handoff.waiting",
    DANGER: "handoff.danger",
    WAITED: "handoff.waited",
    NOBODY_ONLINE: "desk.nobody_online",
    DELIVERY_FAILED: "desk.delivery_failed",
}
WHY = "You get this because data/business/reach.yml names you."
OPEN = "Open the console"
TRIAL = "reach.test"


class Wording:
    """Says what happened; with `situation` also what it is about. `console` is the console's address."""

    def __init__(self, console: str, business: str, *, situation: bool) -> None:
        self._console, self._business, self._situation = console, business, situation

    def payload(self, telling: Telling, now: datetime, until: datetime) -> dict[str, Any]:
        """Return what the outbox keeps for this telling. What is for people is of use `until` then only."""
        news, target = telling.news, telling.target
        known = {"conversation": news.about.conversation} if news.about else {}
        if target.channel not in (EMAIL, CHAT):
            return known | {"target": target.name, "content": self._content(news, now)}
        subject, text = self._subject(news), "\n".join(self._lines(news))
        link = [OPEN, self._link(news)]
        if target.channel == CHAT:
            said = {"target": target.name, "subject": quiet(subject), "text": quiet(text)}
        else:
            said = {"to": target.name, "subject": subject, "text": text, "closing": WHY}
        return known | said | {"link": link, "until": iso(until)}

    def trial(self, channel: str, name: str, now: datetime) -> dict[str, Any]:
        """Return a message that only tries the way."""
        if channel not in (EMAIL, CHAT):
            return {"target": name, "content": {"type": TRIAL, "timestamp": iso(now), "data": {}}}
        text = "This is a test. If you can read it, news from the desk reaches you here."
        said = {"subject": f"A test from {self._business}", "text": text, "link": [OPEN, self._console]}
        return {"to" if channel == EMAIL else "target": name, **said}

    def _subject(self, news: News) -> str:
        match news.event:
            case "waiting":
                return f"{_name(news.about)} is waiting for a person"
            case "danger":
                return f"Somebody may be in danger: {_name(news.about)} needs a person now"
            case "waited":
                return f"{_name(news.about)} has waited {_minutes(news.minutes)} for a person"
            case "nobody_online":
                return f"{self._business} is open, and nobody is online"
        return f"{_kind(news.given_up)} could not be delivered".capitalize()

    def _lines(self, news: News) -> list[str]:
        if news.about:
            about = self._about(news.about)
            return [*([f"About: {about}"] if about else []), f"Urgency: {how_urgent(news.urgency)}"]
        if news.event == NOBODY_ONLINE:
            first = f"Nobody has had the console open for {_minutes(news.minutes)}."
            return [first, f"Waiting for a person: {news.waiting}"]
        given_up = news.given_up
        more = [f"And {given_up.count - 1} more of this kind in this hour."] if given_up.count > 1 else []
        return [f"What was said last: {given_up.error}", *more]

    def _content(self, news: News, now: datetime) -> dict[str, Any]:
        """Return what a machine is told, in the form of Standard Webhooks."""
        data: dict[str, Any] = {"link": self._link(news)}
        if news.about:
            known = {"name": news.about.name and _name(news.about), "situation": self._about(news.about)}
            data |= {"conversation": news.about.conversation, **known}
            data |= {"urgency": news.urgency, "waited_minutes": news.minutes}
        elif news.event == NOBODY_ONLINE:
            data |= {"minutes": news.minutes, "waiting": news.waiting}
        elif news.given_up:
            data |= {"kind": news.given_up.kind, "count": news.given_up.count, "error": news.given_up.error}
        return {"type": TYPES[news.event], "timestamp": iso(now), "data": data}

    def _about(self, one: Open) -> str | None:
        return one_line(one.situation, LONGEST_SITUATION) if self._situation and one.situation else None

    def _link(self, news: News) -> str:
        if news.about is None:
            return self._console
        return f"{self._console}#/{'queue' if news.about.waiting_since else 'all'}/{news.about.conversation}"


def _name(one: Open | None) -> str:
    return one_line(one.name or "", LONGEST_NAME) or A_VISITOR if one else A_VISITOR


def _kind(given_up: GivenUp | None) -> str:
    kind = given_up.kind if given_up else ""
    return KINDS.get(kind, kind.replace("_", " "))


def _minutes(number: int) -> str:
    return "a minute" if number == 1 else f"{number} minutes"
