"""The chance that the winning topic is right, learnt by hiding examples and whole topics."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.nlu.topics import Arrays, Examples, TopicModel, splits

FEWEST_TOPICS = 4  # with fewer, hiding some leaves nothing to choose between


@dataclass(frozen=True)
class Confidence:
    """A chance from evidence: one weight for each kind of it."""

    weights: np.ndarray
    bias: float

    def of(self, evidence: np.ndarray) -> np.ndarray:
        """Return a chance between 0 and 1 for each row of evidence."""
        return 1.0 / (1.0 + np.exp(-(evidence @ self.weights + self.bias)))

    @classmethod
    def learn(cls, examples: Examples) -> "Confidence":
        """Play customers with held-out examples, known topics and unknown ones weighing the same."""
        if len(np.unique(examples.topics)) < FEWEST_TOPICS:
            return cls(np.array([0.0, 2.0, 0.0]), -1.0)  # by the lead alone
        evidence, right, weight = (np.concatenate(column) for column in zip(*_trials(examples), strict=True))
        spread = evidence.std(axis=0) + 1e-9
        fitted = LogisticRegression().fit(evidence / spread, right, sample_weight=weight)
        return cls(fitted.coef_[0] / spread, float(fitted.intercept_[0]))

    def as_arrays(self) -> Arrays:
        return {"confidence": np.append(self.weights, self.bias)}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Confidence":
        stored = arrays["confidence"]
        return cls(stored[:-1], float(stored[-1]))


def _trials(examples: Examples) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Return for each split the evidence, whether the winner was right, and the trial's weight."""
    trials = []
    for held, hidden in splits(examples.topics):
        model = TopicModel.fit(examples.where(~held & ~hidden))
        tried = held | hidden
        asked = examples.where(tried)
        judged = model.judge(asked.texts, asked.vectors)
        right = model.topics[judged.winners] == asked.topics
        unknown = hidden[tried]
        weight = np.where(unknown, (~unknown).sum() / max(1, unknown.sum()), 1.0)
        trials.append((judged.evidence, right, weight))
    return trials
