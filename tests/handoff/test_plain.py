"""What somebody typed is kept as it was meant; a card number is never kept."""

import time
import unicodedata
from itertools import pairwise

import pytest

from bot.errors import ProtocolError
from bot.handoff.plain import LONGEST, mask_cards, one_line, plain, tidy_note

KEPT = [
    "Where is my order CK-10423?",
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE messages;--",
    "{{7*7}} {slot} ${x}",
    "/restart",
    "two\nlines\tand a tab",
    "👩‍👩‍👧‍👦 ☕️",
    "\u202eright to left\u202c",
    "e" + "\u0301" * 3 + "\ufb01",
    "الطلب ١٢٣",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_kept_word_for_word(text: str) -> None:
    assert plain(text).text == unicodedata.normalize("NFC", text)
    assert not plain(text).masked


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  hello \n", "hello"),
        ("a\x00b\x07c\x1b[31md", "abc[31md"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("cafe\u0301", "café"),
        ("half \ud83d of a face", "half \ufffd of a face"),
        ("whole \ud83d\ude00 face", "whole 😀 face"),
        ("\x9f/restart", "/restart"),
    ],
)
def test_what_is_mended(typed: str, stored: str) -> None:
    assert plain(typed).text == stored


@pytest.mark.parametrize("typed", ["", "   ", "\n\t\r", "\u200b\u200b", "\x00\x01", "\ufeff \u2060"])
def test_nothing_to_be_seen_is_refused(typed: str) -> None:
    with pytest.raises(ProtocolError) as refusal:
        plain(typed)
    assert refusal.value.code == "empty"


@pytest.mark.parametrize("typed", ["a" * (LONGEST + 1), "é" * (LONGEST // 2 + 1), "x" * 1_000_000])
def test_too_long_is_refused_with_the_limit(typed: str) -> None:
    with pytest.raises(ProtocolError) as refusal:
        plain(typed)
    assert refusal.value.code == "too_long" and str(LONGEST) in refusal.value.text


def test_the_longest_is_accepted() -> None:
    assert plain("é" * (LONGEST // 2)).text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("4242424242424242", "•••• 4242"),
        ("my card is 4242 4242 4242 4242 thanks", "my card is •••• 4242 thanks"),
        ("5555-5555-5555-4444", "•••• 4444"),
        ("3782 822463 10005", "•••• 0005"),
        ("6011.1111.1111.1117", "•••• 1117"),
        ("3056 9309 0259 04", "•••• 5904"),
        ("2223003122003222", "•••• 3222"),
        ("4242\u200b4242\u200b4242\u200b4242", "•••• 4242"),
        ("4242\u00a04242\u20114242 4242", "•••• 4242"),
        ("４２４２４２４２４２４２４２４２", "•••• ４２４２"),
        ("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", "•••• ٤٢٤٢"),
        ("4242424242424242, 12/28, 123", "•••• 4242, 12/28, 123"),
        ("12 4242424242424242", "12 •••• 4242"),
        ("4242 4242 4242 4242 5555 5555 5555 4444", "•••• 4242 •••• 4444"),
        ("4242:4242:4242:4242", "•••• 4242"),
        ("(4242) (4242) (4242) (4242)", "(•••• 4242)"),
        ("4242     4242     4242     4242", "•••• 4242"),
        ("4242·4242·4242·4242", "•••• 4242"),
        ("4242\u034f4242\u034f4242\u034f4242", "•••• 4242"),
        ("3782'822463'10005", "•••• 0005"),
        ("+4242424242424242", "+•••• 4242"),
        ("+44 7700 900118, 4242 4242 4242 4242", "+44 7700 900118, •••• 4242"),
        ("order 10423: 4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2", "order 10423: •••• 4242"),
    ],
)
def test_cards_are_hidden(typed: str, stored: str) -> None:
    found = plain(typed)
    assert (found.text, found.masked) == (stored, True)


@pytest.mark.parametrize(
    "typed",
    [
        "4242424242424241",  # the check digit is wrong
        "CK-10423, CK-10431 and CK-10398",
        "+44 7700 900118",
        "+4917612345678",
        "+424242424242424",  # as long as a telephone number can be
        "2026-11-21 21:34:04.785",
        "07700 900118",
        "RM 7730 4512 9GB",
        "on 21.11.2026 at 14:30",
        "1234567890123456",
    ],
)
def test_other_numbers_stay(typed: str) -> None:
    assert plain(typed).text == typed


def test_order_numbers_are_never_taken_for_cards() -> None:
    listed = ["CK-" + str(number) for number in range(10_000, 10_500)]
    assert all(mask_cards(f"{a}, {b}") == f"{a}, {b}" for a, b in pairwise(listed))


def test_a_note_may_be_empty_and_has_lines() -> None:
    assert tidy_note(" \x00 ", 100) == ""
    assert tidy_note("half \ud83d\r\n4242424242424242 ", 100) == "half \ufffd\n•••• 4242"
    assert tidy_note("x" * 500, 100) == "x" * 100


def test_names_are_one_short_line() -> None:
    assert one_line("  Mara\n\x00 Lindqvist ", 100) == "Mara Lindqvist"
    assert one_line("x" * 500, 100) == "x" * 100


@pytest.mark.parametrize("typed", ["4" * LONGEST, "4 " * 2048, "4- . " * 800, "4" * 19 + " 4" * 2000])
def test_hostile_digits_cost_little(typed: str) -> None:
    started = time.process_time()
    plain(typed)
    assert time.process_time() - started < 0.5
