"""Carry on after a person: say who handed back and what was agreed, and start with a clean slate."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from bot.dialogue.task import FORMS

SENTENCE_ENDS = (".", "!", "?", "…")


class Resume(Action):
    """The mood starts anew by itself: it is read from what was said since the hand-back."""

    def name(self) -> str:
        return "action_resume"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        agent, note = (_entity(tracker, name) for name in ("agent", "note"))
        told = {"agent": agent, "note": note if note.endswith(SENTENCE_ENDS) else f"{note}."}
        dispatcher.utter_message(
            response="utter_resumed", **{name: text for name, text in told.items() if text.strip(".")}
        )
        slots = dict.fromkeys(slot for form in FORMS.values() for slot in (*form, "outcome", REQUESTED_SLOT))
        return [ActiveLoop(None), *(SlotSet(slot, None) for slot in slots)]


def _entity(tracker: Tracker, name: str) -> str:
    return str(next(tracker.get_latest_entity_values(name), "") or "").strip()
