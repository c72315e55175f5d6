"""Cancel an order."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import wiring
from bot.crm.card import CANCELLED, Order
from bot.dialogue.records import ask, crm
from bot.dialogue.task import OrderForm, TaskAction
from bot.dialogue.transcript import Transcript
from bot.dialogue.wording import order_card


class CancelOrderForm(OrderForm):
    form = "cancel_order_form"
    verb = "cancel_order"

    def refusal(self, order: Order) -> str | None:
        if order.status == CANCELLED:
            return "cancelled"
        allowed = wiring.business(wiring.settings()).policies["cancel"].allows(order.status)
        return None if allowed else "cancel_too_late"


class CancelOrder(TaskAction):
    form = "cancel_order_form"

    def name(self) -> str:
        return "action_cancel_order"

    async def do(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Transcript, key: str
    ) -> None:
        order = await ask(crm().cancel_order, heard.customer_id, tracker.get_slot("order_number"), key=key)
        dispatcher.utter_message(
            response="utter_order_cancelled", json_message=order_card(order), number=order.number
        )
