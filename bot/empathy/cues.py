"""Finding cues: which words of a message say something, by the rows of the phrases."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.empathy.notation import MARKS, Rows, Span
from bot.empathy.people import Part, parts
from bot.empathy.phrases.phrase import Phrase
from bot.empathy.phrases.requests import REQUESTS
from bot.empathy.reading import Cue
from bot.empathy.words import CONCEPTS, Word, words

_NEGATORS = CONCEPTS["NOT"] | {"no", "without", "hardly"}
_REACH = 3  # a "not" this many words before a phrase denies it
_QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"))
LONGEST_QUOTE = 120


class CueFinder:
    """Finds the cues of the given phrases in a text."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = {phrase.code: phrase for phrase in phrases}
        self._rows = {
            joined: Rows(dict(_named(p for p in self._phrases.values() if p.joined == joined)))
            for joined in {phrase.joined for phrase in self._phrases.values()}
        }

    def find(self, text: str) -> list[Cue]:
        """Return the cues in the order of the text."""
        said = words(text)
        if not said:
            return []
        quoted = _quoted(text)
        cues = [
            cue
            for joined, rows in self._rows.items()
            for cue in self._found(rows, parts(said, text, joined=joined), said, text)
            if self._phrases[cue.code].quotable or not any(a <= cue.start and cue.end <= b for a, b in quoted)
        ]
        return sorted(cues, key=lambda cue: (cue.start, cue.code))

    def _found(self, rows: Rows, heard: list[Part], said: list[Word], text: str) -> Iterator[Cue]:
        plain = [part.plain for part in heard]
        spans = rows.spans(plain)
        for code in spans.keys() & self._phrases.keys():
            phrase = self._phrases[code]
            for start, end in _standing(spans[code], spans.get(f"-{code}", ())):
                if not (phrase.negatable and _denied(plain, start)):
                    yield _cue(phrase, (heard[start].first, heard[end - 1].last + 1), said, text)


def _named(phrases: Iterable[Phrase]) -> Iterator[tuple[str, str]]:
    for phrase in phrases:
        yield phrase.code, phrase.patterns
        yield f"-{phrase.code}", phrase.vetoes


@lru_cache(maxsize=1)
def _requests() -> CueFinder:
    return CueFinder([phrase for phrase in REQUESTS if phrase.code == "explicit_request"])


def explicit_request(text: str) -> Cue | None:
    """Return the words that ask for a person, if there are any. The first call builds the matcher."""
    return next(iter(_requests().find(text)), None)


def _standing(spans: Iterable[Span], vetoes: Iterable[Span]) -> list[Span]:
    return [(a, b) for a, b in spans if not any(a < d and c < b for c, d in vetoes)]


def _denied(plain: list[str], start: int) -> bool:
    """Say whether a "not" stands shortly before, in the same sentence."""
    before = plain[max(0, start - _REACH) : start]
    for at, word in reversed(list(enumerate(before))):
        if word in MARKS or word in {"but", "and", "because"}:
            return False
        if word in _NEGATORS and before[at + 1 : at + 2] != ["only"]:
            return True
    return False


def _cue(phrase: Phrase, span: Span, said: list[Word], text: str) -> Cue:
    first, last = max(span[0] - 1, 0), min(span[1] - 2, len(said) - 1)
    while first < last and said[first].plain in MARKS:
        first += 1
    start, end = said[first].start, said[max(first, last)].end
    return Cue(phrase.code, phrase.label, start, end, text[start:end][:LONGEST_QUOTE], phrase.weight)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Return where the text quotes somebody; a text that is one quotation is meant."""
    found = []
    for opening, closing in _QUOTES:
        start = text.find(opening)
        while start >= 0 and (end := text.find(closing, start + 1)) >= 0:
            found.append((start, end))
            start = text.find(opening, end + 1)
    return [(a, b) for a, b in found if b - a < 0.7 * len(text.strip())]
