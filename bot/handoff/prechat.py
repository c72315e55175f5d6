"""What a visitor is asked before the first message, and what counts as an answer. Pure.

Answers are what somebody typed: they prove nobody's identity.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.errors import ProtocolError
from bot.handoff.contact import mail_address, phone_number
from bot.handoff.plain import one_line

TEXT, EMAIL, PHONE, CHOICE = "text", "email", "phone", "choice"
KINDS = (TEXT, EMAIL, PHONE, CHOICE)
LONGEST = 500  # characters of an answer


@dataclass(frozen=True)
class Asked:
    """One question; `options` are those of a choice."""

    key: str
    label: str
    kind: str = TEXT
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consent:
    """What a visitor agrees to before the chat; `link` leads to the whole of it."""

    text: str
    link: str | None = None


@dataclass(frozen=True)
class Prechat:
    """The owner's questions, and the consent that is needed."""

    questions: tuple[Asked, ...] = ()
    consent: Consent | None = None

    @property
    def asks(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.questions) or self.consent is not None

    @property
    def required(self) -> bool:
        """Whether nobody may write who has not answered."""
        return self.consent is not None or any(asked.required for asked in self.questions)

    def as_dict(self) -> dict[str, Any]:
        """Return what the widget shows."""
        questions = [{**asdict(asked), "options": list(asked.options)} for asked in self.questions]
        return {"questions": questions, "consent": asdict(self.consent) if self.consent else None}

    def answered(self, answers: Mapping[str, str], *, consent: bool, country: str) -> dict[str, str]:
        """Return the answers as they are kept; telephone numbers without a code are `country`'s.

        Raises:
            BadAnswer: one is missing or none of those that can be given.
        """
        if self.consent and not consent:
            raise BadAnswer("consent")
        known = {asked.key for asked in self.questions}
        if strange := next((key for key in answers if key not in known), None):
            raise BadAnswer(strange)
        kept = {asked.key: _answer(asked, answers.get(asked.key, ""), country) for asked in self.questions}
        return {key: answer for key, answer in kept.items() if answer}

    def contact(self, kept: Mapping[str, Any] | None) -> dict[str, str] | None:
        """Return how to reach somebody by what they answered: `email`, `phone`; None if they did not say."""
        answers = (kept or {}).get("answers", {})
        ways = {asked.kind: answers[asked.key] for asked in self.questions if asked.key in answers}
        return {kind: ways[kind] for kind in (EMAIL, PHONE) if kind in ways} or None

    def labelled(self, kept: Mapping[str, Any] | None) -> list[dict[str, str]]:
        """Return the answers with what was asked; what is asked no longer goes by its key."""
        labels = {asked.key: asked.label for asked in self.questions}
        answers = (kept or {}).get("answers", {})
        return [{"label": labels.get(key, key), "text": text} for key, text in answers.items()]


class BadAnswer(ProtocolError):
    """An answer that cannot be taken; `key` is the question's, or `consent`."""

    code = "bad_answer"

    def __init__(self, key: str) -> None:
        super().__init__(f"Missing or wrong: {key[:40]}.", code=self.code)
        self.key = key


def _answer(asked: Asked, typed: str, country: str) -> str:
    text = one_line(typed, LONGEST)
    if not text:
        if asked.required:
            raise BadAnswer(asked.key)
        return ""
    read = {
        TEXT: lambda: text,
        EMAIL: lambda: mail_address(text),
        PHONE: lambda: phone_number(text, country),
        CHOICE: lambda: text if text in asked.options else None,
    }
    answer = read[asked.kind]()
    if answer is None:
        raise BadAnswer(asked.key)
    return answer
