"""One kind of cue and the words that show it."""
# ruff: noqa: E501 (a pattern is one row)

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """One kind of cue: weight is the distress it brings, emotion the feeling it speaks for, target at whom.

    The rows of a joined phrase read each mention of people as one word: its role.
    """

    code: str
    label: str
    weight: float
    emotion: str
    patterns: str
    vetoes: str = ""
    target: str = ""
    negatable: bool = True
    quotable: bool = False
    joined: bool = False
