"""Rasa's edge to the topic model: which intent a message has, and whether it has any."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.errors import ModelError
from bot.nlu.confidence import Confidence
from bot.nlu.featurizer import MENDED, SentenceFeaturizer
from bot.nlu.topics import Examples, TopicModel

logger = logging.getLogger(__name__)
MODEL_FILE = "topics.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Sets `intent` and `intent_ranking`; below `threshold` puts `nlu_fallback` before the ranking."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        trained: tuple[TopicModel, Confidence] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._trained = trained

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.3, "ranking_length": 10}

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceFeaturizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
        """Build an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifier":
        """Build the component as it was trained."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, _stored(folder / MODEL_FILE))
        except (ValueError, OSError, KeyError) as problem:
            raise ModelError("The trained model lacks its topics. Train it again.") from problem

    def train(self, training_data: TrainingData) -> Resource:
        """Fit topics and confidence to the owner's examples.

        Raises:
            ModelError: there are not two intents with examples.
        """
        written = [e for e in training_data.intent_examples if e.get(MENDED)]
        examples = Examples(*_columns(written), np.array([e.get(INTENT) for e in written]))
        if len(set(examples.topics)) < 2:
            raise ModelError("Training needs examples of at least two intents under data/.")
        model, confidence = TopicModel.fit(examples), Confidence.learn(examples)
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / MODEL_FILE, **model.as_arrays(), **confidence.as_arrays())
        logger.info("Learnt %d intents from %d examples", len(model.topics), len(examples))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of every message that has none yet."""
        asked = [m for m in messages if m.get(MENDED) is not None and not m.get(INTENT)]
        if not asked or not self._trained:
            return messages
        model, confidence = self._trained
        texts, vectors = _columns(asked)
        judged = model.judge(texts, vectors)
        chances = confidence.of(judged.evidence)
        for row, message in enumerate(asked):
            topics = judged.order[row][: self._config["ranking_length"]]
            # The ranking keeps the model's proportions, and its first place the calibrated chance.
            scaled = judged.shares[row] / judged.shares[row].max() * chances[row]
            ranking = [_ranked(model.topics[topic], scaled[topic]) for topic in topics]
            self._decide(message, ranking if texts[row] else [])
        return messages

    def _decide(self, message: Message, ranking: list[dict[str, Any]]) -> None:
        """Take the best topic if it is likely enough; otherwise admit that none is."""
        best = ranking[0]["confidence"] if ranking else 0.0
        if best < self._config["threshold"]:
            ranking = [_ranked(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0 - best), *ranking]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def _columns(messages: list[Message]) -> tuple[np.ndarray, np.ndarray]:
    """Return the mended texts and the sentence vectors of the messages."""
    features = [message.get_dense_features(TEXT, [])[1] for message in messages]
    return np.array([m.get(MENDED) for m in messages]), np.vstack([f.features for f in features])


def _ranked(name: str, confidence: float) -> dict[str, Any]:
    return {"name": str(name), "confidence": float(confidence)}


def _stored(path: Path) -> tuple[TopicModel, Confidence]:
    with np.load(path, allow_pickle=False) as arrays:
        return TopicModel.from_arrays(arrays), Confidence.from_arrays(arrays)
