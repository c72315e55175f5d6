"""What people type or paste, as plain text: one kind of space, no tags, nothing that a file cannot hold."""

import html
import re
from html.parser import HTMLParser

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t\x1f]+")
_NO_TEXT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:[\s/][^<>]*)?>|<!--.*?-->|<!doctype[^>]*>", re.I | re.S)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);", re.I)
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object", "head", "nav"})
_BLOCK_TAGS = """
    address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main ol p pre section summary table td th tr ul
"""
_INLINE_TAGS = """
    a abbr b bdi bdo body button cite code data del dfn em font html i img input ins kbd label link mark
    meta q s samp small span strong sub sup tbody tfoot thead time title u var wbr
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"})
_KNOWN = frozenset({*_SILENT, *_BLOCKS, *_INLINE_TAGS.split()})


def plain(text: str) -> str:
    """Return a text of one or more lines, without tags; lines are separated by one or two line ends."""
    found = html_lines(text) if is_html(text) else text_lines(text)
    joined = "\n".join(_SPACES.sub(" ", line).strip() for _, line, _ in found)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def one_line(text: str) -> str:
    """Return a text as one line."""
    return " ".join(plain(text).split("\n")).replace("  ", " ").strip()


def is_html(text: str) -> bool:
    """Tell whether there are tags in it; “5 < 6” and “<order number>” are none."""
    return any((found[1] or "a").lower() in _KNOWN for found in _TAG.finditer(text))


def text_lines(text: str) -> list[tuple[int, str, bool]]:
    """Return the lines of a plain text as (line from 1, text, False)."""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    return [(n, _NO_TEXT.sub("", _unescaped(line)), False) for n, line in enumerate(lines, 1)]


def html_lines(text: str) -> list[tuple[int, str, bool]]:
    """Return what a browser would show as (line from 1, text, whether it is a heading).

    An address behind a link follows its words in brackets; paragraphs are parted by an empty line.
    """
    reader = _Reader()
    reader.feed(_LINE_ENDS.sub("\n", text))
    reader.close()
    reader.end_line()
    return [(line, _NO_TEXT.sub("", words), heading) for line, words, heading in reader.lines]


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


class _Reader(HTMLParser):
    """Collects lines; tags that HTML does not know are words that somebody wrote in angle brackets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str, bool]] = []
        self._words, self._at = "", 0
        self._silent: list[str] = []
        self._heading = self._bullet = False
        self._address: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN:
            self.handle_data(self.get_starttag_text() or "")
        elif tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.end_line(apart=tag not in ("br", "li", "td", "th"))
            self._heading = self._heading or tag in HEADINGS
            self._bullet = self._bullet or tag == "li"
        elif tag == "a":
            self._address = dict(attrs).get("href")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in _BLOCKS:
            self.end_line(apart=tag not in ("br", "li", "td", "th"))
            self._heading = self._heading and tag not in HEADINGS
        elif tag == "a":
            self._name_address()
        elif tag in ("b", "strong") and self._words.rstrip().endswith("?"):
            self.end_line(apart=False)  # a question in bold, and its answer in the same paragraph

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if data.strip() and not self._words.strip():
            self._at = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        self._words += data.replace("\n", " ")

    def end_line(self, *, apart: bool = True) -> None:
        if self._words.strip():
            words = f"- {self._words.strip()}" if self._bullet else self._words.strip()
            self.lines.append((self._at, words, self._heading))
            self._bullet = False
        if apart and self.lines and self.lines[-1][1]:
            self.lines.append((self.getpos()[0], "", False))
        self._words = ""

    def _name_address(self) -> None:
        address, self._address = self._address or "", None
        bare = (
            re.sub(r"^(mailto|tel):", "", address).split("?")[0]
            if address[:4] in ("mail", "tel:")
            else address
        )
        if re.match(r"https?://|mailto:|tel:", address) and bare not in self._words:
            self._words += f" ({bare})"
