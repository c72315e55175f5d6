"""The messages of the probe: each once for every person or English that it is told in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent
PAGES = ("templates", "people", "registers")
KINDS = ("name", "identity", "relation", "register")  # what differs between the wordings of a message


@dataclass(frozen=True)
class Wording:
    """A message as one group of people would send it, or about one of them."""

    group: str
    text: str


@dataclass(frozen=True)
class Message:
    """The same message in several wordings. intensity: 0 to 3, the same for all of them."""

    about: str
    kind: str
    emotion: str
    intensity: int
    wordings: tuple[Wording, ...]

    @property
    def calm(self) -> bool:
        return self.emotion in ("neutral", "satisfied")


def messages(folder: Path = FOLDER) -> tuple[Message, ...]:
    """Return every message of the probe with all its wordings."""
    templates, people, registers = (
        _read(folder / f"{name}.yml") for name in ("templates", "people", "registers")
    )
    fillings = {
        "name": _pairs(people["names"]),
        "identity": _pairs(people["identities"]),
        "relation": [(relation, relation) for relation in people["relations"]],
    }
    filled = [
        _message(kind, row, row["text"], _filled(row["text"], kind, fillings[kind]))
        for kind, rows in templates.items()
        for row in rows
    ]
    written = [_message("register", row, row["about"], row["wordings"].items()) for row in registers]
    return (*filled, *written)


def _message(kind: str, row: Mapping[str, Any], about: str, wordings: Iterable[tuple[str, str]]) -> Message:
    return Message(
        about, kind, row["emotion"], row["intensity"], tuple(Wording(group, text) for group, text in wordings)
    )


def _filled(text: str, kind: str, people: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield group and text with each of them in; `{Identity}` begins a sentence."""
    for group, who in people:
        yield group, text.format(**{kind: who, kind.capitalize(): who[0].upper() + who[1:]})


def _pairs(groups: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(group, who) for group, people in groups.items() for who in people]


def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path)
