"""What people paste becomes text: tags go, words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import yaml_tree
from bot.studio.files.plain_text import html_lines, one_line, plain


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("Orders < 5 kg & > 2 kg", "Orders < 5 kg & > 2 kg"),
        ("with <order number> in it", "with <order number> in it"),
        ("see https://x.example/?a=1&copy=2", "see https://x.example/?a=1&copy=2"),
        ("Tea &amp; coffee&nbsp;shop", "Tea & coffee\xa0shop"),
        ("<p>Hello <b>you</b></p><script>alert(1)</script>", "Hello you"),
        ("<img src=x onerror=alert(1)>Yes", "Yes"),
        ("<!-- hidden -->Yes", "Yes"),
        ("one\r\ntwo\u2028three\x00\ufeff", "one\ntwo\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ('<a href="https://x.example/a">Here</a>', "Here (https://x.example/a)"),
        ('<a href="javascript:alert(1)">Here</a>', "Here"),
        ('<a href="mailto:a@b.example?subject=x">Write</a>', "Write (a@b.example)"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("many   spaces\t here  \n\n\n\n end", "many spaces here\n\nend"),
    ],
)
def test_pasted_text_is_plain(pasted: str, text: str) -> None:
    assert plain(pasted) == text


def test_one_line_has_no_line_ends() -> None:
    assert one_line("<p>one</p>\n<p>two</p>\nthree") == "one two three"


def test_headings_are_known_with_their_lines() -> None:
    found = html_lines("<h1>FAQ</h1>\n<nav>Home</nav>\n<dl><dt>Open?</dt>\n<dd>Yes</dd></dl>")
    assert [line for line in found if line[1]] == [(1, "FAQ", True), (3, "Open?", True), (4, "Yes", False)]


@given(st.text())
def test_plain_text_stays_and_fits_into_a_file(text: str) -> None:
    found = plain(text)
    assert plain(found.replace("<", "").replace("&", "")) == found.replace("<", "").replace("&", "")
    lines = "".join(f"  {line}\n" for line in found.split("\n"))
    assert yaml_tree.parse(f"text: |2-\n{lines}", "f.yml")["text"] == found.rstrip()
