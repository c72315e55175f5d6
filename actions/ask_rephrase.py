"""Say honestly that something was not understood: name the nearest topics and a person, then offer one."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.offer_human import BUTTONS
from bot.dialogue import topics
from bot.dialogue.task import FORMS
from bot.dialogue.transcript import Transcript

PERSON = "speak_to_human"
NEAREST = 2
LIKELY = 0.1  # below this a topic comes second only because one must
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
        elif heard.asked_to_rephrase and not declined(tracker):
            dispatcher.utter_message(response="utter_offer_human_stuck", buttons=BUTTONS)
        elif needs_person(tracker) and not declined(tracker):
            dispatcher.utter_message(response="utter_offer_human", buttons=BUTTONS)
        else:
            dispatcher.utter_message(response="utter_ask_rephrase", buttons=choices(tracker))
        return []


def needs_person(tracker: Tracker) -> bool:
    """Tell whether a person helps more than another try: for the upset, or who may have asked for one."""
    return tracker.get_slot("tone") == "careful" or PERSON in ranked(tracker, at_least=LIKELY)[:NEAREST]


def declined(tracker: Tracker) -> bool:
    return bool((tracker.get_slot("mood") or {}).get("declined"))


def hint(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say what the form's question needs; the form asks it again after this."""
    asked = tracker.get_slot(REQUESTED_SLOT)
    dispatcher.utter_message(response=f"utter_need_{asked if asked in HINTS else 'other'}")


def choices(tracker: Tracker) -> list[dict[str, str]]:
    """Return buttons for the topics that come closest to what was said, and for a person."""
    causes = (tracker.get_slot("mood") or {}).get("causes") or ()
    wrong = [TOPIC_OF[cause] for cause in reversed(causes) if cause in TOPIC_OF]
    close = [name for name in dict.fromkeys([*wrong, *ranked(tracker)]) if name != PERSON][:NEAREST]
    return [{"title": topics.title(name), "payload": f"/{name}"} for name in [*close, PERSON]]


def ranked(tracker: Tracker, at_least: float = 0.0) -> list[str]:
    """Return the topics that the message may be about, the likeliest first."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    likely = [guess.get("name") or "" for guess in ranking if guess.get("confidence", 0.0) >= at_least]
    return [name for name in likely if topics.is_topic(name)]
