"""How a visitor's question is put to the bot, which reads the owner's language only."""

from dataclasses import replace

from bot.empathy.language import language
from bot.handoff.model import Question
from bot.texts import Texts
from bot.times import name_of_language


def as_asked(question: Question, texts: Texts) -> Question:
    """Put a translated quick question as the owner wrote it, and say of another what language it is in.

    Only of what was written, where we are sure that it is not the owner's language, and can name it.
    """
    if question.payload is not None:
        return question
    meant = texts.meant(question.text)
    if meant:
        return replace(question, text=meant)
    written = language(question.text)
    if written in (None, texts.own.language) or name_of_language(written or "") is None:
        return question
    return replace(question, written=written)
