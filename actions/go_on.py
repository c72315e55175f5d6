"""Take a typed “yes” for what was asked last: like a click on the first button under it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue import topics
from bot.dialogue.transcript import REPHRASE, Transcript

TASKS = (
    "check_order_status",
    "change_delivery_address",
    "cancel_order",
    "report_order_problem",
    "request_callback",
)


class GoOn(Action):
    def name(self) -> str:
        return "action_go_on"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        intent = asked_for(tracker)
        if intent is None:
            dispatcher.utter_message(response="utter_go_on")
            return []
        return [ActionExecuted("action_listen"), _clicked(tracker, intent)]


def asked_for(tracker: Tracker) -> str | None:
    """Return the intent behind the first button of what “yes” answers: a question, or an offer to do it."""
    last = Transcript(tracker).last_said or {}
    buttons = (last.get("data") or {}).get("buttons")
    if not buttons or (last.get("metadata") or {}).get("utter_action") == REPHRASE:
        return None
    intent, asked = buttons[0]["payload"].removeprefix("/"), last["text"].rstrip().endswith("?")
    return intent if intent in TASKS or (asked and topics.is_topic(intent)) else None


def _clicked(tracker: Tracker, intent: str) -> dict[str, Any]:
    """Return the message that a click would have been, from the same customer."""
    said = tracker.latest_message
    guess = {"name": intent, "confidence": 1.0}
    parsed = {"intent": guess, "intent_ranking": [guess], "entities": [], "text": f"/{intent}"}
    same = {"message_id": said.get("message_id"), "metadata": said.get("metadata")}
    return {
        "event": "user",
        "timestamp": None,
        "text": f"/{intent}",
        "parse_data": {**parsed, **same},
        "input_channel": tracker.get_latest_input_channel(),
        **same,
    }
