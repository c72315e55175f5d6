"""Offer a person: yes and no are both fine."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue.transcript import OFFER, Transcript

BUTTONS = [
    {"title": "Yes, please", "payload": "/affirm"},
    {"title": "No, carry on here", "payload": "/deny"},
]
# What is offered in words of its own: a boundary goes with it, or more care.
IN_OTHER_WORDS = {
    "abuse": "utter_offer_human_abuse",
    "vulnerability": "utter_offer_human_vulnerability",
}


class OfferHuman(Action):
    def name(self) -> str:
        return "action_offer_human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(response=offer(tracker), buttons=BUTTONS)
        return []


def offer(tracker: Tracker) -> str:
    """Return the offer that fits its reason; the boundary is set once, and then a person decides."""
    codes = {reason["code"] for reason in tracker.get_slot("reasons") or ()}
    fitting = next((IN_OTHER_WORDS[code] for code in IN_OTHER_WORDS if code in codes), OFFER)
    bounded = fitting == IN_OTHER_WORDS["abuse"] and Transcript(tracker).said("utter_insult")
    return OFFER if bounded else fitting
