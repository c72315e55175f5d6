"""Has the visitor asked this before? Likeness of two messages by words, letters and meaning."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from bot.empathy.words import words

Similarity = Callable[[str, str], float]

SAME = 0.72
SAME_MEANING = 0.7  # cosine of two sentences that ask the same
SLIP = 0.3
REMEMBERED = 4096  # sentences
_NUMBER = re.compile(r"\d+")
_FILLER = """
    a an and are as at be been but by can could did do does for from had has have hello hey hi i id if im
    in is it its ive just me my of ok okay on or please pls plz so still that the then there they this to
    u ur was we well were will with would yes you your again already told said asked as am not thanks
    thank tell ok
"""
_NO_CONTENT = frozenset(_FILLER.split())


def likeness(one: str, other: str) -> float:
    """Return how alike two messages are, from 0 to 1, ignoring filler words."""
    first, second = _content(one), _content(other)
    if _numbers(one) != _numbers(other) or _contrast(first, second):
        return 0.0
    if len(first) < 2 or len(second) < 2:
        return 1.0 if first and first == second and len(one) > 12 else 0.0
    shared = len(first & second)
    by_words = shared / min(len(first), len(second)) * (0.5 + 0.5 * shared / max(len(first), len(second)))
    return max(by_words, _dice(_pairs(first), _pairs(second)))


class Meaning:
    """Likeness by sentence vectors too: “does it cover Man” and “Isle. Of. Man. Yes or no” ask the same."""

    def __init__(self, encode: Callable[[Sequence[str]], np.ndarray]) -> None:
        """`encode` gives a row of length 1 for each text."""
        self._vector = lru_cache(maxsize=REMEMBERED)(lambda text: encode([text])[0])

    def __call__(self, one: str, other: str) -> float:
        """Return how alike two messages are, from 0 to 1; from `SAME` on they ask the same."""
        by_words = likeness(one, other)
        first, second = _numbers(one), _numbers(other)
        if by_words >= SAME or first and second and first != second:
            return by_words
        cosine = float(self._vector(one) @ self._vector(other))
        return max(by_words, min(1.0, cosine * SAME / SAME_MEANING))


def _numbers(text: str) -> frozenset[str]:
    """Return the numbers in a text: the same words about another order ask something else."""
    return frozenset(_NUMBER.findall(text))


def _contrast(first: frozenset[str], second: frozenset[str]) -> bool:
    """Say whether each has something of its own, and not just the same word with a slip: France and Spain."""
    mine, yours = first - second, second - first
    return bool(mine and yours) and not any(
        _dice(_pairs(frozenset({a})), _pairs(frozenset({b}))) >= SLIP for a in mine for b in yours
    )


def _content(text: str) -> frozenset[str]:
    return frozenset(
        _stem(w.plain) for w in words(text) if w.plain[0].isalpha() and w.plain not in _NO_CONTENT
    )


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _pairs(content: frozenset[str]) -> frozenset[str]:
    return frozenset(f"{w} "[i : i + 2] for w in content for i in range(len(w)))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) - 0.1
