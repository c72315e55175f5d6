"""The conversation as an action sees it: Rasa's events, read since the last hand-back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Tracker

from bot.empathy.reading import Turn

Event = Mapping[str, Any]
OFFER = "utter_offer_human"  # the beginning of every response that offers a person
REPHRASE = "utter_ask_rephrase"
STUCK = (REPHRASE, "utter_offer_human_stuck", "utter_need_")
ACKNOWLEDGE = "utter_acknowledge_"
HANDED_BACK = "handed_back"
RECENT = 5  # messages that tell what it is about
CLICKED = {"affirm": "Yes, please.", "deny": "No, thank you."}


class Transcript:
    """What was said in this session since a person last handed it back."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self.events = _since_handed_back(tracker.applied_events())

    @property
    def message_id(self) -> str:
        """The desk's number of the message that is being answered, unique in its conversation."""
        return str(self._tracker.latest_message.get("message_id") or "")

    @property
    def text(self) -> str:
        """What the customer just wrote; empty if it was a button."""
        return _typed(self._tracker.latest_message)

    @property
    def intent(self) -> str:
        return (self._tracker.latest_message.get("intent") or {}).get("name") or ""

    @property
    def customer_id(self) -> str | None:
        """Who the desk says that this is. Nothing that was typed can change it."""
        return _metadata(self._tracker).get("customer_id") or None

    @property
    def customer_name(self) -> str:
        return _metadata(self._tracker).get("customer_name") or ""

    @property
    def in_form(self) -> bool:
        return self._tracker.active_loop_name is not None

    @property
    def last_said(self) -> Event | None:
        """The bot's message before the present one."""
        return next((event for event in reversed(self.events) if event["event"] == "bot"), None)

    @property
    def topics(self) -> list[str]:
        """List what was asked of late, by intent, the latest first."""
        found = (_intent(event) for event in reversed(self._said_by_customer()[-RECENT:]))
        return [intent for intent in dict.fromkeys(found) if intent]

    def turns(self) -> list[Turn]:
        """Return the messages in order; clicks are left out, unless they say yes or no."""
        turns = []
        for seq, event in enumerate(self.events, start=1):
            if event["event"] == "user" and (text := _typed(event) or CLICKED.get(_intent(event))):
                turns.append(Turn("visitor", text, _seq(event, seq), _at(event)))
            elif event["event"] == "bot" and event.get("text"):
                turns.append(Turn("bot", event["text"], seq, _at(event), **marks(_response(event))))
        return turns

    @property
    def now_at(self) -> int:
        """The number of the present message among the turns."""
        return _seq(self._said_by_customer()[-1], len(self.events))

    def said(self, prefix: str) -> set[str]:
        """Return the bot's responses so far whose names begin so."""
        return {name for event in self.events if (name := _response(event)).startswith(prefix)}

    @property
    def offered(self) -> bool:
        """Tell whether a person was offered before."""
        return bool(self.said(OFFER))

    @property
    def answers_offer(self) -> bool:
        """Tell whether the present message answers an offer of a person."""
        return self._last_response().startswith(OFFER)

    @property
    def asked_to_rephrase(self) -> bool:
        """Tell whether the message before this one was not understood either."""
        return REPHRASE in self._responses_to_previous()

    def _said_by_customer(self) -> Sequence[Event]:
        return [event for event in self.events if event["event"] == "user"]

    def _last_response(self) -> str:
        responses = self._responses_to_previous()
        return responses[-1] if responses else ""

    def _responses_to_previous(self) -> list[str]:
        """List what the bot said between the customer's message before and the present one."""
        marks = [at for at, event in enumerate(self.events) if event["event"] == "user"]
        if not marks:
            return []
        start = marks[-2] if len(marks) > 1 else 0
        return [name for event in self.events[start : marks[-1]] if (name := _response(event))]


def marks(response: str) -> dict[str, bool]:
    """Tell by the name of a response whether the bot did not understand, and whether it offers a person."""
    return {"failed": response.startswith(STUCK), "offered": response.startswith(OFFER)}


def _since_handed_back(events: Sequence[Event]) -> list[Event]:
    starts = [at for at, event in enumerate(events) if event["event"] == "session_started"]
    backs = [at for at, event in enumerate(events) if _intent(event) == HANDED_BACK]
    return list(events[max([0, *starts, *backs]) :])


def _intent(event: Event) -> str:
    parsed = event.get("parse_data") or {} if event["event"] == "user" else {}
    return (parsed.get("intent") or {}).get("name") or ""


def _response(event: Event) -> str:
    metadata = event.get("metadata") or {} if event["event"] == "bot" else {}
    return metadata.get("utter_action") or ""


def _metadata(tracker: Tracker) -> Mapping[str, Any]:
    return tracker.latest_message.get("metadata") or {}


def _typed(event: Event) -> str:
    text = event.get("text") or ""
    return "" if text.startswith("/") else text


def _seq(event: Event, otherwise: int) -> int:
    """Return the desk's number of a message, so that evidence points at what the agent sees."""
    given = str(event.get("message_id") or "")
    return int(given) if given.isdecimal() and len(given) < 10 else otherwise


def _at(event: Event) -> datetime | None:
    stamp = event.get("timestamp")
    return datetime.fromtimestamp(stamp, timezone.utc) if stamp else None
