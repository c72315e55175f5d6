"""Files are edited in place: nothing but the edit changes."""

import difflib
from pathlib import Path

import pytest

from bot.errors import OwnerFileError
from bot.settings import ROOT
from bot.studio.files.document import Document

FILES = sorted([ROOT / "domain.yml", ROOT / "config.yml", *(ROOT / "data").rglob("*.yml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_untouched_file_keeps_every_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert Document(text, path.name).text == text


def changed_lines(before: str, after: str) -> list[str]:
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in diff if not line.startswith(("---", "+++", "@@"))]


def test_one_edit_changes_its_own_lines_only() -> None:
    text = (ROOT / "data/rules/social.yml").read_text()
    document = Document(text, "social.yml")
    document.tree["rules"][2]["steps"][1]["action"] = "utter_you_are_welcome"
    assert changed_lines(text, document.text) == [
        "-    steps: [{intent: thank}, {action: utter_thank}]",
        "+    steps: [intent: thank, action: utter_you_are_welcome]",
    ]


def test_a_line_is_added_where_it_belongs_and_comments_stay() -> None:
    text = (ROOT / "domain.yml").read_text()
    document = Document(text, "domain.yml")
    document.tree["intents"].insert(3, "dogs_in_cafe")
    assert changed_lines(text, document.text) == ["+  - dogs_in_cafe"]


def test_windows_line_ends_stay() -> None:
    document = Document("a: 1\r\nb: 2  # kept\r\n", "a.yml")
    document.tree["a"] = 3
    assert document.text == "a: 3\r\nb: 2  # kept\r\n"


def test_an_empty_file_can_be_filled() -> None:
    document = Document("", "new.yml")
    document.tree["version"] = "3.1"
    assert document.text == "version: '3.1'\n"


def test_what_cannot_be_read_is_said_with_its_line() -> None:
    with pytest.raises(OwnerFileError, match="new.yml:2: .*quotation marks"):
        Document("a: 1\nb: c: d\n", "new.yml")
