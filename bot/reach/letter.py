"""One e-mail: what it says, and the form in which it travels. Pure."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from bot.errors import Undeliverable
from bot.handoff.contact import mail_address
from bot.handoff.plain import one_line

LONGEST_SUBJECT = 150  # characters
LONGEST_NAME = 80
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
INDENT = "    "

# Large enough to read, in the reader's own colours, and no wider than a line should be.
STYLE = "font:1em/1.5 sans-serif;max-width:40em;margin:0 auto;padding:1em"


@dataclass(frozen=True)
class Link:
    title: str
    address: str


@dataclass(frozen=True)
class Said:
    """One message of a conversation, with the words for when it was said."""

    name: str
    when: str
    text: str


@dataclass(frozen=True)
class Letter:
    """What an e-mail says: paragraphs, messages and links, in this order; then `closing`, in small print."""

    subject: str
    blocks: tuple[str | Said | Link, ...]
    closing: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Sender:
    """Whom our e-mail comes from, and where answers go if that is elsewhere."""

    name: str
    address: str
    reply_to: str = ""


def as_message(letter: Letter, *, to: str, sender: Sender, key: str, at: datetime) -> EmailMessage:
    """Put a letter into the form of RFC 5322, as plain text and as HTML.

    The same `key` gives the same Message-ID, so that mail systems notice a second copy.

    Raises:
        Undeliverable: the recipient's or the sender's address is none.
    """
    recipient, origin = mail_address(to), mail_address(sender.address)
    if recipient is None or origin is None:
        raise Undeliverable(f"The {'sender' if recipient else 'recipient'}'s e-mail address is none.")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(sender.name, LONGEST_NAME), addr_spec=origin)
    message["To"] = Address(addr_spec=recipient)
    if reply_to := mail_address(sender.reply_to):
        message["Reply-To"] = Address(addr_spec=reply_to)
    message["Subject"] = one_line(letter.subject, LONGEST_SUBJECT)
    message["Date"] = format_datetime(at)
    digest = hashlib.sha256(f"{key}\n{recipient}".encode()).hexdigest()
    message["Message-ID"] = f"<{digest[:40]}@{origin.rpartition('@')[2]}>"
    # So that no machine answers a machine.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(as_text(letter))
    message.add_alternative(as_html(letter), subtype="html")
    return message


def as_text(letter: Letter) -> str:
    """Write a letter as plain text. What somebody said is indented, so that it can pass for nothing else."""
    parts = [_block_as_text(block) for block in letter.blocks]
    if letter.closing:
        parts.append(f"-- \n{letter.closing}")
    return "\n\n".join(parts) + "\n"


def as_html(letter: Letter) -> str:
    """Write a letter as HTML that needs no pictures, colours or tables."""
    subject = escape(one_line(letter.subject, LONGEST_SUBJECT))
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{escape(letter.language)}" dir="{_direction(letter.language)}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
            f'<meta name="color-scheme" content="light dark"><title>{subject}</title></head>',
            f'<body style="{STYLE}">',
            f'<main><h1 style="font-size:1.25em">{subject}</h1>',
            *_blocks_as_html(letter),
            "</main>",
            *([f"<hr><p><small>{_lines(letter.closing)}</small></p>"] if letter.closing else ()),
            "</body></html>",
        )
    )


def _direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def _block_as_text(block: str | Said | Link) -> str:
    if isinstance(block, Said):
        lines = "\n".join(f"{INDENT}{line}" for line in block.text.splitlines())
        return f"{block.name}, {block.when}:\n{lines}"
    return f"{block.title}: {block.address}" if isinstance(block, Link) else block


def _blocks_as_html(letter: Letter) -> Iterator[str]:
    within = False
    for block in letter.blocks:
        if isinstance(block, Said) != within:
            within = not within
            yield '<ol style="list-style:none;padding:0">' if within else "</ol>"
        yield _block_as_html(block)
    if within:
        yield "</ol>"


def _block_as_html(block: str | Said | Link) -> str:
    if isinstance(block, Said):
        who = f"<strong>{escape(block.name)}</strong>, {escape(block.when)}"
        text = f'<p dir="auto" style="margin:0 0 0 1em">{_lines(block.text)}</p>'
        return f'<li style="margin:0 0 1em"><p style="margin:0">{who}</p>{text}</li>'
    if isinstance(block, Link):
        return f'<p><a href="{escape(block.address)}">{escape(block.title)}</a></p>'
    return f'<p dir="auto">{_lines(block)}</p>'


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
