"""Marks in notes, for systems that know no keys: by the mark a note is found again and not written twice."""

import hashlib
import re

from bot.errors import CrmError

_SIGNED = re.compile(r"(?P<author>.*?): (?P<text>.*?)\s+\(kindhand [0-9a-f]{32}\)\s*", re.DOTALL)


def mark(key: str) -> str:
    """Return what stands for a key in a note. It holds nothing of the key.

    Raises:
        CrmError: the key has not 1 to 200 characters.
    """
    if not 0 < len(key) <= 200:
        raise CrmError("A key has 1 to 200 characters.")
    return f"kindhand {hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}"


def signed(author: str, text: str, key: str) -> str:
    """Return a note that tells its author and carries the mark of its key at the end."""
    return f"{author}: {text}\n\n({mark(key)})"


def read(note: str) -> tuple[str, str] | None:
    """Return author and text of a note that was `signed`; None for any other."""
    found = _SIGNED.fullmatch(note)
    return (found["author"], found["text"]) if found else None


def plain_author(author: str) -> str:
    """Return a name that can be told from the text after it."""
    return author.replace(": ", " ").rstrip(":")
