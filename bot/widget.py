"""How the owner wants the chat on the website: `widget.yml`, read and checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.errors import OwnerFileError
from bot.feedback import survey_settings
from bot.handoff.survey import SurveySettings
from bot.owner_file import Part, name_of, suggestion
from bot.phrase import Phrase, phrase
from bot.prechat import Prechat, prechat

FILE = "widget.yml"
SIDES = ("right", "left")
THEMES = ("auto", "light", "dark")
AUTO = "auto"
LANGUAGES = ("en", "de", "es", "fr", "pt", "ar")  # those that the widget has words for
SWITCHES = ("emoji", "attachments", "sound")
LONGEST_LAUNCHER = 40  # characters beside the mark; more is no button any more
A_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Pages:
    """On which pages of the website the launcher shows, by path; a star stands for anything."""

    on: tuple[str, ...] = ()  # all, if there are none
    not_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Widget:
    """The owner's choices for the widget."""

    side: str = SIDES[0]
    theme: str = AUTO
    colour: str | None = None
    language: str = AUTO
    launcher: Phrase | None = None
    pages: Pages = Pages()
    megabytes: float = 5  # of a file that a visitor may send
    switches: Mapping[str, bool] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(SWITCHES, True))
    )
    prechat: Prechat = Prechat()
    survey: SurveySettings = SurveySettings()

    @property
    def largest_file(self) -> int:
        """Bytes of a file that a visitor may send; 0: none at all."""
        return round(self.megabytes * A_MEGABYTE) if self.switches["attachments"] else 0

    def for_page(self) -> dict[str, Any]:
        """Return what the launcher needs to know on the website's page."""
        return {
            "side": self.side,
            "theme": self.theme,
            "colour": self.colour,
            "language": self.language,
            "launcher": dict(self.launcher.wordings) if self.launcher else {},
            "pages": {"on": list(self.pages.on), "not": list(self.pages.not_on)},
        }

    def for_chat(self) -> dict[str, Any]:
        """Return what the chat needs to know in its frame, or in a window of its own."""
        return {"theme": self.theme, "colour": self.colour, "language": self.language, **self.switches}


def read_widget(folder: Path, root: Path) -> tuple[Widget, list[OwnerFileError]]:
    """Read `widget.yml` in a folder; without one, the widget is as we think best."""
    path = folder / FILE
    part = Part.read(path, name_of(path, root)) if path.exists() else Part(FILE, None)
    part.only(
        *("side", "theme", "colour", "language", "launcher", "pages"),
        *("megabytes", *SWITCHES, "prechat", "survey"),
    )
    widget = Widget(
        side=_choice(part, "side", SIDES),
        theme=_choice(part, "theme", THEMES),
        colour=_colour(part),
        language=_choice(part, "language", (AUTO, *LANGUAGES)),
        launcher=_launcher(part),
        pages=_pages(part),
        megabytes=part.number("megabytes", 0.1, 25, default=5) if part.has("megabytes") else 5,
        switches=MappingProxyType({name: _switch(part, name) for name in SWITCHES}),
        prechat=prechat(part.optional("prechat")),
        survey=survey_settings(part.optional("survey")),
    )
    return widget, list(dict.fromkeys(part.problems))


def _choice(part: Part, key: str, known: tuple[str, ...]) -> str:
    text = part.text(key, default=known[0])
    if text not in known:
        part.note(f"“{text}” is nothing that can be chosen here", suggestion(text, known), key)
        return known[0]
    return text


def _colour(part: Part) -> str | None:
    if not part.has("colour"):
        return None
    text = part.text("colour")
    if text and not re.fullmatch(r"#([0-9a-fA-F]{3}){1,2}", text):
        part.note(f"“{text}” is not a colour", 'Write it like "#0f5f5c", in quotation marks', "colour")
        return None
    return text or None


def _launcher(part: Part) -> Phrase | None:
    if not part.has("launcher"):
        return None
    words = phrase(part, "launcher")
    for text in words.wordings.values():
        if len(text) > LONGEST_LAUNCHER:
            mend = f"Use {LONGEST_LAUNCHER} characters at most"
            part.note(f"“{text}” is too long for the button", mend, "launcher")
    return words


def _pages(part: Part) -> Pages:
    block = part.optional("pages")
    block.only("show", "hide")
    return Pages(tuple(_paths(block, "show")), tuple(_paths(block, "hide")))


def _paths(block: Part, key: str) -> Iterator[str]:
    for item in block.entries(key):
        path = str(item.value)
        if not path.startswith(("/", "*")) or "//" in path or " " in path:
            item.note(f"“{path}” is not a page of a website", "Write its path, such as /help or /shop/*")
        yield path


def _switch(part: Part, key: str) -> bool:
    return part.typed(key, bool, "Write true or false") is not False if part.has(key) else True
