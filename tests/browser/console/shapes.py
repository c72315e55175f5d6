"""Conversations and what is in them, in the shapes in which the desk tells of them."""

from datetime import datetime, timedelta, timezone

from tests.browser.console.people import SAM

STATES = {"bot": None, "waiting": "queued", "agent": "accepted", "closed": "resolved"}


def ago(minutes: float) -> str:
    """Give the moment so many minutes ago, as the desk writes it."""
    return (datetime.now(timezone.utc) - timedelta(minutes=minutes)).isoformat()


def said(seq: int, speaker: str, text: str, minutes: float, **more: object) -> dict:
    """Make a message."""
    name = {"visitor": "Mara Lindqvist", "bot": "Kit", "agent": SAM["name"], "system": None}[speaker]
    return {
        "seq": seq,
        "speaker": speaker,
        "name": name,
        "text": text,
        "at": ago(minutes),
        "buttons": [],
        "cmid": None,
        **more,
    }


def summary(identity: str, name: str, owner: dict, **more: object) -> dict:
    """Make a summary, calm unless told otherwise."""
    return {
        "id": identity,
        "version": 1,
        "owner": owner,
        "customer": {"name": name, "identified": True, "vip": False},
        "situation": "Asked when the café opens on Sunday",
        "reasons": [],
        "mood": {"level": 0.1, "label": "calm", "trend": "steady"},
        "urgency": 0.1,
        "opened_at": ago(30),
        "waiting_since": ago(5) if owner["kind"] == "waiting" else None,
        "last_message": {"speaker": "visitor", "text": "Thanks", "at": ago(4)},
        "unread": 0,
        "channel": "web",
        "resolved_at": None,
        "state": STATES[owner["kind"]],
        "assignment": None,
        "offered_to": None,
        "offered_until": None,
        "snoozed_until": None,
        "outcome": None,
        "language": "en",
        "page": None,
        **more,
    }


def offered(conversation: dict, agent: dict, seconds: float, why: str = "") -> dict:
    """Offer a waiting conversation to an agent for so long."""
    conversation["summary"].update(
        state="offered",
        offered_to={"id": agent["id"], "name": agent["name"]},
        offered_until=ago(-seconds / 60),
        assignment=why,
    )
    return conversation


def handoff(**more: object) -> dict:
    """Give what a hand-over tells about itself."""
    return {
        "id": "h-1",
        "state": "queued",
        "assignment": "Sam: spoke with Mara on 3 May, free (2 of 4)",
        "offered_to": None,
        "offered_until": None,
        "snoozed_until": None,
        "outcome": None,
        "availability": "live",
        "promised_at": None,
        "verdict": None,
        **more,
    }


def plain(known: dict) -> dict:
    """Give a conversation of two messages around a summary."""
    messages = [
        said(1, "visitor", known["situation"], 6, name=known["customer"]["name"]),
        said(2, "bot", "Let me look at that.", 5),
    ]
    return {
        "summary": known,
        "messages": messages,
        "brief": None,
        "mood": [],
        "card": {"available": False, "reason": "Customer details unavailable right now."},
        "notes": [],
        "earlier": [],
        "handoff": handoff(assignment=None) if known["owner"]["kind"] != "bot" else None,
    }
