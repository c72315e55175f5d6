"""Say honestly that something was not understood: once with the nearest topics, then with a person."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.offer_human import BUTTONS
from bot.dialogue import topics
from bot.dialogue.task import FORMS
from bot.dialogue.transcript import Transcript

PERSON = "speak_to_human"  # offered next time, and always there for the asking
NEAREST = 2
TOPIC_OF = {
    "late": "check_order_status",
    "damaged": "report_order_problem",
    "wrong_item": "report_order_problem",
    "missing_item": "report_order_problem",
    "refund_trouble": "refund_time",
    "access_trouble": "account_password",
    "cancel_trouble": "subscription_cancel",
}
HINTS = ("order_number", "delivery_address", "callback_phone", "callback_when", "confirmed")


class AskRephrase(Action):
    def name(self) -> str:
        return "action_ask_rephrase"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        heard = Transcript(tracker)
        if tracker.active_loop_name in FORMS:
            hint(dispatcher, tracker)
        elif needs_person(tracker, heard):
            dispatcher.utter_message(response="utter_offer_human_stuck", buttons=BUTTONS)
        else:
            dispatcher.utter_message(response="utter_ask_rephrase", buttons=nearest(tracker))
        return []


def needs_person(tracker: Tracker, heard: Transcript) -> bool:
    """Tell whether to offer a person: not understood twice, or upset; unless that was declined."""
    mood = tracker.get_slot("mood") or {}
    return not mood.get("declined") and (heard.asked_to_rephrase or tracker.get_slot("tone") == "careful")


def hint(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say what the form's question needs; the form asks it again after this."""
    asked = tracker.get_slot(REQUESTED_SLOT)
    dispatcher.utter_message(response=f"utter_need_{asked if asked in HINTS else 'other'}")


def nearest(tracker: Tracker) -> list[dict[str, str]]:
    """Return buttons for the topics that come closest to what was said."""
    causes = (tracker.get_slot("mood") or {}).get("causes") or ()
    likely = [TOPIC_OF[cause] for cause in reversed(causes) if cause in TOPIC_OF]
    ranking = tracker.latest_message.get("intent_ranking") or []
    names = [guess.get("name") or "" for guess in ranking]
    close = list(
        dict.fromkeys(name for name in [*likely, *names] if topics.is_topic(name) and name != PERSON)
    )[:NEAREST]
    return [{"title": topics.title(name), "payload": f"/{name}"} for name in close]
