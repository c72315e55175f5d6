import pytest

from bot.attachments.kinds import ENOUGH, GIF, HEIC, JPEG, PDF, PNG, WEBP, kind_of
from tests.attachments.files import archive, paper, picture


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), JPEG),
        (picture("PNG"), PNG),
        (picture("GIF"), GIF),
        (picture("WEBP"), WEBP),
        (paper(), PDF),
        (b"\0\0\0\x20ftypheic\0\0\0\0mif1heic", HEIC),
    ],
)
def test_a_kind_is_told_by_the_first_bytes(content: bytes, kind: object) -> None:
    assert kind_of(content[:ENOUGH]) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"<!doctype html><script>alert(1)</script>",
        b" GIF89a",
        b"\n%PDF-1.7",
        b"RIFF\0\0\0\0WAVE",
        b"MZ\x90\0",
        b"\x7fELF",
        b"BM\0\0",
        b"\0\0\0\x20ftypisom",
        archive(),
    ],
)
def test_nothing_else_is_of_our_kinds(content: bytes) -> None:
    assert kind_of(content[:ENOUGH]) is None
