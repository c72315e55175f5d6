"""The notation of phrases: rows of words, compiled to spaCy matchers, found as spans of words."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bot.empathy.words import CONCEPTS

START, END = "\x02", "\x03"
MARKS = frozenset(".!?")
ROLES = ("HUMAN", "FOLK", "SOMEONE", "STAFF", "OFFICE", "NAMED", "OUTSIDER", "THING")
SYMBOLS = {
    "^": frozenset({START}),
    "$": frozenset({END}),
    "<": MARKS | {START},
    ".": frozenset(".!"),
    "!": frozenset("!"),
    "?": frozenset("?"),
    "NUMBER": CONCEPTS["COUNT"] | {"#", "1", "0", "5", "75"},
    **{role: frozenset({role}) for role in ROLES},
    "WHO": frozenset({"HUMAN", "FOLK", "STAFF", "SOMEONE"}),
}
Span = tuple[int, int]


class Rows:
    """Named sets of rows looked for together; of a set the longest spans count, all of a "-set"."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        with _without_tensorflow():
            from spacy.lang.en import English
            from spacy.matcher import Matcher
            from spacy.tokens import Doc
            from spacy.vocab import create_vocab
        # Neither a tokenizer nor a check of our own patterns is needed; together they took half the start.
        self._doc, self._vocab = Doc, create_vocab("en", English.Defaults)
        self._matcher = Matcher(self._vocab, validate=False)
        for name, text in rows.items():
            if patterns := _compiled(text):
                self._matcher.add(name, patterns, greedy=None if name.startswith("-") else "LONGEST")

    def spans(self, plain: Sequence[str]) -> dict[str, list[Span]]:
        """Return where each set stands in words that begin with START and end with END."""
        found: dict[str, list[Span]] = {}
        for key, start, end in self._matcher(self._doc(self._vocab, words=list(plain))):
            found.setdefault(self._vocab.strings[key], []).append((start, end))
        return found


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
    return SYMBOLS.get(name) or CONCEPTS.get(name) or frozenset({name})


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
