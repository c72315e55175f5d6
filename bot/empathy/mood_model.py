"""The mood model: a small fine-tuned encoder that hears what words alone cannot tell."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot import onnx_model
from bot.empathy.encoding import encode
from bot.empathy.reading import EMOTIONS, TARGETS

FOLDER = Path(__file__).with_name("model")
CARD = "card.json"


@dataclass(frozen=True)
class Hearing:
    """What the model makes of one message: shares of emotions and targets, distress and chances, 0 to 1."""

    emotions: Mapping[str, float]
    distress: float
    targets: Mapping[str, float]
    signals: Mapping[str, float]


@dataclass(frozen=True)
class Card:
    """What came out of the training beside the weights. Signals count from their own threshold on."""

    name: str
    temperature: float
    thresholds: Mapping[str, float]

    @classmethod
    def parse(cls, text: bytes) -> "Card":
        row = json.loads(text)
        return cls(row["name"], row["temperature"], row["thresholds"])


class MoodModel:
    """Hears one message at a time: in a batch, rounding would make it depend on its neighbours."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, card: Card) -> None:
        self._session, self._tokenizer, self.card = session, tokenizer, card

    def hear(self, text: str, context: str = "") -> Hearing:
        """Say what is in a message, given the bot's message before it; any text will do."""
        ids, segments = encode(self._tokenizer, text, context)
        rows = {"ids": [ids], "mask": [[1] * len(ids)], "segments": [segments]}
        inputs = {name: np.array(row, np.int64) for name, row in rows.items()}
        emotion, intensity, target, signals = (found[0] for found in self._session.run(None, inputs))
        return Hearing(
            _named(EMOTIONS, _softmax(emotion / self.card.temperature)),
            round(float(_sigmoid(intensity).mean()), 4),
            _named(TARGETS, _softmax(target)),
            _named(self.card.thresholds, _sigmoid(signals)),
        )


@lru_cache(maxsize=2)
def load_model(folder: Path = FOLDER) -> MoodModel:
    """Load the model once per process.

    Raises:
        ModelError: a file is missing or is not the one that was shipped.
    """
    session, tokenizer = onnx_model.load(folder)
    return MoodModel(session, tokenizer, Card.parse(onnx_model.verified(folder, (CARD,))[CARD]))


def _named(names: Mapping[str, float] | tuple[str, ...], values: np.ndarray) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def _softmax(row: np.ndarray) -> np.ndarray:
    raised = np.exp(row - row.max())
    return raised / raised.sum()


def _sigmoid(row: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-row))
