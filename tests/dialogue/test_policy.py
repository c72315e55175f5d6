"""What the ladder asks for comes first, and only right after the customer's message."""

from pathlib import Path
from typing import Any

import pytest
from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.policy import LadderPolicy, next_action

SLOTS = {"ladder": {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}}
DOMAIN = Domain.from_dict(
    {
        "intents": ["decaf", "speak_to_human"],
        "slots": SLOTS,
        "forms": {"address_form": {"required_slots": []}},
        "actions": ["action_escalate", "action_offer_human", "utter_decaf"],
        "responses": {"utter_decaf": [{"text": "Yes."}]},
    }
)
LISTEN = ActionExecuted("action_listen")


def asked(intent: str = "decaf") -> list[Any]:
    return [LISTEN, UserUttered("…", {"name": intent})]


def tracker(*events: Any) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c1", list(events), slots=DOMAIN.slots)


@pytest.mark.parametrize(
    ("events", "action"),
    [
        ([], None),
        ([LISTEN], None),
        (asked(), None),
        ([*asked(), SlotSet("ladder", "none")], None),
        ([*asked(), SlotSet("ladder", "acknowledge")], None),
        ([*asked(), SlotSet("ladder", "repair")], None),
        ([*asked(), SlotSet("ladder", "offer")], "action_offer_human"),
        ([*asked(), SlotSet("ladder", "hand_over")], "action_escalate"),
        ([*asked("speak_to_human")], "action_escalate"),
        ([*asked("speak_to_human"), SlotSet("ladder", "offer")], "action_escalate"),
        ([ActiveLoop("address_form"), *asked(), SlotSet("ladder", "offer")], "action_offer_human"),
        ([*asked(), SlotSet("ladder", "offer"), ActionExecuted("action_offer_human")], "action_listen"),
        ([*asked(), SlotSet("ladder", "hand_over"), ActionExecuted("action_escalate")], "action_listen"),
        ([*asked(), SlotSet("ladder", "offer"), ActionExecuted("utter_decaf")], None),
    ],
)
def test_the_next_action(events: list[Any], action: str | None) -> None:
    assert next_action(tracker(*events)) == action


@pytest.fixture
def policy(tmp_path: Path) -> LadderPolicy:
    return LadderPolicy(
        LadderPolicy.get_default_config(),
        LocalModelStorage(tmp_path),
        Resource("ladder"),
        ExecutionContext(GraphSchema({})),
    )


def best(policy: LadderPolicy, conversation: DialogueStateTracker, other: PolicyPrediction) -> str:
    predictions = [other, policy.predict_action_probabilities(conversation, DOMAIN)]
    chosen = DefaultPolicyPredictionEnsemble().combine_predictions(predictions, conversation, DOMAIN)
    return DOMAIN.action_names_or_texts[chosen.max_confidence_index]


def form_prediction(action: str) -> PolicyPrediction:
    """Predict as RulePolicy does while a form runs: sure, and deaf to what was said."""
    scores = [0.0] * DOMAIN.num_actions
    scores[DOMAIN.index_for_action(action)] = 1.0
    return PolicyPrediction(scores, "RulePolicy", policy_priority=6, is_no_user_prediction=True)


def test_it_goes_before_a_running_form(policy: LadderPolicy) -> None:
    conversation = tracker(ActiveLoop("address_form"), *asked(), SlotSet("ladder", "hand_over"))
    assert best(policy, conversation, form_prediction("address_form")) == "action_escalate"


def test_it_leaves_a_form_alone_otherwise(policy: LadderPolicy) -> None:
    conversation = tracker(ActiveLoop("address_form"), *asked(), SlotSet("ladder", "repair"))
    assert best(policy, conversation, form_prediction("address_form")) == "address_form"


def test_it_learns_and_keeps_nothing(policy: LadderPolicy, tmp_path: Path) -> None:
    assert policy.train([], DOMAIN).name == "ladder"
    assert not list(tmp_path.rglob("*"))
