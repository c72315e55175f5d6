"""Conversations as Rasa hands them to actions, made up event by event."""

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

Event = dict[str, Any]


class Talk:
    """A conversation under way. `tracker()` is what an action is given."""

    def __init__(
        self, *, conversation: str = "c1", customer: str | None = None, name: str | None = None
    ) -> None:
        self.events: list[Event] = [{"event": "session_started"}]
        self.slots: dict[str, Any] = {"tone": "plain", "ladder": "none"}
        self.form: str | None = None
        self._conversation = conversation
        self._metadata = {"customer_id": customer, "customer_name": name, "locale": None}
        self._said = 0

    def visitor(
        self, text: str, intent: str = "out_of_scope", *, confidence: float = 0.9, **entities: str
    ) -> "Talk":
        """Let the customer write, or click when the text begins with /."""
        self._said += 1
        parsed = {
            "intent": {"name": intent, "confidence": confidence},
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "intent_ranking": [{"name": intent, "confidence": confidence}],
            "text": text,
            "message_id": str(self._said),
            "metadata": self._metadata,
        }
        self.events.append({"event": "action", "name": "action_listen"})
        self.events.append({"event": "user", "parse_data": parsed, "input_channel": "desk", **parsed})
        return self

    def bot(self, text: str, response: str = "utter_x", *buttons: str) -> "Talk":
        """Let the bot say something."""
        data = {"buttons": [{"title": "…", "payload": payload} for payload in buttons] or None}
        said = {"event": "bot", "text": text, "data": data, "metadata": {"utter_action": response}}
        self.events.append(said)
        return self

    def asks(self, form: str, slot: str | None) -> "Talk":
        """Let a form be active and wait for an answer."""
        self.form, self.slots["requested_slot"] = form, slot
        return self

    def knows(self, **slots: Any) -> "Talk":
        self.slots.update(slots)
        return self

    def tracker(self) -> Tracker:
        heard = [event for event in self.events if event["event"] == "user"]
        return Tracker(
            sender_id=self._conversation,
            slots=dict(self.slots),
            latest_message=heard[-1]["parse_data"] if heard else {},
            events=list(self.events),
            paused=False,
            followup_action=None,
            active_loop={"name": self.form} if self.form else {},
            latest_action_name="action_listen",
        )


class Done:
    """What an action did: the slots that it set, other events, and what it said."""

    def __init__(self, events: list[Event], messages: list[Event]) -> None:
        self.events = events
        self.slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        self.said = [message["response"] for message in messages]
        self.messages = messages


def run(action: Action, talk: Talk) -> Done:
    """Run an action as the action server does."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, talk.tracker(), {}))
    return Done(events, dispatcher.messages)
