"""What belongs together by its meaning: messages in groups, each with the one that speaks for it.

Two groups become one while the average likeness of their messages, as the cosine of sentence vectors, is at
least `ALIKE`. It was measured on the demo's own examples, 1,374 sentences of 36 questions and tasks that were
written to differ: at 0.5, 82% of them find company, and 79% of those are in a group that is mostly of their
own question; at 0.6 it is 63% and 87%, at 0.45 89% and 73%. Real questions repeat themselves more. A group
too large is mended by taking a tick away, one that fell apart is never seen as one: so rather 0.5 than 0.6.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

import numpy as np

ALIKE = 0.5
REMEMBERED = 20_000  # vectors, about 30 MB
CHUNK = 32  # texts that are encoded in one go
BLOCK = 512  # rows that are compared in one go: the memory it takes grows with the messages, not their square

Encode = Callable[[Sequence[str]], np.ndarray]


class Vectors:
    """Sentence vectors, each computed once. Of the texts themselves nothing is kept; safe between threads."""

    def __init__(self, encode: Encode) -> None:
        """`encode` gives a row of length 1 for each text."""
        self._encode = encode
        self._known: OrderedDict[bytes, np.ndarray] = OrderedDict()
        self._lock = Lock()

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Return those, each once, that are still to be computed."""
        with self._lock:
            return list(dict.fromkeys(text for text in texts if _key(text) not in self._known))

    def learn(self, texts: Sequence[str]) -> Iterator[int]:
        """Compute what is missing; yields after each few how many were."""
        left = iter(self.missing(texts))
        while chunk := list(islice(left, CHUNK)):
            rows = self._encode(chunk)
            with self._lock:
                for text, row in zip(chunk, rows, strict=True):
                    self._known[_key(text)] = row
                while len(self._known) > max(REMEMBERED, len(texts)):
                    self._known.popitem(last=False)
            yield len(chunk)

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per text."""
        for _ in self.learn(texts):
            pass
        with self._lock:
            known = [self._known.get(_key(text)) for text in texts]
        if any(row is None for row in known):  # others asked for so much meanwhile that it was let go
            return self._encode(texts)
        return np.array(known, np.float32)


@dataclass(frozen=True)
class Group:
    """Messages of one meaning, by their numbers, and the one that is nearest to all of them."""

    members: tuple[int, ...]
    speaker: int


def groups(vectors: np.ndarray, *, alike: float = ALIKE) -> list[Group]:
    """Put rows of length 1 into groups, the largest first; of the same size, what came first is first.

    It is average-linkage clustering: the average likeness between two groups of such rows is the product of
    their mean rows, and merging all pairs at once that are each other's nearest leads to the same groups as
    one pair after the other does. A group with nothing near enough is done: mergers of others bring nothing
    nearer.
    """
    same: dict[bytes, list[int]] = {}
    for number, row in enumerate(vectors):
        same.setdefault(row.tobytes(), []).append(number)
    open_ = list(same.values())
    means = np.asarray(vectors[[members[0] for members in open_]], np.float32)
    done: list[list[int]] = []
    while open_:
        nearest, likeness = _nearest(means)
        near = likeness >= alike
        near[nearest[near]] = True  # which of the two rows was rounded does not matter
        done += [members for members, goes_on in zip(open_, near, strict=True) if not goes_on]
        pairs = _pairs(nearest, likeness, near)
        merged, rows = [], []
        for number in np.flatnonzero(near):
            other = pairs.get(int(number))
            if other is None:
                merged.append(open_[number])
                rows.append(means[number])
            elif number < other:
                one, two = open_[number], open_[other]
                merged.append(one + two)
                rows.append((means[number] * len(one) + means[other] * len(two)) / (len(one) + len(two)))
        open_, means = merged, np.array(rows, np.float32)
    found = [Group(tuple(sorted(members)), _speaker(vectors, sorted(members))) for members in done]
    return sorted(found, key=lambda group: (-len(group.members), group.members[0]))


def _nearest(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return for each row which other is nearest to it, and how near; nothing is near a row alone."""
    nearest, likeness = np.zeros(len(rows), int), np.full(len(rows), -np.inf, np.float32)
    if len(rows) < 2:
        return nearest, likeness
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK] @ rows.T
        own = np.arange(len(block))
        block[own, start + own] = -np.inf
        nearest[start : start + BLOCK] = block.argmax(axis=1)
        likeness[start : start + BLOCK] = block.max(axis=1)
    return nearest, likeness


def _pairs(nearest: np.ndarray, likeness: np.ndarray, near: np.ndarray) -> dict[int, int]:
    """Return who merges with whom: those that are each other's nearest, or else the nearest two."""
    pairs = {}
    for number in map(int, np.flatnonzero(near)):
        other = int(nearest[number])
        if nearest[other] == number:
            pairs[number] = other
    if not pairs and near.any():  # ties, or sums that were rounded in different ways
        number = int(likeness.argmax())
        pairs = {number: int(nearest[number]), int(nearest[number]): number}
    return pairs


def _speaker(vectors: np.ndarray, members: list[int]) -> int:
    """Return the member that is nearest to the others."""
    own = vectors[members]
    return members[int((own @ own.mean(axis=0)).round(5).argmax())]


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
