"""Say honestly that something was not understood: once with the nearest topics, then with a person."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.offer_human import BUTTONS
from bot.dialogue import topics
from bot.dialogue.task import FORMS
from bot.dialogue.transcript import Transcript

NEAREST = 2
HINTS = ("order_number", "delivery_address", "callback_phone", "callback_when", "confirmed")
TRIES = 2  # hints for one question of a form before a person is offered


class AskRephrase(Action):
    def name(self) -> str:
        return "action_ask_rephrase"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        heard = Transcript(tracker)
        if tracker.active_loop_name in FORMS:
            hint(dispatcher, tracker)
        elif heard.asked_to_rephrase:
            dispatcher.utter_message(response="utter_offer_human_stuck", buttons=BUTTONS)
        else:
            dispatcher.utter_message(response="utter_ask_rephrase", buttons=nearest(tracker))
        return []


def hint(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say what the form's question needs; the form asks it again after this."""
    asked = tracker.get_slot(REQUESTED_SLOT)
    dispatcher.utter_message(response=f"utter_need_{asked if asked in HINTS else 'other'}")


def nearest(tracker: Tracker) -> list[dict[str, str]]:
    """Return buttons for the topics that come closest to what was said."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    names = [guess.get("name") or "" for guess in ranking]
    close = [name for name in names if topics.is_offered(name)][:NEAREST]
    return [{"title": topics.title(name), "payload": f"/{name}"} for name in close]
