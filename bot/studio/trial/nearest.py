"""Which of the owner's examples a message is nearest to, by the examples in a trained model."""

import io
import tarfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import ModelError
from bot.nlu.encoder import load_encoder

FILE = "topics.npz"


class Nearest:
    """The examples of one model, with their vectors."""

    def __init__(self, texts: np.ndarray, vectors: np.ndarray, topics: np.ndarray) -> None:
        self._texts, self._vectors, self._topics = texts, vectors, topics

    def find(self, text: str, topic: str) -> dict[str, Any] | None:
        """Return `{example, likeness}` of the topic's example nearest to the text; None if it has none.

        likeness: 1 for the same words, 0 for nothing in common. Blocks; uses the sentence encoder.
        """
        rows = np.flatnonzero(self._topics == topic)
        if not len(rows):
            return None
        alike = self._vectors[rows] @ load_encoder().encode([text])[0]
        best = int(alike.argmax())
        return {"example": str(self._texts[rows[best]]), "likeness": round(float(alike[best]), 2)}


@lru_cache(maxsize=2)
def nearest_in(model: Path) -> Nearest:
    """Read the examples of a model.

    Raises:
        ModelError: it is not there, damaged, or from another version.
    """
    try:
        with tarfile.open(model) as archive:
            name = next(name for name in archive.getnames() if name.endswith(f"/{FILE}"))
            file = archive.extractfile(name)
            assert file
            with np.load(io.BytesIO(file.read()), allow_pickle=False) as arrays:
                found = (arrays["example_texts"], arrays["example_vectors"], arrays["example_topics"])
    except (OSError, EOFError, tarfile.TarError, StopIteration, KeyError, ValueError) as problem:
        why = type(problem).__name__
        raise ModelError(f"The examples of {model.name} cannot be read: {why}.") from problem
    return Nearest(*found)
