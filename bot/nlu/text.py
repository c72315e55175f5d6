"""What a customer typed, made even: no invisible characters, one kind of quote, one kind of space."""

import re
import unicodedata

LONGEST = 4000  # characters; an encoder's 128 tokens are used up long before
QUOTES = str.maketrans("\u2018\u2019\u02bc`\u00b4\u201c\u201d\u2013\u2014", "'''''\"\"--")
STRETCHED = re.compile(r"([^\W\d])\1{2,}")  # sooooo, but not 10000


def clean(text: str) -> str:
    """Return the text in the one form that training and understanding share; may be empty."""
    even = unicodedata.normalize("NFKC", text[:LONGEST].translate(QUOTES)).translate(QUOTES)
    kept = "".join(filter(None, map(_seen, even)))
    if not any(map(str.isalnum, kept)):
        kept = " ".join(map(_named, even))
    return STRETCHED.sub(r"\1\1", " ".join(kept.split()))


def _seen(char: str) -> str:
    """Drop what carries no words: controls, zero widths, lone surrogates, pictures."""
    kind = unicodedata.category(char)
    if kind in ("Cc", "So", "Zl", "Zp"):
        return " "
    return "" if kind[0] == "C" or kind in ("Sk", "Mn", "Me") else char


def _named(char: str) -> str:
    """Give a picture its name: a thumb alone is an answer too."""
    return unicodedata.name(char, "").lower() if unicodedata.category(char) == "So" else ""
