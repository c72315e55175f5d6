"""What people say, by cue: data only. `bot.empathy.cues` finds it, `bot.empathy.sensor` weighs it.

A pattern is a row of words. `LIKE_THIS` is a concept from `bot.empathy.words`, `a|b` are alternatives, `word?` may be
missing, `*` stands for up to two words, `^` and `$` are the ends of the message, `<` starts a sentence.
A veto that overlaps a pattern takes it back.
"""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.anger import ANGER
from bot.empathy.phrases.danger import DANGER
from bot.empathy.phrases.ease import EASE
from bot.empathy.phrases.life import LIFE
from bot.empathy.phrases.phrase import Phrase
from bot.empathy.phrases.requests import REQUESTS
from bot.empathy.phrases.threats import THREATS
from bot.empathy.phrases.topics import TOPICS
from bot.empathy.phrases.trouble import TROUBLE

PHRASES: tuple[Phrase, ...] = (
    REQUESTS + TROUBLE + ANGER + THREATS + DANGER + LIFE + TOPICS + EASE
)
