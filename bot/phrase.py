"""A short text that an owner writes once for everybody, or once for each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.owner_file import Part

LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True)
class Phrase:
    """The wording for each language; under "" the one for everybody else."""

    wordings: Mapping[str, str]

    @classmethod
    def plain(cls, text: str) -> "Phrase":
        return cls({"": text})

    def text(self, language: str | None = None) -> str:
        """Return the wording for a language tag such as "de" or "pt-BR", else the first there is."""
        code = (language or "").partition("-")[0].lower()
        return self.wordings.get(code) or self.wordings.get("") or next(iter(self.wordings.values()), "")


def phrase(part: Part, key: str) -> Phrase:
    """Read a text, or a block with a text for each language: `{en: Your name, de: Ihr Name}`."""
    if isinstance(part.value, dict) and isinstance(part.value.get(key), dict):
        return by_language(part.part(key))
    return Phrase.plain(part.text(key))


def phrases(part: Part, key: str) -> tuple[Phrase, ...]:
    """Read a list of such texts."""
    return tuple(_item(item) for item in part.entries(key))


def _item(item: Part) -> Phrase:
    if isinstance(item.value, dict):
        return by_language(item)
    if not isinstance(item.value, (str, int)) or isinstance(item.value, bool):
        item.note(f"“{item.value}” should be text", "Write it in quotation marks")
        return Phrase.plain("")
    return Phrase.plain(" ".join(str(item.value).split()))


def by_language(block: Part) -> Phrase:
    """Read a block with a text for each language."""
    for code in block.names():
        if not LANGUAGE.fullmatch(code):
            mend = "Write two small letters, such as en or de"
            block.note(f"“{code}” is no code of a language", mend, code)
    return Phrase({code: block.text(code) for code in block.names()})
