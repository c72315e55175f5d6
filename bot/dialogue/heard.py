"""What the model heard in a message and what answered it, for the owner to look through later."""

from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# What runs in every turn and answers nothing.
UNSPOKEN = ("action_listen", "action_session_start", "action_sense_mood")


def heard(message_id: str, tracker: DialogueStateTracker) -> dict[str, Any] | None:
    """Return `{intent, confidence, second: {intent, confidence} or None, answered}` of a message.

    `answered` has the names of the actions and responses that followed it, in order. None when the
    conversation does not end with that message and its answer.
    """
    asked: UserUttered | None = None
    names: list[str] = []
    since: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if event.message_id != message_id:
                break
            # A “yes” that stands for a click is two events with one id: the first is what was written.
            asked, names, since = event, since + names, []
        elif name := _name(event):
            since.insert(0, name)
    if asked is None or not (asked.intent or {}).get("name"):
        return None
    ranking = (asked.parse_data or {}).get("intent_ranking") or []
    others = [one for one in ranking if one.get("name") != asked.intent["name"]]
    return {
        **_ranked(asked.intent),
        "second": _ranked(others[0]) if others else None,
        "answered": [name for name in dict.fromkeys(names) if name not in UNSPOKEN],
    }


def _name(event: Any) -> str:
    if isinstance(event, ActionExecuted):
        return event.action_name or ""
    if isinstance(event, BotUttered):
        return (event.metadata or {}).get("utter_action") or ""
    return ""


def _ranked(intent: dict[str, Any]) -> dict[str, Any]:
    return {"intent": intent["name"], "confidence": round(float(intent.get("confidence") or 0.0), 4)}
