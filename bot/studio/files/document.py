"""A YAML file that is edited in place: what nobody touched keeps its letters, comments and order."""

import io
from typing import Any

from merge3 import Merge3
from ruamel.yaml import YAML

from bot.owner_file import Part

WIDTH = 96  # columns; folded text that is written anew breaks there, as the demo's does


class Document:
    """The text of a file and its tree. Change `tree`, then take `text`.

    Raises (at construction):
        OwnerFileError: the text is no YAML that an owner may write; names the file, the line and the mend.
    """

    def __init__(self, text: str, name: str) -> None:
        self.name, self._original = name, text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        part = Part.parse(text, name)
        for problem in part.problems:
            raise problem
        self._yaml = _yaml()
        self.tree: Any = self._yaml.load(_plain(text)) or {}
        self._untouched = self._dumped()

    @property
    def text(self) -> str:
        """Return the file as it is to be written: only lines that were changed are written anew.

        ruamel keeps comments and order, but not every habit of a hand, such as `[{a: b}]` in one line. So
        what changed between two dumps is carried over to the owner's own text; where both lie in the same
        lines, the dump counts.
        """
        changed = self._dumped()
        if changed == self._untouched:
            return self._original
        merge = Merge3(_lines(self._untouched), _lines(_plain(self._original)), _lines(changed))
        merged: list[str] = []
        for kind, *found in merge.merge_groups():
            merged += found[2] if kind == "conflict" else found[0]
        kept = "".join(merged)
        if not self._says_the_same(kept, changed):
            kept = changed
        return kept.replace("\n", self._newline)

    def _dumped(self) -> str:
        written = io.StringIO()
        self._yaml.dump(self.tree, written)
        return written.getvalue()

    def _says_the_same(self, text: str, as_this: str) -> bool:
        try:
            return bool(YAML(typ="safe").load(text) == YAML(typ="safe").load(as_this))
        except Exception:  # whatever the reader stumbles over: then the merge has gone wrong
            return False


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
