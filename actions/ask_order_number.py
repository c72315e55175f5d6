"""Ask which order is meant, with the customer's own orders to choose from."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.order_status import order_buttons
from bot.dialogue.records import ask, crm
from bot.dialogue.transcript import Transcript
from bot.errors import CrmError


class AskOrderNumber(Action):
    def name(self) -> str:
        return "action_ask_order_number"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        try:
            orders = await ask(crm().orders, Transcript(tracker).customer_id)
        except CrmError:
            orders = ()  # the question can be asked without buttons
        dispatcher.utter_message(response="utter_ask_order_number", buttons=order_buttons(orders, "choose"))
        return []
