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
COMMON = 12_000  # rarer English words are more often a wrong guess than the right one


class Speller:
    """Knows the owner's words by count, and a dictionary that ranks English words, the commonest first."""

    def __init__(self, owner_words: Mapping[str, int], dictionary: Mapping[str, int]) -> None:
        self.owner_words = dict(owner_words)
        self._dictionary = dictionary
        self._sure = {w for w, n in owner_words.items() if n >= SEEN_OFTEN or w in dictionary}
        self._nearest = lru_cache(maxsize=4096)(self._find)

    @classmethod
    def learn(cls, texts: Iterable[str], dictionary: Mapping[str, int]) -> "Speller":
        """Take the owner's words from the examples."""
        return cls(Counter(word.lower() for text in texts for word in WORD.findall(text)), dictionary)

    def mend(self, text: str) -> str:
        """Return the text with unknown words replaced by the nearest known ones."""
        return WORD.sub(lambda found: self._nearest(found.group()), text)

    def _find(self, written: str) -> str:
        word = written.lower()
        if word in self._sure or word in self._dictionary:
            return written
        near = set(_slips(word))
        if ours := near & self._sure:
            return max(sorted(ours), key=self.owner_words.__getitem__)
        english = {other for other in near if self._dictionary.get(other, COMMON) < COMMON}
        if english and word not in self.owner_words:
            return min(english, key=self._dictionary.__getitem__)
        return written


def _slips(word: str) -> Iterator[str]:
    """Yield the words one slip away: a letter too many, too few, wrong, or two swapped; never the first."""
    for i in range(1, len(word) + 1):
        before, after = word[:i], word[i:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
