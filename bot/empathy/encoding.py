"""A message, and the bot's message before it, as the mood model reads them; the same in training."""

import unicodedata
from functools import lru_cache

from tokenizers import Tokenizer

MOST_TOKENS, MOST_CONTEXT = 192, 40  # a longer message keeps its two ends; of the one before, the end counts
LONGEST = 6000  # characters; what is cut out of the middle would not fit anyway
PICTURES = frozenset({"So", "Sk"})
# What people mean by a picture, where its official name says something else.
_MEANINGS = {
    "😭": "crying",
    "🙏": "please",
    "🙄": "rolling eyes",
    "💀": "dead laughing",
    "🤡": "clown",
    "🖕": "fuck you",
}


def encode(tokenizer: Tokenizer, text: str, context: str = "") -> tuple[list[int], list[int]]:
    """Return token ids and segments: [CLS] text [SEP] as segment 0, the message before as 1."""
    start, *said, end = tokenizer.encode(plain(text)).ids
    before = tokenizer.encode(plain(context)).ids[1:-1][-MOST_CONTEXT:] if context else []
    room = MOST_TOKENS - 3 - len(before)
    if len(said) > room:
        said = said[: room // 2] + said[-(room - room // 2) :]
    ids = [start, *said, end]
    segments = [0] * len(ids)
    if before:
        ids += [*before, end]
        segments += [1] * (len(before) + 1)
    return ids, segments


def plain(text: str) -> str:
    """Return the text with pictures spelt out, without half characters, and cut to a length that is read."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + " " + text[-LONGEST // 2 :]
    if text.isascii():
        return text
    return "".join(c if c.isascii() else _spelt(c) for c in text)


@lru_cache(maxsize=2048)
def _spelt(char: str) -> str:
    if char in _MEANINGS:
        return f" {_MEANINGS[char]} "
    kind = unicodedata.category(char)
    if kind == "Cs" or kind == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    if kind in PICTURES and ord(char) > 0x2000:
        return f" {unicodedata.name(char, '').lower().replace('face', '')} "
    return char
