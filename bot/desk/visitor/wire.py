"""What the desk tells a widget: the form of each frame."""

from typing import Any

from bot.handoff.events import QueueMoved
from bot.handoff.model import Message, iso

Frame = dict[str, Any]


def error(code: str, text: str, cmid: str | None) -> Frame:
    return {"op": "error", "code": code, "text": text, "cmid": cmid}


def owner(kind: str, name: str | None, version: int) -> Frame:
    """Say who has the conversation; part of `ready`, and most of `owner`."""
    return {"kind": kind, "name": name if kind == "agent" else None, "version": version}


def queue(standing: QueueMoved) -> Frame:
    promised = iso(standing.promised_at) if standing.promised_at else None
    stands = {"availability": standing.availability, "minutes": standing.minutes, "place": standing.place}
    return {"op": "queue", **stands, "promised_at": promised}


def message(said: Message) -> Frame:
    return {"op": "message", **said.as_dict()}


def ack(said: Message) -> Frame:
    return {"op": "ack", "cmid": said.cmid, "seq": said.seq, "at": iso(said.at)}
