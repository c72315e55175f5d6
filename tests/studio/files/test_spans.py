"""Values are replaced in place; every other letter stays."""

import pytest

from bot.errors import OwnerFileError, StudioError
from bot.studio.files.spans import Spans, line_at, path_at

TEXT = """\
# above
list:
  - one  # first
  # about two
  - two
block:
  text: >-
    folded
    lines

  # about more
  more: [a, b]
"""


def changed(text: str, change: str, *arguments: object) -> str:
    spans = Spans(text, "f.yml")
    getattr(spans, change)(*arguments)
    return spans.text


@pytest.mark.parametrize(
    ("change", "arguments", "old", "new"),
    [
        ("set_value", (("block", "text"), "short", []), "text: >-\n    folded\n    lines\n", "text: short\n"),
        ("set_value", (("block", "text"), ">-", ["    new"]), "folded\n    lines\n", "new\n"),
        ("set_value", (("block", "more"), "[]", []), "[a, b]", "[]"),
        ("add_value", (("block", "last"), "1", []), "more: [a, b]\n", "more: [a, b]\n  last: 1\n"),
        ("drop_value", (("block", "text"),), "  text: >-\n    folded\n    lines\n", ""),
        ("drop_value", (("list",),), "list:\n  - one  # first\n  # about two\n  - two\n", ""),
        ("drop_item", (("list", 0),), "  - one  # first\n", ""),
        ("drop_item", (("list", 1),), "  - two\n", ""),
        ("drop_item", (("block", "more", 0),), "a, b", "b"),
        ("drop_item", (("block", "more", 1),), "a, b", "a"),
        ("add_item", (("list",), 0, ["  - zero"]), "  - one", "  - zero\n  - one"),
        ("add_item", (("list",), 1, ["  - new"]), "# first\n", "# first\n  - new\n"),
        ("add_item", (("list",), 2, ["  - new"]), "  - two\n", "  - two\n  - new\n"),
        ("append", ("end: 1",), "more: [a, b]\n", "more: [a, b]\nend: 1\n"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_only_what_is_named_changes(
    change: str, arguments: tuple[object, ...], old: str, new: str, ends: str
) -> None:
    wanted = TEXT.replace(old, new, 1)
    assert wanted != TEXT
    assert changed(TEXT.replace("\n", ends), change, *arguments) == wanted.replace("\n", ends)


def test_a_file_without_a_last_line_end_grows() -> None:
    assert changed("list:\n- a", "add_item", ("list",), 1, ["- b"]) == "list:\n- a\n- b\n"
    assert changed("a: 1", "append", "b: 2") == "a: 1\nb: 2\n"


def test_comments_beside_a_text_stay_there() -> None:
    folded = changed('a: "b"  # why\nc: 1\n', "set_value", ("a",), ">-", ["  d"])
    assert folded == "a: >-  # why\n  d\nc: 1\n"
    assert changed(folded, "set_value", ("a",), '"b"', []) == 'a: "b"  # why\nc: 1\n'


def test_what_an_alias_stands_for_moves_to_it() -> None:
    text = "- a: &x\n    - {b: 1, c: yes}\n- a: *x\n- a: *x\n"
    text = "list:\n" + text
    assert changed(text, "drop_item", ("list", 0)) == 'list:\n- a: &x [{"b": 1, "c": "yes"}]\n- a: *x\n'


def test_changes_that_touch_each_other_are_refused() -> None:
    spans = Spans(TEXT, "f.yml")
    spans.drop_value(("block",))
    spans.set_value(("block", "more"), "[]", [])
    with pytest.raises(StudioError, match="f.yml"):
        _ = spans.text


def test_a_broken_file_is_refused_with_its_line() -> None:
    with pytest.raises(OwnerFileError, match="f.yml:2"):
        Spans("a: 1\nb: c: d\n", "f.yml")


def test_lines_are_known() -> None:
    tree = Spans(TEXT, "f.yml").tree
    assert (line_at(tree, ("list", 1)), line_at(tree, ("block", "more", 1))) == (5, 12)


@pytest.mark.parametrize(
    ("line", "path"),
    [(1, ()), (2, ("list",)), (5, ("list", 1)), (8, ("block", "text")), (12, ("block", "more", 1))],
)
def test_the_place_of_a_line_is_told(line: int, path: tuple[str | int, ...]) -> None:
    assert path_at(Spans(TEXT, "f.yml").tree, line) == path


def test_every_line_keeps_its_own_end_and_the_file_its_first_sign() -> None:
    assert changed("\ufeffa: 1\r\nb: 2\r\n", "set_value", ("a",), "3", []) == "\ufeffa: 3\r\nb: 2\r\n"
    assert changed("a: 1\nb: 2\r\nc: 3\n", "set_value", ("a",), "3", []) == "a: 3\nb: 2\r\nc: 3\n"


def test_a_name_is_added_behind_another() -> None:
    spans = Spans("a: 1  # one\n# two\nb: 2\n", "f.yml")
    spans.add_value(("c: d",), "3", [], after="a")
    assert spans.text == 'a: 1  # one\n"c: d": 3\n# two\nb: 2\n'


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("a: &x b\nl:\n  - c  # one\n  # two\n  - *x  # two\n", "a: &x b\nl:\n  - c  # one\n  # two\n"),
        ("a: &x b\nl: [c, *x]  # all\n", "a: &x b\nl: [c]  # all\n"),
    ],
)
def test_an_alias_in_a_list_is_taken_away(text: str, new: str) -> None:
    assert changed(text, "drop_item", ("l", 1)) == new


def test_the_comment_beside_an_alias_stays() -> None:
    assert changed("a: &x b\nc: *x  # why\n", "set_value", ("c",), "d", []) == "a: &x b\nc: d  # why\n"
