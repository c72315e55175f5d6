"""A text for everybody, or one for each language."""

from pathlib import Path

import pytest

from bot.owner_file import Part
from bot.phrase import Phrase, phrase, phrases


def read(tmp_path: Path, text: str) -> Part:
    path = tmp_path / "widget.yml"
    path.write_text(text, encoding="utf-8")
    return Part.read(path, path.name)


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Ihr Name"), ("de-AT", "Ihr Name"), ("fr", "Your name"), (None, "Your name"), ("", "Your name")],
)
def test_who_has_no_wording_of_their_own_reads_the_first(language: str | None, text: str) -> None:
    assert Phrase({"en": "Your name", "de": "Ihr Name"}).text(language) == text


def test_a_plain_text_is_for_everybody() -> None:
    assert [Phrase.plain("Name").text(code) for code in ("de", None)] == ["Name", "Name"]


def test_texts_are_read_with_and_without_languages(tmp_path: Path) -> None:
    part = read(
        tmp_path, "one: Name\ntwo: {en: Name, ar: الاسم}\nmany: [An order, {en: Else, de: Anderes}]\n"
    )
    assert phrase(part, "one") == Phrase.plain("Name")
    assert phrase(part, "two").text("ar") == "الاسم"
    assert [one.text("de") for one in phrases(part, "many")] == ["An order", "Anderes"]
    assert part.problems == []


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("one:\n  en: Name\n  german: Ihr Name\n", 3, "“german” is no code of a language"),
        ("one:\n  en: true\n", 2, "“en” should be text"),
        ("two: 2\none: 1.5\n", 2, "“one” should be text"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    part = read(tmp_path, text)
    phrase(part, "one")
    assert [(found.line, found.problem) for found in part.problems] == [(line, problem)]
