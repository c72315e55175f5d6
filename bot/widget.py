"""How the owner wants the chat on the website to look and behave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Pages:
    """On which pages of the website the launcher shows, by path; a star stands for anything."""

    on: tuple[str, ...] = ()  # all, if there are none
    not_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Widget:
    """The owner's choices for the widget."""

    side: str = "right"
    theme: str = "auto"
    colour: str | None = None
    language: str = "auto"
    launcher: str | None = None
    pages: Pages = field(default_factory=Pages)
    megabytes: float = 5  # of a file that a visitor may send
    switches: Mapping[str, bool] = field(
        default_factory=lambda: {"emoji": True, "attachments": True, "sound": True}
    )

    @property
    def largest_file(self) -> int:
        """Bytes of a file that a visitor may send; 0: none at all."""
        return round(self.megabytes * (1 << 20)) if self.switches["attachments"] else 0

    def for_page(self) -> dict[str, Any]:
        """Return what the launcher needs to know on the website's page."""
        return {
            "side": self.side,
            "theme": self.theme,
            "colour": self.colour,
            "language": self.language,
            "launcher": self.launcher,
            "pages": {"on": list(self.pages.on), "not": list(self.pages.not_on)},
        }
