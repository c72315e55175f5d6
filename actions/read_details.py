"""Understand an answer to a form's question, and nothing else as one."""

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from bot import wiring
from bot.dialogue import details, topics
from bot.dialogue.address import address_in, is_question
from bot.dialogue.task import FORMS
from bot.dialogue.transcript import Transcript

CALM = 0.5  # above this much distress a message is an outburst, whatever it looks like
SURE = 0.7


class ReadDetails(Action):
    """Set the slots of the running form that the message answers.

    What is no answer leaves them alone, so that the form steps back and the message is treated as what
    it is: a question, small talk, an outburst.
    """

    def name(self) -> str:
        return "action_read_details"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        return [SlotSet(slot, value) for slot, value in read(tracker).items() if value is not None]


def read(tracker: Tracker) -> dict[str, Any]:
    """Return what the message tells the running form."""
    message, form = Message(tracker), tracker.active_loop_name or ""
    if form not in FORMS or message.answers_offer:
        return {}
    chosen = {slot: message.chosen(slot) for slot in FORMS[form] if message.chosen(slot)}
    found = {slot: READERS[slot](message) for slot in FORMS[form] if slot in READERS}
    if any(value is not None for value in found.values()):
        found["confirmed"] = None  # a correction: ask again before anything is done
    elif message.asked == "confirmed":
        meant = {"affirm": True, "deny": False}.get(message.intent)
        found["confirmed"] = details.yes_or_no(message.text) if meant is None else meant
    return found | chosen


class Message:
    """The present message as an answer."""

    def __init__(self, tracker: Tracker) -> None:
        heard = Transcript(tracker)
        asked = tracker.get_slot(REQUESTED_SLOT)
        # On the way into a form the slot still belongs to the form before.
        self.asked = asked if asked in FORMS.get(tracker.active_loop_name or "", ()) else None
        self.text, self.intent = heard.text, heard.intent
        self.answers_offer = heard.answers_offer and heard.intent in ("affirm", "deny")
        self._tracker = tracker

    def chosen(self, slot: str) -> str | None:
        """Return the value that one of our buttons carried."""
        return next(self._tracker.get_latest_entity_values(slot), None) if self.intent == "choose" else None

    @property
    def is_calm(self) -> bool:
        return wiring.detector().read(self.text).distress < CALM

    @property
    def is_answer(self) -> bool:
        """Tell whether free words can be an answer: no question, no courtesy, no wish to stop."""
        if not self.text or self.intent in topics.SOCIAL:
            return False
        return not is_question(self.text) and not details.wants_to_stop(self.text)

    @property
    def is_about_something_else(self) -> bool:
        """Tell whether the message is surely one of the topics that we know."""
        confidence = (self._tracker.latest_message.get("intent") or {}).get("confidence") or 0
        return topics.is_topic(self.intent) and confidence >= SURE


def _address(message: Message) -> str | None:
    address = address_in(message.text)
    return address if address and message.is_calm else None


def _kind(message: Message) -> str | None:
    if message.asked not in (None, "order_number", "problem_kind") or not message.text:
        return None
    kind = details.kind_in(message.text)
    unclear = message.asked == "problem_kind" and message.is_answer and not message.is_about_something_else
    return kind or ("other" if unclear and details.description_in(message.text) else None)


def _description(message: Message) -> str | None:
    if message.asked == "problem_text":
        return details.description_in(message.text) if message.is_answer else None
    told = details.kind_in(message.text) and len(message.text.split()) >= 5
    return details.description_in(message.text) if told and _kind(message) else None


def _name(message: Message) -> str | None:
    if message.asked != "callback_name" or not message.is_answer or message.is_about_something_else:
        return None
    return details.name_in(message.text) if message.is_calm else None


def _phone(message: Message) -> str | None:
    if message.asked not in (None, "callback_name", "callback_phone", "confirmed"):
        return None
    return details.phone_in(message.text, wiring.business(wiring.settings()).country)


def _when(message: Message) -> str | None:
    if message.asked is None:
        return details.time_within(message.text)
    return details.time_in(message.text) if message.asked == "callback_when" else None


def _topic(message: Message) -> str | None:
    if message.asked != "callback_topic" or not message.is_answer:
        return None
    return details.topic_in(message.text)


READERS: dict[str, Callable[[Message], str | None]] = {
    "delivery_address": _address,
    "problem_kind": _kind,
    "problem_text": _description,
    "callback_name": _name,
    "callback_phone": _phone,
    "callback_when": _when,
    "callback_topic": _topic,
}
