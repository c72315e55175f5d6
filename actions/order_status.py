"""Say how an order stands."""

from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot import wiring
from bot.crm.card import Order
from bot.dialogue import details
from bot.dialogue.records import ask, crm
from bot.dialogue.task import OPEN, say_outcome
from bot.dialogue.transcript import Transcript
from bot.dialogue.wording import order_card, status_response, status_words
from bot.errors import CrmUnavailable, RecordNotFound

SHOWN = 3


class OrderStatus(Action):
    """Tell of the order that is meant: the one named, else those on their way, else the latest."""

    def name(self) -> str:
        return "action_order_status"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        heard = Transcript(tracker)
        if not heard.customer_id:
            say_outcome(dispatcher, "sign_in", tracker)
            return []
        try:
            orders = await ask(crm().orders, heard.customer_id)
        except RecordNotFound:
            orders = ()
        except CrmUnavailable:
            say_outcome(dispatcher, "unavailable", tracker)
            return []
        return self._tell(dispatcher, tracker, orders)

    def _tell(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, orders: tuple[Order, ...]
    ) -> list[dict[str, Any]]:
        asked = tracker.get_slot("order_number")
        meant = [order for order in orders if asked and order.number == details.order_number(asked)]
        if asked and not meant:
            dispatcher.utter_message(
                response="utter_order_not_found",
                asked_number=details.order_number(asked),
                buttons=order_buttons(orders, "check_order_status"),
            )
            return [SlotSet("order_number", None)]
        if not orders:
            say_outcome(dispatcher, "no_orders", tracker)
        meant = meant or [order for order in orders if order.status in OPEN] or list(orders[:1])
        now = datetime.now(wiring.business(wiring.settings()).zone)
        for order in meant[:SHOWN]:
            dispatcher.utter_message(
                response=status_response(order, now),
                json_message=order_card(order),
                **status_words(order, now),
            )
        return [SlotSet("order_number", meant[0].number)] if len(meant) == 1 else []


def order_buttons(orders: tuple[Order, ...], intent: str) -> list[dict[str, str]]:
    """Return a button for each of the latest orders."""
    return [
        {
            "title": f"{order.number}, {order.items[0].name}" if order.items else order.number,
            "payload": f'/{intent}{{"order_number":"{order.number}"}}',
        }
        for order in orders[:SHOWN]
    ]
