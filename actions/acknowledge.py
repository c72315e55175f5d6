"""Name the customer's trouble in a few words before the answer; once for each trouble."""

from collections.abc import Iterator, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue.topics import SOCIAL
from bot.dialogue.transcript import ACKNOWLEDGE, Transcript
from bot.empathy.ladder import NOTICED

STEPS = ("acknowledge", "repair")
# Acknowledging what somebody says hello, thanks or goodbye with would only stir it up again.
SILENT = {*SOCIAL, "choose", "handed_back", "speak_to_human"} - {"bot_challenge"}
KIND_OF = {
    "late": "late",
    "damaged": "damaged",
    "wrong_item": "wrong",
    "missing_item": "missing",
    "refund_trouble": "refund",
    "payment_dispute": "charged",
    "grief": "vulnerable",
    "illness": "vulnerable",
    "hardship": "vulnerable",
    "deadline": "deadline",
}
# The answers to these questions name the trouble themselves.
COVERED = {
    "damaged_item": ("damaged",),
    "shipping_time": ("late",),
    "refund_time": ("refund",),
    "bot_challenge": ("bot",),
}


class Acknowledge(Action):
    """Run by Rasa after slots are set and before anything is decided, whatever the topic.

    Rasa drops what is said while slots are being set, except by the action of this name.
    """

    def name(self) -> str:
        return "action_validate_slot_mappings"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        heard = Transcript(tracker)
        if tracker.get_slot("ladder") in STEPS and heard.intent not in SILENT:
            response = acknowledgement(tracker.get_slot("mood") or {}, heard)
            if response:
                dispatcher.utter_message(response=response)
        return []


def acknowledgement(mood: Mapping[str, Any], heard: Transcript) -> str | None:
    """Return the response that names what is wrong now, if it was not said before."""
    if heard.in_form and mood.get("distress", 0) < NOTICED:
        return None  # an answer given twice, such as a corrected address, is no complaint
    if mood.get("target") in ("third_party", "self") and not mood.get("stuck_now"):
        return None  # the trouble is not with us: an answer helps more
    used = heard.said(ACKNOWLEDGE)
    covered = COVERED.get(heard.intent, ())
    for kind in _kinds(mood):
        if kind in covered:
            return None
        if ACKNOWLEDGE + kind not in used:
            return ACKNOWLEDGE + kind
    return None


def _kinds(mood: Mapping[str, Any]) -> Iterator[str]:
    """List what could be named, the most telling first."""
    causes = [KIND_OF[cause] for cause in reversed(mood.get("causes") or ()) if cause in KIND_OF]
    yield from (kind for kind in causes if kind == "vulnerable")
    if mood.get("failing"):
        yield "bot"
    if mood.get("repeated_now"):
        yield "repeat"
    yield from causes  # "late again" is about the parcel first, and about the again second
    if mood.get("stuck_now"):
        yield "repeat"
    yield "generic"
