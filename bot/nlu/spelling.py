"""Slips of the finger, mended before a sentence becomes a vector.

The owner's words come first, so that `delivry` in a shop becomes `delivery`; then common English.
"""

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

WORD = re.compile(r"(?<![\w@.])[A-Za-z]{4,}(?![\w@])")
SEEN_OFTEN = 2  # a strange word in a single example may itself be a slip


class Speller:
    """Knows the owner's words and a dictionary that ranks words by frequency, best first."""

    def __init__(self, owner_words: Mapping[str, int], dictionary: Mapping[str, int]) -> None:
        self.owner_words = dict(owner_words)
        self._dictionary = dictionary
        self._nearest = lru_cache(maxsize=4096)(self._find)

    @classmethod
    def learn(cls, texts: Iterable[str], dictionary: Mapping[str, int]) -> "Speller":
        """Take the owner's words from the examples, less those that are probably slips."""
        counts = Counter(word.lower() for text in texts for word in WORD.findall(text))
        sure = {w: n for w, n in counts.items() if n >= SEEN_OFTEN or w in dictionary}
        return cls(sure, dictionary)

    def mend(self, text: str) -> str:
        """Return the text with unknown words replaced by the nearest known ones."""
        return WORD.sub(lambda found: self._nearest(found.group()), text)

    def _find(self, written: str) -> str:
        word = written.lower()
        if word in self.owner_words or word in self._dictionary:
            return written
        near = {other for other in _slips(word) if len(other) > 2}
        if ours := near & self.owner_words.keys():
            return max(sorted(ours), key=lambda other: self.owner_words[other])
        if english := near & self._dictionary.keys():
            return min(english, key=lambda other: self._dictionary[other])
        return written


def _slips(word: str) -> Iterator[str]:
    """Yield every word that is one slip away: a letter too many, too few, wrong, or two swapped."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
