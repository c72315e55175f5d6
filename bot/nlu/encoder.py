"""Sentences as vectors: the encoder in `bot/nlu/encoder/`, run by ONNX Runtime on one core."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot import onnx_model
from bot.nlu.text import clean

FOLDER = Path(__file__).with_name("encoder")
MAX_TOKENS = 128
BATCH = 32


class SentenceEncoder:
    """Turns texts into vectors of length 1. A text's vector does not depend on its neighbours."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.size: int = session.get_outputs()[0].shape[1]

    @property
    def dictionary(self) -> dict[str, int]:
        """Return the encoder's English words, each with its rank: the lower, the more frequent."""
        vocabulary = self._tokenizer.get_vocab()
        return {w: rank for w, rank in vocabulary.items() if len(w) > 1 and w.isascii() and w.isalpha()}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per text; any text will do, also an empty one."""
        vectors = np.zeros((len(texts), self.size), np.float32)
        tokens = [found.ids for found in self._tokenizer.encode_batch([clean(text) for text in texts])]
        by_length = sorted(range(len(texts)), key=lambda i: len(tokens[i]))
        for rows in _groups(by_length, BATCH):
            vectors[rows] = self._run([tokens[i] for i in rows])
        return vectors

    def _run(self, tokens: list[list[int]]) -> np.ndarray:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, found in enumerate(tokens):
            ids[row, : len(found)] = found
            mask[row, : len(found)] = 1
        return self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]


@lru_cache(maxsize=2)
def load_encoder(folder: Path = FOLDER, *, threads: int = 1) -> SentenceEncoder:
    """Load the encoder once per process.

    Raises:
        ModelError: a file is missing or is not the one that was shipped.
    """
    session, tokenizer = onnx_model.load(folder, threads=threads)
    tokenizer.enable_truncation(MAX_TOKENS)
    return SentenceEncoder(session, tokenizer)


def checksum(folder: Path = FOLDER) -> str:
    """Return a digest that changes with the encoder."""
    return onnx_model.checksum(folder)


def _groups(rows: list[int], size: int) -> Iterator[list[int]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
