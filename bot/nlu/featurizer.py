"""Rasa's edge to the sentence encoder: cleans and mends a message, and gives it its vector."""

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.errors import ModelError
from bot.nlu.encoder import SentenceEncoder, checksum, load_encoder
from bot.nlu.spelling import Speller
from bot.nlu.text import clean

WORDS_FILE = "words.json"
MENDED = "mended_text"  # the text as the vector saw it, for the components behind this one


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one dense sentence vector to each message; learns the owner's words to mend slips."""

    def __init__(self, config: dict[str, Any], name: str, encoder: SentenceEncoder, speller: Speller) -> None:
        super().__init__(name, {**self.get_default_config(), **config})
        self._encoder = encoder
        self._speller = speller

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "threads": 1}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any config; Rasa merges it with the defaults."""

    @staticmethod
    def required_packages() -> list[str]:
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Make Rasa forget cached vectors when the encoder is another."""
        return checksum()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeaturizer":
        """Build an untrained component that knows no owner's words yet."""
        return cls._with_words({}, config, model_storage, resource, execution_context)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceFeaturizer":
        """Build the component with the words learnt at training."""
        try:
            with model_storage.read_from(resource) as folder:
                words = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
        except (ValueError, OSError) as problem:
            raise ModelError("The trained model lacks the owner's words. Train it again.") from problem
        return cls._with_words(words, config, model_storage, resource, execution_context)

    @classmethod
    def _with_words(
        cls,
        words: dict[str, int],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeaturizer":
        encoder = load_encoder(threads=config.get("threads", 1))
        component = cls(config, execution_context.node_name, encoder, Speller(words, encoder.dictionary))
        component._model_storage, component._resource = model_storage, resource
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which words the owner's examples use."""
        texts = [clean(example.get(TEXT)) for example in training_data.intent_examples if example.get(TEXT)]
        self._speller = Speller.learn(texts, self._encoder.dictionary)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / WORDS_FILE).write_text(json.dumps(self._speller.owner_words), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add vectors to all examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add a vector to every message that has a text, be it empty."""
        written = [message for message in messages if message.get(TEXT) is not None]
        mended = [self._speller.mend(clean(message.get(TEXT))) for message in written]
        for message, text, vector in zip(written, mended, self._encoder.encode(mended), strict=True):
            message.set(MENDED, text)
            self.add_features_to_message(None, vector[None, :], TEXT, message)
        return messages
