"""How near a text is to what other questions are asked with, and which questions are taken for each other.

Likeness is the cosine of sentence vectors, from 0 to 1. `TOO_NEAR` was measured on the demo's 1,850 examples
of 44 intents: each was held out in one of 20 parts and given to a classifier trained on the rest, which took
18% of them for something else. An example was called too near when another question's nearest example was at
least so like it, and as like it as the nearest of its own:

    from 0.5   423 called, 46% of them really mistaken, 59% of all that were
    from 0.6   280         44%                          38%
    from 0.7   108         48%                          16%
    from 0.8    20         50%                           3%

Who is warned while typing should not be warned often for nothing, so it is 0.7: one example in seventeen.
Without a look at its own examples it would be 197 called, 29% of them rightly. For `mixed_up` all count whose
nearest example is another question's: their share in a question goes with the classifier's own (correlation
0.71; 0.57 with those from 0.5 only).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.studio.asked.meaning import Vectors

TOO_NEAR = 0.7
SAME = 0.999  # the very same words, as far as vectors tell
MOST = 5  # questions that are named as near
BLOCK = 512  # rows that are compared in one go

Examples = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Near:
    """A question that is near to a text, with its nearest example."""

    intent: str
    example: str
    likeness: float
    too_near: bool


@dataclass(frozen=True)
class MixedUp:
    """How many examples of a question are nearest to another one's; `other` is the one with most of them.

    `likeness` is that of the nearest two examples of both.
    """

    examples: int
    other: str
    likeness: float


class Likeness:
    """Compares with all examples that there are; safe between threads. All of it blocks."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._corpus: tuple[Examples, _Corpus] | None = None
        self._mixed_up: tuple[Examples, dict[str, MixedUp]] | None = None

    def knows(self, examples: Examples) -> bool:
        """Tell whether these are the examples that it compared with last, so that it answers at once."""
        return self._corpus is not None and self._corpus[0] is examples

    def near(self, text: str, examples: Examples, intent: str | None = None) -> list[Near]:
        """Return the questions nearest to a text, but for `intent`, whose example it is to be."""
        corpus = self._known(examples)
        if not corpus.texts:
            return []
        likeness = np.clip(corpus.rows @ self._vectors([text])[0], 0.0, 1.0)
        own = max((float(one) for one in likeness[corpus.of(intent)] if one < SAME), default=0.0)
        found: dict[str, Near] = {}
        for number in np.argsort(-likeness, kind="stable"):
            name, like = corpus.names[number], float(likeness[number])
            if name != intent and name not in found:
                found[name] = Near(name, corpus.texts[number], like, like >= max(TOO_NEAR, own))
            if len(found) == MOST:
                break
        return list(found.values())

    def mixed_up(self, examples: Examples) -> dict[str, MixedUp]:
        """Return for each question of which examples are nearest to another one, how many and to which."""
        if self._mixed_up is None or self._mixed_up[0] is not examples:
            self._mixed_up = examples, self._known(examples).mixed_up()
        return self._mixed_up[1]

    def _known(self, examples: Examples) -> "_Corpus":
        if self._corpus is None or self._corpus[0] is not examples:
            self._corpus = examples, _Corpus(examples, self._vectors)
        return self._corpus[1]


class _Corpus:
    """All examples with their vectors."""

    def __init__(self, examples: Examples, vectors: Vectors) -> None:
        self.texts = [text for texts in examples.values() for text in texts]
        self.names = [name for name, texts in examples.items() for _ in texts]
        self.rows = vectors(self.texts) if self.texts else np.zeros((0, 1), np.float32)
        numbers = {name: number for number, name in enumerate(examples)}
        self._numbers = np.array([numbers[name] for name in self.names], int)
        self._intents = list(examples)

    def of(self, intent: str | None) -> np.ndarray:
        number = self._intents.index(intent) if intent in self._intents else -1
        return self._numbers == number

    def mixed_up(self) -> dict[str, MixedUp]:
        with_whom: dict[int, Counter[int]] = {}
        most: dict[tuple[int, int], float] = {}
        for start in range(0, len(self.texts), BLOCK):
            alike = self.rows[start : start + BLOCK] @ self.rows.T
            own = np.arange(len(alike))
            alike[own, start + own] = -1.0
            for row, nearest in enumerate(alike.argmax(axis=1)):
                one, other = int(self._numbers[start + row]), int(self._numbers[nearest])
                if one != other:
                    with_whom.setdefault(one, Counter())[other] += 1
                    most[one, other] = max(most.get((one, other), 0.0), float(alike[row, nearest]))
        return {
            self._intents[one]: MixedUp(sum(others.values()), *self._worst(one, others, most))
            for one, others in with_whom.items()
        }

    def _worst(
        self, one: int, others: Counter[int], most: Mapping[tuple[int, int], float]
    ) -> tuple[str, float]:
        other = max(others, key=lambda other: (others[other], most[one, other]))
        return self._intents[other], min(1.0, most[one, other])
