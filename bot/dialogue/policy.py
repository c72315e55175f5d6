"""The policy that puts feelings above topics: offers a person, or hands over, whatever was asked."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

ESCALATE, OFFER = "action_escalate", "action_offer_human"
STEPS = {"offer": OFFER, "hand_over": ESCALATE}
REQUEST = "speak_to_human"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class LadderPolicy(Policy):
    """Predict what slot `ladder` asks for, right after a message of the customer, and then silence.

    A form would otherwise run before everything else, so that a request for a person could be taken
    for an answer. The form itself stays as it is, and asks again with the next message.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": 100}

    @staticmethod
    def supported_data() -> SupportedData:
        return SupportedData.ML_AND_RULE_DATA

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Learn nothing."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Return full confidence in the next action, or none in any."""
        action = next_action(tracker)
        scores = self._default_predictions(domain)
        if action:
            scores[domain.index_for_action(action)] = 1.0
        # Marked like the prediction of a running form, which could not be overruled otherwise.
        return self._prediction(scores, is_no_user_prediction=action is not None)


def next_action(tracker: DialogueStateTracker) -> str | None:
    """Return the action that the ladder asks for now, if any."""
    if tracker.latest_action_name in STEPS.values():
        return ACTION_LISTEN_NAME
    if tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.latest_message is None:
        return None
    if tracker.latest_message.intent.get("name") == REQUEST:
        return ESCALATE
    return STEPS.get(tracker.get_slot("ladder"))
