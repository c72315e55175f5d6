"""A YAML file that an owner edits: its values, the line of each, and what is wrong with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from bot import yaml_tree
from bot.errors import OwnerFileError
from bot.yaml_tree import Block, Items

Key = str | int
Kind = TypeVar("Kind")


def suggestion(word: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, or which there are."""
    words = sorted(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?"
    return f"Known are: {', '.join(words)}" if len(words) <= 20 else "Check how it is spelled"


def name_of(path: Path, root: Path) -> str:
    """Name a file as its owner knows it: by its path in the project."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


@dataclass(frozen=True)
class Part:
    """A block of an owner's file. Wrong values are noted in `problems` and read as a harmless one."""

    name: str
    value: Any
    line: int = 1
    problems: list[OwnerFileError] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path, name: str) -> "Part":
        """Read a whole file. Where it cannot be read, the part is empty and has one problem."""
        try:
            if path.stat().st_size > yaml_tree.LARGEST:
                return cls(name, None, 1, [yaml_tree.too_large(name)])
            return cls.parse(path.read_text(encoding="utf-8"), name)
        except FileNotFoundError:
            problem = OwnerFileError(name, 0, "is missing", "Take it from the demo and fill it in")
        except (OSError, UnicodeDecodeError):
            problem = OwnerFileError(name, 0, "cannot be read", "Save it as plain text in UTF-8")
        return cls(name, None, 1, [problem])

    @classmethod
    def parse(cls, text: str, name: str) -> "Part":
        """Read the text of a whole file, as `read` does."""
        try:
            value = yaml_tree.parse(text, name)
        except OwnerFileError as problem:
            return cls(name, None, 1, [problem])
        if value is None or isinstance(value, Block):
            return cls(name, value, 1, [])
        problem = OwnerFileError(name, 1, "cannot be read as blocks", "Start with a word and a colon")
        return cls(name, None, 1, [problem])

    def line_of(self, key: Key) -> int:
        """Return the line, from 1, in which `key` or the item at that place stands."""
        if isinstance(self.value, Block):
            return self.value.lines.get(key, self.line)
        if isinstance(self.value, Items) and isinstance(key, int) and 0 <= key < len(self.value):
            return self.value.lines[key]
        return self.line

    def note(self, problem: str, mend: str, key: Key | None = None, *, line: int | None = None) -> None:
        """Note a problem at `key`, or at this part."""
        at = line if line is not None else self.line if key is None else self.line_of(key)
        self.problems.append(OwnerFileError(self.name, at, problem, mend))

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def names(self) -> list[str]:
        return [str(key) for key in self.value] if isinstance(self.value, dict) else []

    def only(self, *known: str) -> None:
        """Note every key that means nothing here, with the one that was probably meant."""
        for key in self.names():
            if key not in known:
                self.note(f"“{key}” means nothing here", suggestion(key, known), key)

    def part(self, key: Key) -> "Part":
        """Return the block under `key`; an empty one if there is none."""
        value = self._get(key)
        if value is not None and not isinstance(value, (Block, Items)):
            self.note(f"“{key}” should be a block of lines", "Write its details below it, two spaces in", key)
            value = None
        return Part(self.name, value, self.line_of(key), self.problems)

    def optional(self, key: str) -> "Part":
        """Return the block under `key`, which need not be there."""
        return self.part(key) if self.has(key) else Part(self.name, None, self.line, self.problems)

    def entries(self, key: str) -> Iterator["Part"]:
        """Go through the list under `key`, which need not be there."""
        return self.items(key) if self.has(key) else iter(())

    def is_block(self) -> bool:
        """Tell whether it has details, and note it if it has not."""
        if not isinstance(self.value, dict):
            self.note(f"“{self.value}” should have details below it", "Compare it with the demo's files")
        return isinstance(self.value, dict)

    def items(self, key: str) -> Iterator["Part"]:
        """Go through the list under `key`."""
        within = self.part(key)
        if within.value is not None and not isinstance(within.value, list):
            self.note(f"“{key}” should be a list", "Start each of its entries with a dash and a space", key)
        elif within.value is not None:
            for index, value in enumerate(within.value):
                yield Part(self.name, value, within.line_of(index), self.problems)

    def text(self, key: Key, *, default: str | None = None) -> str:
        """Return the text under `key`."""
        value = self._get(key, required=default is None)
        if value is None:
            return default or ""
        if isinstance(value, (bool, float)) or not isinstance(value, (str, int)):
            self.note(
                f"“{key}” should be text", "Write it as customers should read it, in quotation marks", key
            )
            return default or ""
        return " ".join(str(value).split())

    def raw_text(self, key: Key) -> str:
        """Return the text under `key` with its line breaks."""
        return str(self.value[key]) if self.text(key) else ""

    def number(self, key: Key, low: float, high: float, *, default: float) -> float:
        """Return the number under `key`, which must lie between `low` and `high`."""
        value = self._get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            self.note(f"“{key}” cannot be {value}", f"Write a number from {low:g} to {high:g}", key)
            return default
        return float(value)

    def typed(self, key: Key, kind: type[Kind], mend: str) -> Kind | None:
        """Return the value under `key` if it is of that kind."""
        value = self._get(key)
        if value is not None and not isinstance(value, kind):
            self.note(f"“{key}” cannot be {value}", mend, key)
            return None
        return value

    def _get(self, key: Key, *, required: bool = True) -> Any:
        value = self.value.get(key) if isinstance(self.value, dict) else None
        if value is None and required and not self._unreadable():
            self.note(f"“{key}” is missing", f"Add a line “{key}: ...”", key)
        return value

    def _unreadable(self) -> bool:
        """Tell whether the whole file failed, so that what is missing in it is no news."""
        return self.value is None and bool(self.problems)
