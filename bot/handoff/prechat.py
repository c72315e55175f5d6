"""What counts as an answer to what is asked before the first message. Pure.

Answers are what somebody typed: they prove nobody's identity.
"""

from collections.abc import Mapping
from typing import Any

from bot.errors import ProtocolError
from bot.handoff.contact import mail_address, phone_number
from bot.handoff.plain import one_line
from bot.prechat import CHOICE, EMAIL, PHONE, Prechat, Question

LONGEST = 500  # characters of an answer
Kept = Mapping[str, Any]  # {answers: {key: text}, consent_at}


class BadAnswer(ProtocolError):
    """An answer that cannot be taken; `key` is the question's, or `consent`."""

    code = "bad_answer"

    def __init__(self, key: str) -> None:
        super().__init__(f"Missing or wrong: {key[:40]}.", code=self.code)
        self.key = key


def asks(prechat: Prechat) -> bool:
    """Tell whether there is anything to ask."""
    return bool(prechat.questions) or prechat.consent is not None


def is_required(prechat: Prechat) -> bool:
    """Tell whether nobody may write who has not answered."""
    return prechat.consent is not None or any(question.required for question in prechat.questions)


def answered(prechat: Prechat, answers: Mapping[str, str], *, consent: bool, country: str) -> dict[str, str]:
    """Return the answers as they are kept; telephone numbers without a code are `country`'s.

    Raises:
        BadAnswer: one is missing, or none of those that can be given.
    """
    if prechat.consent and not consent:
        raise BadAnswer("consent")
    known = {question.key for question in prechat.questions}
    if strange := next((key for key in answers if key not in known), None):
        raise BadAnswer(strange)
    kept = {one.key: _answer(one, answers.get(one.key, ""), country) for one in prechat.questions}
    return {key: answer for key, answer in kept.items() if answer}


def contact(prechat: Prechat, kept: Kept | None) -> dict[str, str] | None:
    """Return how to reach somebody by what they answered: `email`, `phone`; None if they did not say."""
    answers = (kept or {}).get("answers", {})
    ways = {one.kind: answers[one.key] for one in prechat.questions if one.key in answers}
    return {kind: ways[kind] for kind in (EMAIL, PHONE) if kind in ways} or None


def labelled(prechat: Prechat, kept: Kept | None) -> list[dict[str, str]]:
    """Return the answers with what was asked; what is asked no longer goes by its key."""
    labels = {one.key: one.label.text() for one in prechat.questions}
    answers = (kept or {}).get("answers", {})
    return [{"label": labels.get(key, key), "text": text} for key, text in answers.items()]


def _answer(question: Question, typed: str, country: str) -> str:
    text = one_line(typed, LONGEST)
    if not text and not question.required:
        return ""
    read = {
        EMAIL: lambda: mail_address(text),
        PHONE: lambda: phone_number(text, country),
        CHOICE: lambda: _option(question, text),
    }.get(question.kind, lambda: text)
    if answer := read():
        return answer
    raise BadAnswer(question.key)


def _option(question: Question, text: str) -> str | None:
    """Return the option as the business reads it, whatever language it was chosen in."""
    chosen = (option for option in question.options if text in option.wordings.values())
    return next((option.text() for option in chosen), None)
