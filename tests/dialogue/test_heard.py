"""What is kept of a turn: what was heard, what came close, what answered."""

from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.heard import heard


def asked(id: str, *ranking: tuple[str, float]) -> UserUttered:
    ranked = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    parsed: dict[str, Any] = {"intent": ranked[0], "intent_ranking": ranked, "entities": []}
    return UserUttered("Do you have decaf?", ranked[0], parse_data=parsed, message_id=id)


def said(response: str) -> BotUttered:
    return BotUttered("…", metadata={"utter_action": response})


def conversation(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c1", list(events))


def test_the_topic_its_runner_up_and_what_answered() -> None:
    before = asked("1", ("greet", 0.9)), ActionExecuted("utter_greet"), said("utter_greet")
    now = asked("2", ("decaf", 0.71236), ("grind_options", 0.2), ("allergens", 0.1))
    done = ActionExecuted("action_sense_mood"), ActionExecuted("utter_decaf"), said("utter_decaf")
    assert heard("2", conversation(*before, now, *done, ActionExecuted("action_listen"))) == {
        "intent": "decaf",
        "confidence": 0.7124,
        "second": {"intent": "grind_options", "confidence": 0.2},
        "answered": ["utter_decaf"],
    }


def test_a_yes_that_stood_for_a_click_is_told_as_it_was_written() -> None:
    written = asked("2", ("nlu_fallback", 0.8), ("affirm", 0.2))
    clicked = asked("2", ("affirm", 1.0))
    told = heard("2", conversation(written, ActionExecuted("action_a"), clicked, ActionExecuted("action_b")))
    assert told and told["intent"] == "nlu_fallback"
    assert told["second"] == {"intent": "affirm", "confidence": 0.2}
    assert told["answered"] == ["action_a", "action_b"]


def test_another_turn_tells_nothing_of_this_one() -> None:
    assert heard("3", conversation(asked("2", ("decaf", 0.7)), said("utter_decaf"))) is None
    assert heard("3", conversation()) is None
