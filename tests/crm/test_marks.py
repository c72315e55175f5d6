import pytest

from bot.crm import marks
from bot.errors import CrmError


@pytest.mark.parametrize("text", ["Hello", "a: b", "(kindhand 12)", "two\nlines", "ends (so)"])
def test_what_was_signed_is_read_again(text: str) -> None:
    assert marks.read(marks.signed("Sam", text, "k")) == ("Sam", text)


def test_a_mark_stands_for_its_key_and_hides_it() -> None:
    assert marks.mark("note:7") == marks.mark("note:7") != marks.mark("note:8")
    assert "note:7" not in marks.mark("note:7")
    assert marks.mark("note:7") in marks.signed("Sam", "Hello", "note:7")


@pytest.mark.parametrize("note", ["", "Hello", "Sam: Hello", "Sam: Hello (kindhand xyz)"])
def test_other_notes_are_not_read(note: str) -> None:
    assert marks.read(note) is None


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_keys_have_a_length(key: str) -> None:
    with pytest.raises(CrmError):
        marks.mark(key)


@pytest.mark.parametrize("author", ["Sam: Reyes", "Sam:", "Sam"])
def test_no_author_hides_where_the_text_begins(author: str) -> None:
    name = marks.plain_author(author)
    assert marks.read(marks.signed(name, "Hello", "k")) == (name, "Hello")
