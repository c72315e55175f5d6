"""Call a person, with all that they need to know."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue.desk import open_handoff
from bot.dialogue.task import filled, missing
from bot.dialogue.transcript import Transcript
from bot.empathy.ladder import LABELS
from bot.errors import HandoffError

EXPLICIT, DANGER = "explicit_request", "safety"
logger = logging.getLogger(__name__)


class Escalate(Action):
    """Open a hand-over. The desk tells the visitor what happens next; a failure is ours to say."""

    def name(self) -> str:
        return "action_escalate"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        reasons = reasons_for(tracker)
        if any(reason["code"] == DANGER for reason in reasons):
            dispatcher.utter_message(response="utter_danger")
        try:
            opened = await open_handoff(
                tracker.sender_id,
                cause(reasons, tracker),
                reasons,
                filled=filled(tracker),
                missing=missing(tracker),
                topics=Transcript(tracker).topics,
            )
            logger.info("hand-over of %s: %s", tracker.sender_id, "opened" if opened else "was open")
        except HandoffError as problem:
            logger.error("hand-over of %s failed: %s", tracker.sender_id, problem)
            dispatcher.utter_message(response="utter_handoff_failed")
        return []


def reasons_for(tracker: Tracker) -> list[dict[str, Any]]:
    """Return why a person is called: what the ladder found, or else that the customer asks for one."""
    found = list(tracker.get_slot("reasons") or [])
    if any(reason["code"] == EXPLICIT for reason in found):
        return found
    if tracker.get_slot("ladder") == "hand_over" and found:
        return found
    heard = Transcript(tracker)
    evidence = [{"turn": heard.now_at, "quote": heard.text[:200]}] if heard.text else []
    asked = {"code": EXPLICIT, "label": LABELS[EXPLICIT], "score": 1.0, "threshold": 0.0}
    return [{**asked, "evidence": evidence}, *found]


def cause(reasons: list[dict[str, Any]], tracker: Tracker) -> str:
    """Return what makes this hand-over one of its own: its first reason and the message behind it."""
    return tracker.get_slot("cause") or f"{reasons[0]['code']}@{Transcript(tracker).now_at}"
