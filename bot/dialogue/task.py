"""What all tasks have in common: who may, which order, when to stop, what is still missing, how it ends."""

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from bot.crm.card import PACKING, PLACED, SHIPPED, Order
from bot.dialogue import details
from bot.dialogue.records import ask, crm
from bot.dialogue.transcript import Transcript
from bot.errors import CrmError, CrmUnavailable, PolicyRefusal, RecordNotFound

Events = list[dict[str, Any]]
Slots = dict[str, Any]

FORMS = {
    "change_address_form": ("order_number", "delivery_address", "confirmed"),
    "cancel_order_form": ("order_number", "confirmed"),
    "report_problem_form": ("order_number", "problem_kind", "problem_text", "confirmed"),
    "callback_form": ("callback_name", "callback_phone", "callback_when", "callback_topic", "confirmed"),
}
LABELS = {
    "order_number": "Order",
    "delivery_address": "New address",
    "problem_kind": "Kind of problem",
    "problem_text": "What happened",
    "callback_name": "Name",
    "callback_phone": "Phone",
    "callback_when": "When to call",
    "callback_topic": "About",
}
SHORT_OF = {
    "stopped": "utter_stopped",
    "sign_in": "utter_sign_in_needed",
    "unavailable": "utter_records_unavailable",
    "no_orders": "utter_no_orders",
}
REFUSED = ("address_too_late", "cancel_too_late", "cancelled", "not_supported")
OPEN = (PLACED, PACKING, SHIPPED)
logger = logging.getLogger(__name__)


class TaskForm(FormValidationAction, ABC):
    """Check what a form was told. Slot `outcome` ends the form early and says why."""

    verb = "create_ticket"  # what the records must be able to do, by the name of its method

    @property
    @abstractmethod
    def form(self) -> str:
        """The form's name in the domain."""

    def name(self) -> str:
        return f"validate_{self.form}"

    def domain_slots(self, domain: Any) -> list[str]:
        return list(FORMS[self.form])

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[str]:
        return [] if tracker.slots.get("outcome") else domain_slots

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        """Check the form, and end it if it cannot or shall not go on."""
        events: Events = []
        tracker.slots["outcome"] = self.ends(tracker) or await self._lacks()
        if not tracker.slots["outcome"]:
            events = await super().run(dispatcher, tracker, domain)
        outcome = tracker.slots["outcome"]
        return [*events, SlotSet("outcome", outcome), SlotSet(REQUESTED_SLOT, None)] if outcome else events

    def ends(self, tracker: Tracker) -> str | None:
        """Return why the task ends here, if it does."""
        return "stopped" if gives_up(tracker) else None

    async def _lacks(self) -> str | None:
        """Return why the task need not even begin: nobody is asked for what cannot be done in the end."""
        try:
            return None if await ask(crm().supports, self.verb) else "not_supported"
        except CrmError:
            return None  # what follows finds out, and says so

    def validate_confirmed(self, value: Any, *around: Any) -> Slots:
        return {"confirmed": value if isinstance(value, bool) else None}


class OrderForm(TaskForm, ABC):
    """A form about one of the customer's own orders."""

    def ends(self, tracker: Tracker) -> str | None:
        return super().ends(tracker) if Transcript(tracker).customer_id else "sign_in"

    def refusal(self, order: Order) -> str | None:
        """Return why nothing can be done for that order, if so; then nothing more need be asked."""
        return None

    def likely(self, orders: tuple[Order, ...]) -> list[Order]:
        """Return the orders that the customer may mean."""
        return [order for order in orders if order.status in OPEN]

    async def extract_order_number(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Slots:
        """Find the order that can only be meant."""
        if tracker.slots.get("order_number"):
            return {}
        try:
            orders = await ask(crm().orders, Transcript(tracker).customer_id)
        except RecordNotFound:
            orders = ()
        except CrmUnavailable:
            return {"outcome": "unavailable"}
        likely = self.likely(orders) or orders
        if not orders:
            return {"outcome": "no_orders"}
        return {"order_number": likely[0].number} if len(likely) == 1 else {}

    async def validate_order_number(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Slots:
        """Take only the customer's own order."""
        if not value:
            return {"order_number": None}
        number = details.order_number(str(value))
        try:
            order = await ask(crm().order, Transcript(tracker).customer_id, number)
        except RecordNotFound:
            dispatcher.utter_message(response="utter_order_not_found", asked_number=number)
            return {"order_number": None}
        except CrmUnavailable:
            return {"order_number": number, "outcome": "unavailable"}
        return {"order_number": order.number, "outcome": self.refusal(order)}


class TaskAction(Action, ABC):
    """What stands at the end of a form: the change itself, or the reason why there is none."""

    needs_customer = True

    @property
    @abstractmethod
    def form(self) -> str:
        """The name of the form whose slots are forgotten at the end."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        """Do it, or say why not. Everything is checked again here: slots alone prove nothing."""
        heard = Transcript(tracker)
        outcome = tracker.get_slot("outcome")
        if self.needs_customer and not heard.customer_id:
            outcome = "sign_in"
        if outcome:
            say_outcome(dispatcher, outcome, tracker)
        elif not tracker.get_slot("confirmed"):
            dispatcher.utter_message(response="utter_left_as_is")
        else:
            await self._attempt(dispatcher, tracker, heard)
        return cleared(self.form)

    async def _attempt(self, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Transcript) -> None:
        # The same message again, after a restart say, makes the same change once. Its number alone
        # would not do: every conversation counts from 1.
        key = f"{tracker.sender_id}:{heard.message_id}"
        try:
            await self.do(dispatcher, tracker, heard, key)
        except PolicyRefusal as refusal:
            say_outcome(dispatcher, refusal.reason, tracker)
        except RecordNotFound:
            asked = tracker.get_slot("order_number") or ""
            dispatcher.utter_message(response="utter_order_not_found", asked_number=asked)
        except CrmError as problem:
            logger.error("%s for message %s: %s", self.name(), heard.message_id, type(problem).__name__)
            dispatcher.utter_message(response="utter_change_unsure")

    @abstractmethod
    async def do(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Transcript, key: str
    ) -> None:
        """Make the change under that key and say so."""


def say_outcome(dispatcher: CollectingDispatcher, outcome: str, tracker: Tracker) -> None:
    """Say why a task ended before its end."""
    response = SHORT_OF.get(outcome) or f"utter_refused_{outcome}"
    if outcome not in SHORT_OF and outcome not in REFUSED:
        response = "utter_refused"
    dispatcher.utter_message(response=response, number=tracker.get_slot("order_number") or "")


def gives_up(tracker: Tracker) -> bool:
    """Tell whether the customer wants to leave the form that is asking."""
    heard, asked = Transcript(tracker), tracker.get_slot(REQUESTED_SLOT)
    if not asked or (heard.answers_offer and heard.intent in ("affirm", "deny")):
        return False
    if details.wants_to_stop(heard.text):
        return True
    answered = any(value is not None for name, value in tracker.slots_to_validate().items() if name in LABELS)
    return heard.intent == "goodbye" or (heard.intent == "deny" and asked != "confirmed" and not answered)


def cleared(form: str, *, keep: tuple[str, ...] = ("order_number",)) -> Events:
    """Forget what a form was told, but not which order we speak of."""
    return [SlotSet(slot, None) for slot in (*FORMS[form], "outcome") if slot not in keep]


def filled(tracker: Tracker) -> list[dict[str, str]]:
    """List what the customer has told a task so far, for the person who takes over."""
    known = [(slot, tracker.get_slot(slot)) for slot in LABELS]
    return [{"name": slot, "label": LABELS[slot], "value": str(value)} for slot, value in known if value]


def missing(tracker: Tracker) -> list[dict[str, str]]:
    """List what the running task still wants to know."""
    wanted = [slot for slot in FORMS.get(tracker.active_loop_name or "", ()) if slot in LABELS]
    return [{"name": slot, "label": LABELS[slot]} for slot in wanted if tracker.get_slot(slot) is None]
