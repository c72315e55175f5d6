"""What visitors are asked before their first message: questions, and consent to how their words are used."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.owner_file import Part, suggestion
from bot.phrase import Phrase, phrase, phrases

TEXT, EMAIL, PHONE, CHOICE = "text", "email", "phone", "choice"
KINDS = (TEXT, EMAIL, PHONE, CHOICE)
MOST = 6  # questions; more would keep people from asking theirs
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Question:
    """One field of the form. Its answer is kept under `key`."""

    key: str
    label: Phrase
    kind: str = TEXT
    required: bool = False
    options: tuple[Phrase, ...] = ()  # of a choice

    def for_visitor(self, language: str | None) -> dict[str, Any]:
        asked = {"key": self.key, "label": self.label.text(language), "kind": self.kind}
        options = {"options": [option.text(language) for option in self.options]} if self.options else {}
        return {**asked, "required": self.required, **options}


@dataclass(frozen=True)
class Consent:
    """What a visitor agrees to before writing, and where to read more."""

    text: Phrase
    link: str | None = None


@dataclass(frozen=True)
class Prechat:
    """The form that is shown before the first message; nothing is shown where it is empty."""

    questions: tuple[Question, ...] = ()
    consent: Consent | None = None

    def for_visitor(self, language: str | None = None) -> dict[str, Any] | None:
        """Return the form in a language as the widget takes it, or None where nothing is asked."""
        if not self.questions and not self.consent:
            return None
        consent = self.consent and {"text": self.consent.text.text(language), "link": self.consent.link}
        return {"questions": [one.for_visitor(language) for one in self.questions], "consent": consent}


def prechat(part: Part) -> Prechat:
    """Read the section `prechat` of widget.yml; what is wrong is noted in the part."""
    part.only("questions", "consent")
    questions = tuple(_questions(part))
    if len(questions) > MOST:
        part.note(f"{len(questions)} questions are too many", f"Ask {MOST} at most", "questions")
    return Prechat(questions, _consent(part))


def _questions(part: Part) -> Iterator[Question]:
    taken: set[str] = set()
    for entry in part.entries("questions"):
        if not entry.is_block():
            continue
        entry.only("key", "label", "kind", "required", "options")
        key = entry.text("key")
        if key and not KEY.fullmatch(key):
            entry.note(
                f"“{key}” cannot be a key", "Use small letters, digits and _, such as order_number", "key"
            )
        elif key in taken:
            entry.note(f"There is another question “{key}”", "Give each a key of its own", "key")
        taken.add(key)
        required = entry.has("required") and bool(entry.typed("required", bool, "Write true or false"))
        kind = _kind(entry)
        yield Question(key, phrase(entry, "label"), kind, required, _options(entry, kind))


def _kind(entry: Part) -> str:
    kind = entry.text("kind", default=TEXT)
    if kind not in KINDS:
        entry.note(f"“{kind}” is no kind of question", suggestion(kind, KINDS), "kind")
        return TEXT
    return kind


def _options(entry: Part, kind: str) -> tuple[Phrase, ...]:
    options = phrases(entry, "options")
    if kind != CHOICE and options:
        entry.note(f"A question of kind “{kind}” has no options", "Write “kind: choice”", "options")
    elif kind == CHOICE and len(options) < 2:
        entry.note("A choice needs at least two options", "Write them as a list below “options:”", "kind")
    return options if kind == CHOICE else ()


def _consent(part: Part) -> Consent | None:
    if not part.has("consent"):
        return None
    consent = part.part("consent")
    consent.only("text", "link")
    link = consent.text("link", default="") or None
    if link and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", link):
        consent.note(
            f"“{link}” is not a web address", "Write it like https://yourshop.example/privacy", "link"
        )
        link = None
    return Consent(phrase(consent, "text"), link)
