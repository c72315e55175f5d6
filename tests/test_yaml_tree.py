"""What an owner's YAML says, line by line, and what is refused before anything is made of it."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.errors import OwnerFileError
from bot.settings import ROOT
from bot.yaml_tree import LARGEST, Block, Items, parse

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
OURS = sorted([ROOT / "domain.yml", ROOT / "config.yml", *(ROOT / "data").rglob("*.yml")])


def lines(value: Any) -> list[tuple[str, int]]:
    """List names and places with their lines, of our tree or of ruamel's own."""
    found: list[tuple[str, int]] = []
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        at = value.lines[key] if isinstance(value, (Block, Items)) else value.lc.data[key][0] + 1
        found += [(str(key), at), *lines(value[key])]
    return found


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_file_says_the_same_as_by_the_readers_own_tree(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ours, theirs = parse(text, path.name), YAML(typ="rt").load(text)
    assert ours == theirs and lines(ours) == lines(theirs)


def test_plain_words_stand_for_what_rasa_takes_them_for() -> None:
    text = """\
words: [yes, "1", 'true', 1.2.3, 12:30]
values: [true, 7, 0x1F, 1_000, -0.5, null, ~, 2026-01-02]
nonsense: [2026-02-31]
"""
    assert parse(text, "a.yml") == {
        "words": ["yes", "1", "true", "1.2.3", "12:30"],
        "values": [True, 7, 31, 1000, -0.5, None, None, datetime.date(2026, 1, 2)],
        "nonsense": ["2026-02-31"],
    }


def test_what_only_the_newer_yaml_allows_is_read_too() -> None:
    assert parse("a: {title: Where?, b: c}", "a.yml") == {"a": {"title": "Where?", "b": "c"}}
    tree = parse("a: b\u2028c\nd: e\n", "a.yml")
    assert tree == {"a": "b\u2028c", "d": "e"} and tree.lines == {"a": 1, "d": 2}


def test_a_named_block_is_said_again_and_built_upon() -> None:
    tree = parse("a: &a {x: 1, y: 2}\nb: *a\nc:\n  y: 3\n  <<: *a\n", "a.yml")
    assert tree["b"] is tree["a"]
    assert tree["c"] == {"x": 1, "y": 3} and tree["c"].lines == {"y": 4, "x": 5}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_a_text_may_say_nothing(text: str) -> None:
    assert parse(text, "a.yml") is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (BOMB, 5, "repeats itself too often"),
        ("a: " + "[" * 400_000, 1, "too deep within blocks"),
        ("a:\n  " + "- " * 300_000, 2, "too deep within blocks"),
        ("a: &a [*a]", 1, "“*a” stands for nothing yet"),
        ("a: b\nc: *d", 2, "“*d” stands for nothing yet"),
        ("a: !!python/object/apply:os.system [ls]", 1, "starts with “!”"),
        ("a: b\nc: !important news", 2, "starts with “!”"),
        ("a: b\nc: d\0e", 2, "an invisible sign"),
        ("a: 1\nb: 2\na: 3", 3, "“a” stands there twice"),
        ("a: 1\n---\nb: 2", 2, "a second text starts here"),
        ("? [a, b]\n: c", 1, "where a name should"),
        ("a: " + "x" * LARGEST, 0, "larger than 1 MB"),
        ('a: 1\nb: "c\n' + "d: e\n" * 150_000, 2, "Close the quotation mark"),
    ],
)
def test_what_no_owner_needs_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(OwnerFileError) as refused:
        parse(text, "a.yml")
    assert (refused.value.path, refused.value.line) == ("a.yml", line) and said in str(refused.value)
