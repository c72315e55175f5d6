"""Send an order to another address."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import wiring
from bot.crm.card import CANCELLED, Order
from bot.dialogue.address import address_in
from bot.dialogue.records import ask, crm
from bot.dialogue.task import OrderForm, TaskAction
from bot.dialogue.transcript import Transcript


class ChangeAddressForm(OrderForm):
    form = "change_address_form"
    verb = "change_address"

    def refusal(self, order: Order) -> str | None:
        if order.status == CANCELLED:
            return "cancelled"
        allowed = wiring.business(wiring.settings()).policies["address_change"].allows(order.status)
        return None if allowed else "address_too_late"

    def validate_delivery_address(self, value: Any, *around: Any) -> dict[str, Any]:
        return {"delivery_address": address_in(str(value or ""))}


class ChangeAddress(TaskAction):
    form = "change_address_form"

    def name(self) -> str:
        return "action_change_address"

    async def do(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Transcript, key: str
    ) -> None:
        number, address = tracker.get_slot("order_number"), tracker.get_slot("delivery_address")
        order = await ask(crm().change_address, heard.customer_id, number, address, key=key)
        dispatcher.utter_message(response="utter_address_changed", number=order.number, address=order.address)
