"""Have somebody call the customer."""

import logging
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import wiring
from bot.crm.card import CALLBACK, Customer
from bot.dialogue import details
from bot.dialogue.records import ask, crm
from bot.dialogue.task import TaskAction, TaskForm
from bot.dialogue.transcript import Transcript
from bot.errors import CrmError

logger = logging.getLogger(__name__)


class CallbackForm(TaskForm):
    form = "callback_form"

    async def extract_callback_name(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> dict[str, Any]:
        """Take name and number from the record: a known customer is not asked for them."""
        if tracker.slots.get("callback_name"):
            return {}
        customer = await _customer(Transcript(tracker).customer_id)
        if customer is None:
            return {}
        phone = tracker.slots.get("callback_phone") or customer.phone
        return {"callback_name": customer.name, "callback_phone": phone}

    def validate_callback_name(self, value: Any, *around: Any) -> dict[str, Any]:
        return {"callback_name": str(value).strip()[:80] or None if value else None}

    def validate_callback_phone(self, value: Any, *around: Any) -> dict[str, Any]:
        country = wiring.business(wiring.settings()).country
        return {"callback_phone": details.phone_in(str(value or ""), country)}

    def validate_callback_when(self, value: Any, *around: Any) -> dict[str, Any]:
        return {"callback_when": details.time_in(str(value or ""))}

    def validate_callback_topic(self, value: Any, *around: Any) -> dict[str, Any]:
        return {"callback_topic": str(value or "").strip()[:500] or None}


class RequestCallback(TaskAction):
    form = "callback_form"
    needs_customer = False

    def name(self) -> str:
        return "action_request_callback"

    async def do(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Transcript, key: str
    ) -> None:
        told = {name: tracker.get_slot(f"callback_{name}") for name in ("name", "phone", "when", "topic")}
        text = "Call {name} on {phone}, {when}, about: {topic}".format(**told)
        await ask(crm().create_ticket, heard.customer_id, CALLBACK, text, key=key)
        dispatcher.utter_message(response="utter_callback_requested", **told)


async def _customer(customer_id: str | None) -> Customer | None:
    if customer_id is None:
        return None
    try:
        return (await ask(crm().card, customer_id)).customer
    except CrmError as problem:
        logger.warning("no record for a call-back: %s", type(problem).__name__)
        return None
