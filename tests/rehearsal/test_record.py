"""What Rasa's events say of each message."""

from typing import Any

from bot.empathy.state import Moment, MoodState
from bot.rehearsal.record import notes
from tests.rehearsal.courses import reason


def said(number: int, intent: str = "decaf") -> dict[str, Any]:
    return {"event": "user", "message_id": str(number), "parse_data": {"intent": {"name": intent}}}


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


def felt(number: int, step: str, level: float, *cues: str) -> list[dict[str, Any]]:
    """Return what the action that senses the mood writes down."""
    moment = Moment(number, level, "uneasy", "…", cues)
    mood = MoodState(level=level, emotion="angry", distress=0.4, seq=number, moments=(moment,)).as_dict()
    reasons = [reason("anger").as_dict()] if step == "offer" else []
    slots = {"mood": mood, "ladder": step, "reasons": reasons, "sensed": str(number)}
    return [slot(*pair) for pair in slots.items()]


def bot(response: str) -> dict[str, Any]:
    return {"event": "bot", "text": "…", "metadata": {"utter_action": response}}


def test_each_message_has_its_own_mood_decision_and_offer() -> None:
    events = [slot("tone", "plain"), said(1), *felt(1, "none", 0.1), bot("utter_decaf")]
    events += [said(3, "insult"), *felt(3, "offer", 0.6, "insult", "third time"), bot("utter_offer_human")]
    events += [said(5), *felt(5, "none", 0.3), bot("utter_decaf")]
    found = notes(events)
    assert list(found) == ["1", "3", "5"]
    assert [(note.step, note.level, note.offered) for note in found.values()] == [
        ("none", 0.1, ""),
        ("offer", 0.6, "utter_offer_human"),
        ("none", 0.3, ""),
    ]
    assert [note.said for note in found.values()] == [
        ("utter_decaf",),
        ("utter_offer_human",),
        ("utter_decaf",),
    ]
    worst = found["3"]
    assert (worst.intent, worst.emotion, worst.distress) == ("insult", "angry", 0.4)
    assert worst.cues == ("insult", "third time") and worst.reasons == (reason("anger"),)


def test_a_yes_that_stands_for_a_click_is_one_message() -> None:
    events = [said(1, "affirm"), *felt(1, "none", 0.1), said(1, "speak_to_human"), bot("utter_offer_human")]
    assert list(notes(events)) == ["1"] and notes(events)["1"].offered == "utter_offer_human"


def test_a_message_that_was_not_sensed_takes_no_mood_from_the_one_before() -> None:
    found = notes([said(1), *felt(1, "offer", 0.6, "insult"), bot("utter_offer_human"), said(2)])
    assert (found["2"].level, found["2"].step, found["2"].cues) == (0.0, "none", ())
