"""People in a text: who is meant, as one word, so that a phrase need not know every way to name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.empathy.notation import END, MARKS, START, Rows
from bot.empathy.phrases.people import NO_NAMES, PEOPLE
from bot.empathy.words import CONCEPTS, Word

_NO_NAMES = frozenset(NO_NAMES.split()).union(*CONCEPTS.values())
_SHORTEST_NAME = 3
_NOBODY_HERE = frozenset({"OUTSIDER", "THING"})


@dataclass(frozen=True)
class Part:
    """A word, or the words that name somebody as one; `first` and `last` count the text's words from 1."""

    plain: str
    first: int
    last: int


def parts(said: Sequence[Word], text: str, *, joined: bool) -> list[Part]:
    """Return the words between START and END; if asked, people joined to one word each."""
    plain = [START, *(word.plain for word in said), END]
    if not joined:
        return [Part(word, at, at) for at, word in enumerate(plain)]
    begins = {start: (end, role) for start, end, role in _apart(plain)}
    found, at = [], 0
    while at < len(plain):
        end, role = begins.get(at) or (at + 1, _name(plain, at, said, text) or plain[at])
        found.append(Part(role, at, end - 1))
        at = end
    return found


def _apart(plain: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the people that stand apart: of two that overlap the longer, or the one who cannot help."""
    people = [(a, b, role) for role, spans in _people().spans(plain).items() for a, b in spans]
    kept: list[tuple[int, int, str]] = []
    for start, end, role in sorted(people, key=lambda span: (span[0] - span[1], span[2] not in _NOBODY_HERE)):
        if all(end <= a or b <= start for a, b, _ in kept):
            kept.append((start, end, role))
    return kept


def _name(plain: Sequence[str], at: int, said: Sequence[Word], text: str) -> str:
    """Say NAMED for a word with a capital inside a sentence that is no shouting and no known word."""
    if at < 2 or at == len(plain) - 1 or plain[at - 1] in MARKS | {START, "the", "a", "an"}:
        return ""
    word = text[said[at - 1].start : said[at - 1].end]
    named = word.istitle() and word.isalpha() and len(word) >= _SHORTEST_NAME
    return "NAMED" if named and plain[at] not in _NO_NAMES else ""


@lru_cache(maxsize=1)
def _people() -> Rows:
    return Rows(PEOPLE)
