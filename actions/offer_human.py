"""Offer a person: yes and no are both fine."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

BUTTONS = [
    {"title": "Yes, please", "payload": "/affirm"},
    {"title": "No, carry on here", "payload": "/deny"},
]


class OfferHuman(Action):
    def name(self) -> str:
        return "action_offer_human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_offer_human", buttons=BUTTONS)
        return []
