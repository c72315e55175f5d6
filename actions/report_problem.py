"""Report a problem with an order to the team."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.crm.card import CANCELLED, PACKING, PLACED, Order
from bot.dialogue import details
from bot.dialogue.records import ask, crm
from bot.dialogue.task import OrderForm, TaskAction
from bot.dialogue.transcript import Transcript


class ReportProblemForm(OrderForm):
    form = "report_problem_form"

    def likely(self, orders: tuple[Order, ...]) -> list[Order]:
        """Return the orders that have left the house: others can hardly have a problem."""
        return [order for order in orders if order.status not in (PLACED, PACKING, CANCELLED)]

    def validate_problem_kind(self, value: Any, *around: Any) -> dict[str, Any]:
        return {"problem_kind": value if value in details.KINDS else None}

    def validate_problem_text(self, value: Any, *around: Any) -> dict[str, Any]:
        return {"problem_text": details.description_in(str(value or ""))}


class ReportProblem(TaskAction):
    form = "report_problem_form"

    def name(self) -> str:
        return "action_report_problem"

    async def do(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Transcript, key: str
    ) -> None:
        number, kind = tracker.get_slot("order_number"), tracker.get_slot("problem_kind")
        text = tracker.get_slot("problem_text")
        order = await ask(crm().order, heard.customer_id, number)
        ticket = await ask(crm().create_ticket, heard.customer_id, kind, f"{order.number}: {text}", key=key)
        response = "utter_problem_reported" + ("_damaged" if kind == "damaged" else "")
        dispatcher.utter_message(response=response, ticket=ticket.id)
