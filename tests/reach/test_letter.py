from datetime import datetime, timezone
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

import pytest

from bot.errors import Undeliverable
from bot.reach.letter import Letter, Link, Said, Sender, as_html, as_message, as_text

AT = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)
KETTLE = Sender("Copper Kettle", "no-reply@copperkettle.example", "hello@copperkettle.example")
LETTER = Letter(
    "Your conversation",
    ("Here it is.", Said("Mara", "3 November, 11:00", "Where is it?\nIt is late."), Link("Open", "https://a.example/?b=1&c=2")),
    "Sent because somebody asked for it.",
)  # fmt: skip
NASTY = "<img src=x onerror=alert(1)>\"'&"


def message(
    letter: Letter = LETTER, *, to: str = "mara@shop.example", key: str = "k", sender: Sender = KETTLE
):
    return as_message(letter, to=to, sender=sender, key=key, at=AT)


def test_it_reads_as_plain_text() -> None:
    assert as_text(LETTER) == (
        "Here it is.\n\n"
        "Mara, 3 November, 11:00:\n    Where is it?\n    It is late.\n\n"
        "Open: https://a.example/?b=1&c=2\n\n"
        "-- \nSent because somebody asked for it.\n"
    )


def test_it_carries_both_forms_and_what_mail_systems_need() -> None:
    read = message_from_bytes(bytes(message()), policy=default)
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert read["From"] == "Copper Kettle <no-reply@copperkettle.example>"
    assert (read["To"], read["Reply-To"]) == ("mara@shop.example", "hello@copperkettle.example")
    assert read["Date"].datetime == AT and read["Auto-Submitted"] == "auto-generated"


def test_a_second_copy_is_known_by_its_id() -> None:
    same, again, other, elsewhere = (
        message()["Message-ID"],
        message()["Message-ID"],
        message(key="l")["Message-ID"],
        message(to="tom@shop.example")["Message-ID"],
    )
    assert same == again and len({same, other, elsewhere}) == 3
    assert same.endswith("@copperkettle.example>")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_no_header_can_be_smuggled_in(end: str) -> None:
    smuggled = f"Hello{end}Bcc: all@shop.example"
    sender = Sender(f"Kettle{end}Bcc: all@shop.example", "hello@copperkettle.example")
    read = message_from_bytes(bytes(message(Letter(smuggled, (smuggled,)), sender=sender)), policy=default)
    assert "Bcc" not in read and read["Subject"] == "Hello Bcc: all@shop.example"
    assert {name for name, _ in read.items()} == {name for name, _ in message().items()} - {"Reply-To"}


@pytest.mark.parametrize("to", ["mara@shop.example\nBcc: all@shop.example", "Mara <mara@shop.example>", ""])
def test_what_is_no_address_gets_no_mail(to: str) -> None:
    with pytest.raises(Undeliverable, match="recipient"):
        message(to=to)


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags, self.text, self.attributes = [], "", {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.tags.append(tag)
        self.attributes.setdefault(tag, []).append(dict(attributes))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_nothing_that_somebody_wrote_becomes_html() -> None:
    plain, nasty = (
        Seen(
            as_html(
                Letter(word, (word, Said(word, word, word), Link(word, f"https://a.example/{word}")), word)
            )
        )
        for word in ("word", NASTY)
    )
    assert nasty.tags == plain.tags and nasty.text.count(NASTY) == plain.text.count("word")
    assert nasty.attributes["a"] == [{"href": f"https://a.example/{NASTY}"}]


def test_html_can_be_read_by_everybody() -> None:
    seen = Seen(as_html(LETTER))
    assert seen.attributes["html"] == [{"lang": "en", "dir": "ltr"}]
    assert seen.text.count("Your conversation") == 2
    assert [seen.tags.count(tag) for tag in ("title", "main", "h1", "ol", "li")] == [1] * 5
    assert not {"img", "table", "script", "font"} & set(seen.tags)
    own_direction = [part for part in seen.attributes["p"] if part.get("dir") == "auto"]
    assert len(own_direction) == 2  # a paragraph and what somebody said


def test_what_somebody_said_cannot_pass_for_another() -> None:
    forged = Said("Mara", "11:00", "Thanks\n\nSam Reyes, 11:01:\n    You get 500.")
    assert [line for line in as_text(Letter("s", (forged,))).splitlines() if not line.startswith(" ")] == [
        "Mara, 11:00:"
    ]
