"""What Rasa writes down of messages, made up in a few words."""

from typing import Any

from bot.empathy.ladder import LABELS, Reason
from bot.empathy.state import Moment, MoodState

Event = dict[str, Any]


def slot(name: str, value: Any) -> Event:
    return {"event": "slot", "name": name, "value": value}


def said(
    number: int,
    text: str = "how long does delivery take?",
    intent: str = "shipping_time",
    confidence: float = 0.97,
    *,
    second: tuple[str, float] = ("shipping_cost", 0.02),
    order: str = "",
    customer: str | None = None,
) -> Event:
    ranking = [{"name": intent, "confidence": confidence}, {"name": second[0], "confidence": second[1]}]
    entities = [{"entity": "order_number", "value": order}] if order else []
    parsed = {"intent": ranking[0], "intent_ranking": ranking, "entities": entities}
    parsed["metadata"] = {"customer_id": customer}
    return {"event": "user", "message_id": str(number), "text": text, "parse_data": parsed}


def felt(
    number: int,
    *,
    emotion: str = "neutral",
    level: float = 0.0,
    tone: str = "plain",
    step: str = "none",
    reason: str = "",
    vip: bool = False,
) -> list[Event]:
    """Return what the action that senses the mood writes down."""
    moment = Moment(number, level, "calm", "…", ())
    mood = MoodState(level=level, emotion=emotion, distress=level, seq=number, moments=(moment,))
    reasons = [Reason(reason, LABELS[reason], 0.7, 0.6, ((number, "fed up"),)).as_dict()] if reason else []
    slots = {"mood": mood.as_dict(), "tone": tone, "ladder": step, "reasons": reasons, "vip": vip}
    return [slot(*pair) for pair in {**slots, "sensed": str(number)}.items()]


def did(name: str, policy: str = "RulePolicy") -> Event:
    return {"event": "action", "name": name, "policy": policy, "confidence": 1.0}


def bot(response: str, variation: int = 0) -> Event:
    return {
        "event": "bot",
        "text": "…",
        "metadata": {"utter_action": response, "variation": variation},
    }
