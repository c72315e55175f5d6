"""Finding cues: which words of a message say something, by spaCy matchers over the phrases."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from bot.empathy.phrases.phrase import Phrase
from bot.empathy.phrases.requests import REQUESTS
from bot.empathy.reading import Cue
from bot.empathy.words import CONCEPTS, Word, words

START, END = "\x02", "\x03"
MARKS = frozenset(".!?")
_SYMBOLS = {
    "^": frozenset({START}),
    "$": frozenset({END}),
    "<": MARKS | {START},
    ".": frozenset(".!"),
    "!": frozenset("!"),
    "?": frozenset("?"),
    "NUMBER": CONCEPTS["COUNT"] | {"#", "1", "0", "5", "75"},
}
_NEGATORS = CONCEPTS["NOT"] | {"no", "without", "hardly"}
_REACH = 3  # a "not" this many words before a phrase denies it
_QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"))
LONGEST_QUOTE = 120


class CueFinder:
    """Finds the cues of the given phrases in a text."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        with _without_tensorflow():
            from spacy import blank
            from spacy.matcher import Matcher
            from spacy.tokens import Doc
        self._phrases = {phrase.code: phrase for phrase in phrases}
        self._doc, self._vocab = Doc, blank("en").vocab
        self._matcher = Matcher(self._vocab)
        for phrase in self._phrases.values():
            self._matcher.add(phrase.code, _compiled(phrase.patterns), greedy="LONGEST")
            if phrase.vetoes:
                self._matcher.add(f"-{phrase.code}", _compiled(phrase.vetoes))

    def find(self, text: str) -> list[Cue]:
        """Return the cues in the order of the text."""
        said = words(text)
        if not said:
            return []
        plain = [START, *(word.plain for word in said), END]
        spans: dict[str, list[tuple[int, int]]] = {}
        for key, start, end in self._matcher(self._doc(self._vocab, words=plain)):
            spans.setdefault(self._vocab.strings[key], []).append((start, end))
        quoted = _quoted(text)
        cues = [
            cue
            for code, phrase in self._phrases.items()
            for span in _standing(spans.get(code, ()), spans.get(f"-{code}", ()))
            if not (phrase.negatable and _denied(plain, span[0]))
            for cue in [_cue(phrase, span, said, text)]
            if phrase.quotable or not any(a <= cue.start and cue.end <= b for a, b in quoted)
        ]
        return sorted(cues, key=lambda cue: (cue.start, cue.code))


@lru_cache(maxsize=1)
def _requests() -> CueFinder:
    return CueFinder([phrase for phrase in REQUESTS if phrase.code == "explicit_request"])


def explicit_request(text: str) -> Cue | None:
    """Return the words that ask for a person, if there are any. The first call builds the matcher."""
    return next(iter(_requests().find(text)), None)


def _compiled(rows: str) -> list[list[dict[str, Any]]]:
    """Turn rows of words into token patterns, one for each first word: spaCy skips those at full speed."""
    patterns = []
    for row in rows.replace(" ; ", "\n").splitlines():
        tokens = [token for part in row.split() for token in _tokens(part)]
        while tokens and "IS_PUNCT" in tokens[-1] and len(tokens) > 1 and tokens[-1].get("OP") == "?":
            tokens.pop()  # words that may follow add nothing
        patterns += [pattern for pattern in _by_first_word(tokens)]
    return patterns


def _by_first_word(tokens: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while tokens and tokens[0].get("OP"):
        if "ORTH" in tokens[0]:
            for word in tokens[0]["ORTH"]["IN"]:
                yield [{"ORTH": word}, *tokens[1:]]
        tokens = tokens[1:]
    if tokens:
        for word in tokens[0]["ORTH"]["IN"]:
            yield [{"ORTH": word}, *tokens[1:]]


def _tokens(part: str) -> list[dict[str, Any]]:
    if part == "*":
        return [{"IS_PUNCT": False, "OP": "?"}] * 2
    optional = len(part) > 1 and part.endswith("?")
    meant = frozenset[str]().union(
        *(_members(name) for name in part.removesuffix("?" if optional else "").split("|"))
    )
    token: dict[str, Any] = {"ORTH": {"IN": sorted(meant)}}
    if optional:
        token["OP"] = "?"
    return [{"IS_PUNCT": True, "OP": "*"}, token] if END in meant else [token]


def _members(name: str) -> frozenset[str]:
    return _SYMBOLS.get(name) or CONCEPTS.get(name) or frozenset({name})


def _standing(spans: Iterable[tuple[int, int]], vetoes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
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


def _cue(phrase: Phrase, span: tuple[int, int], said: list[Word], text: str) -> Cue:
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


@contextmanager
def _without_tensorflow() -> Iterator[None]:
    """Keep spaCy from loading TensorFlow, which it would only look at: 10 s and 360 MB saved."""
    hidden = [name for name in ("tensorflow", "torch") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)
