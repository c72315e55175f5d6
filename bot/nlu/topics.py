"""Which topic is a sentence about: a linear model over the sentence's vector and its letter groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

REGULARITY = 10.0  # the inverse of it, as scikit-learn's C
LETTERS_WEIGHT = 0.6  # letter groups beside the vector's length of 1; they carry half-mended slips
Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Examples:
    """Sentences with their vectors and topics, row by row."""

    texts: np.ndarray
    vectors: np.ndarray
    topics: np.ndarray

    def __len__(self) -> int:
        return len(self.texts)

    def where(self, chosen: np.ndarray) -> "Examples":
        return Examples(self.texts[chosen], self.vectors[chosen], self.topics[chosen])


@dataclass(frozen=True)
class Judgement:
    """What speaks for each topic. `order` lists topics from the best; rows belong to sentences."""

    order: np.ndarray
    shares: np.ndarray  # sum to 1 over the topics, in the topics' own order
    evidence: np.ndarray  # one row a sentence: winner's score, lead over the second, nearest example

    @property
    def winners(self) -> np.ndarray:
        return self.order[:, 0]


class TopicModel:
    """A fitted model. Topics are numbered as in `topics`."""

    def __init__(
        self,
        topics: np.ndarray,
        weights: np.ndarray,
        bias: np.ndarray,
        letters: TfidfVectorizer,
        examples: Examples,
    ) -> None:
        self.topics = topics
        self._weights = weights
        self._bias = bias
        self._letters = letters
        self._examples = examples

    @classmethod
    def fit(cls, examples: Examples) -> "TopicModel":
        """Learn from examples of at least two topics."""
        letters = _letters().fit(examples.texts)
        features = _features(letters, examples.texts, examples.vectors)
        # Each topic against the rest: as accurate as all at once, and five times as fast to train.
        model = LogisticRegression(C=REGULARITY, solver="liblinear", multi_class="ovr", random_state=0)
        model.fit(features, examples.topics)
        weights, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # scikit-learn then keeps one row of weights for both
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        return cls(model.classes_, weights.astype(np.float32), bias.astype(np.float32), letters, examples)

    def judge(self, texts: Sequence[str], vectors: np.ndarray) -> Judgement:
        """Weigh each sentence against every topic."""
        scores = _features(self._letters, texts, vectors) @ self._weights.T + self._bias
        order = np.argsort(-scores, axis=1, kind="stable")
        best = np.take_along_axis(scores, order[:, :2], axis=1)
        shares = np.exp(scores - best[:, :1])
        evidence = np.column_stack([best[:, 0], best[:, 0] - best[:, 1], self._nearest(vectors, order[:, 0])])
        return Judgement(order, shares / shares.sum(1, keepdims=True), evidence)

    def _nearest(self, vectors: np.ndarray, winners: np.ndarray) -> np.ndarray:
        """Return each sentence's likeness to the nearest example of its winning topic."""
        alike = vectors @ self._examples.vectors.T
        ours = self._examples.topics[None, :] == self.topics[winners][:, None]
        return np.where(ours, alike, -1.0).max(axis=1)

    def as_arrays(self) -> Arrays:
        """Return everything as plain arrays, to be stored without pickling."""
        groups = self._letters.get_feature_names_out().astype(str)
        return {
            "topics": self.topics.astype(str),
            "weights": self._weights,
            "bias": self._bias,
            "letter_groups": groups,
            "letter_rarity": self._letters.idf_,
            "example_texts": self._examples.texts.astype(str),
            "example_vectors": self._examples.vectors,
            "example_topics": self._examples.topics.astype(str),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "TopicModel":
        letters = _letters(vocabulary=arrays["letter_groups"].tolist())
        letters.idf_ = arrays["letter_rarity"]
        examples = Examples(arrays["example_texts"], arrays["example_vectors"], arrays["example_topics"])
        return cls(arrays["topics"], arrays["weights"], arrays["bias"], letters, examples)


def splits(topics: np.ndarray, parts: int = 4, seed: int = 0) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield for each part which examples are held out, and which are of topics hidden altogether."""
    random = np.random.default_rng(seed)
    names = random.permutation(np.unique(topics))
    part = np.zeros(len(topics), int)
    for name in names:
        rows = random.permutation(np.flatnonzero(topics == name))
        part[rows] = np.arange(len(rows)) % parts
    for turn in range(parts):
        yield part == turn, np.isin(topics, names[turn::parts])


def _letters(vocabulary: list[str] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, vocabulary=vocabulary)


def _features(letters: TfidfVectorizer, texts: Sequence[str], vectors: np.ndarray) -> sparse.csr_matrix:
    groups = letters.transform(texts) * LETTERS_WEIGHT
    return sparse.hstack([sparse.csr_matrix(vectors), groups], format="csr", dtype=np.float32)
