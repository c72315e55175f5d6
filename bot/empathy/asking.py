"""Is something told, or only asked about? “My mug is broken” is a trouble, “what if a mug breaks” is none."""

import re

from bot.empathy.words import words

_SENTENCE = re.compile(r"[^.!?…\n]+")
_CLAUSE = re.compile(r"[^,;:–—]+")
_SUPPOSED = {"if", "unless", "whether", "case"}
_WHETHER = {"is", "are", "was", "were", "does", "did", "will", "would", "has", "have"}
_HOW = {
    *("what", "whats", "when", "which", "who", "how"),
    *("can", "could", "do", "should", "may", "shall", "any"),
}
_BEFORE = {
    *("and", "or", "but", "so", "ok", "okay", "also", "then"),
    *("hi", "hello", "hey", "well", "btw", "please"),
}
_OURS = {"my", "our", "mine", "ive", "weve"}


def told(text: str, start: int, *, date: bool = False) -> bool:
    """Say whether the words at `start` are told as a fact.

    “How do I return my broken mug” tells of one; “can my parcel come by Friday” tells of no date.
    """
    sentence = _around(_SENTENCE, text, start)
    clause = _around(_CLAUSE, sentence[0], start - sentence[1])
    if _SUPPOSED & set(_plain(sentence[0][: start - sentence[1]])):
        return False
    said = _plain(clause[0])
    while said and said[0] in _BEFORE:
        said = said[1:]
    if not said or said[0] not in _WHETHER | _HOW:
        return True
    before = set(_plain(clause[0][: start - sentence[1] - clause[1]]))
    return not date and said[0] in _HOW and bool(_OURS & before)


def _around(part: re.Pattern[str], text: str, at: int) -> tuple[str, int]:
    """Return the part of the text around a place, and where it starts."""
    found = next((m for m in part.finditer(text) if m.start() <= at < m.end()), None)
    return (found.group(), found.start()) if found else (text, 0)


def _plain(text: str) -> list[str]:
    return [word.plain for word in words(text)]
