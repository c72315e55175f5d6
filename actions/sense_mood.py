"""Sense how the customer feels, on every message, before anything is decided."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot import wiring
from bot.dialogue.records import ask, crm
from bot.dialogue.transcript import HANDED_BACK, Transcript
from bot.empathy.ladder import Decision, decide
from bot.empathy.state import MoodState, fold
from bot.errors import CrmError

CALL, EXPLICIT = "request_callback", "explicit_request"
logger = logging.getLogger(__name__)


class SenseMood(Action):
    """Set `mood`, `tone`, `ladder` and `reasons` from all that was said since the last hand-back.

    Nothing is remembered elsewhere: the same messages always give the same mood.
    """

    def name(self) -> str:
        return "action_sense_mood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        heard = Transcript(tracker)
        if tracker.get_slot("sensed") == heard.message_id:
            return []  # Rasa asks again when a form begins
        vip = tracker.get_slot("vip")
        if vip is None:
            vip = await is_vip(heard.customer_id)
        state, decision = await asyncio.to_thread(sense, heard, vip)
        felt = {
            "mood": state.as_dict(),
            "tone": decision.tone,
            "ladder": decision.step,
            "reasons": [reason.as_dict() for reason in decision.reasons],
            "cause": decision.cause,
            "vip": vip,
            "sensed": heard.message_id,
        }
        return [SlotSet(slot, value) for slot, value in felt.items()]


async def is_vip(customer_id: str | None) -> bool:
    """Tell whether it is one of the best customers. Not knowing must not hold up an answer."""
    if customer_id is None:
        return False
    try:
        return (await ask(crm().card, customer_id)).customer.vip
    except CrmError as problem:
        logger.warning("no record to sense with: %s", type(problem).__name__)
        return False


def sense(heard: Transcript, vip: bool) -> tuple[MoodState, Decision]:
    """Return the mood after the present message and what follows from it."""
    turns = [] if heard.intent == HANDED_BACK else heard.turns()
    state = fold(turns, wiring.detector(), wiring.similarity())
    decision = decide(state, wiring.business(wiring.settings()).ladder, vip=vip)
    if heard.intent == CALL and {reason.code for reason in decision.reasons} == {EXPLICIT}:
        # “Can somebody call me” asks for a person too, but on the phone: that task does it better.
        decision = replace(decision, step="none", reasons=(), cause=None)
    return state, decision
