"""Questions from the text of a FAQ page, as it is copied from a browser, a document or the page's HTML.

Where the page marks its questions, only those count: by “Q:” and “A:”, else by headings. Otherwise a question
is a line of its own that ends in a question mark. What stands below it, up to the next one, is its answer.
"""

import re
from collections.abc import Callable, Sequence

from bot.studio.files.plain_text import html_lines, is_html, text_lines
from bot.studio.questions.faq_import import Row
from bot.studio.questions.question import heard

LONGEST = 200  # letters of a question; a longer line that ends in a question mark is part of an answer
Line = tuple[int, str, bool]
_SIGN = r"\s*(?:\d+\s*[:.)]|:)\s*"
_ASKED = re.compile(rf"(?:Q|Question|F|Frage|P|Pregunta|Pergunta){_SIGN}(\S.*)", re.I)
_ANSWERED = re.compile(rf"(?:A|Answer|Antwort|R|Respuesta|Resposta|Réponse){_SIGN}(.*)", re.I)
_ANSWERED_BESIDE = re.compile(
    rf"(?<=[?？؟])\s+(?=(?:A|Answer|Antwort|R|Respuesta|Resposta|Réponse){_SIGN})", re.I
)
_NUMBER = re.compile(r"(?:\(?\d{1,3}(?:\.\d{1,3})*[.):]\)?|\d{1,3}(?=\s+\S.*[?？؟]$))\s*(?=\S)")
_HEADING = re.compile(r"#{1,6}\s+(\S.*?)\s*#*")
_FRAME = re.compile(r"^(?:[*_]{1,3}(?=\S)|[-*•▸►+–]\s+)|(?<=\S)[*_]{1,3}$")
_TITLE = re.compile(r"[^\W\d_][^.!:;,]{0,38}[^\W_]")
_MARK = ("?", "？", "؟")


def read(text: str) -> list[Row]:
    """Return the questions of a page, each in the line in which it stands; none may be found."""
    text = text.removeprefix("\ufeff")
    found = html_lines(text) if is_html(text) else text_lines(text)
    lines = [
        _shape((number, part, heading))
        for number, line, heading in found
        for part in _ANSWERED_BESIDE.split(line)
    ]
    for asks in (_by_letter, _by_heading_asked, _by_line, _by_heading):
        if any(asks(line) for line in lines):
            return _rows(lines, asks)
    return []


def _shape(line: Line) -> Line:
    """Take what frames a line away: a heading's signs, a bullet, stars around bold text."""
    number, text, heading = line
    words = text.strip()
    if marked := _HEADING.fullmatch(words):
        words, heading = marked[1], True
    bare = _FRAME.sub("", _FRAME.sub("", words)).strip()
    # A bullet stays in an answer, where it is one of a list.
    return number, bare if heading or bare.endswith(_MARK) or _ASKED.fullmatch(bare) else words, heading


def _by_letter(line: Line) -> str:
    found = _ASKED.fullmatch(line[1])
    return found[1] if found else ""


def _by_heading_asked(line: Line) -> str:
    return _by_line(line) if line[2] else ""


def _by_heading(line: Line) -> str:
    return _NUMBER.sub("", line[1], count=1) if line[2] else ""


def _by_line(line: Line) -> str:
    words = _NUMBER.sub("", line[1], count=1)
    return words if words.endswith(_MARK) and len(words) <= LONGEST else ""


def _rows(lines: Sequence[Line], asks: Callable[[Line], str]) -> list[Row]:
    rows: list[tuple[int, str, list[str]]] = []  # line, question, lines of the answer
    open_ = False  # whether what follows still belongs to an answer
    for line in lines:
        number, words, heading = line
        if question := asks(line):
            rows.append((number, question, []))
            open_ = True
        elif heading:
            open_ = False  # a new part of the page
        elif open_:
            begun = _ANSWERED.fullmatch(words) if asks is _by_letter else None
            rows[-1][2].append(begun[1] if begun else words)
    found = [
        (number, question, _answer(told, last=row == len(rows) - 1))
        for row, (number, question, told) in enumerate(rows)
    ]
    longest: dict[str, int] = {}  # of a question that stands in a list of contents too
    for _, question, answer in found:
        longest[heard(question)] = max(longest.get(heard(question), 0), len(answer))
    return [
        Row(number, question, wordings={"plain": (answer,)} if answer else {})
        for number, question, answer in found
        if len(answer) == longest[heard(question)]
    ]


def _answer(lines: Sequence[str], *, last: bool) -> str:
    """Put an answer together; lines that only broke because a page is narrow become one.

    A few words at its end without a full stop are the title of what follows, but on the last of the page.
    """
    lines = "\n".join(lines).rstrip().split("\n")
    if not last and len(lines) > 2 and not lines[-2] and _TITLE.fullmatch(lines[-1]):
        lines = lines[:-1]
    parts: list[str] = []
    for words in lines:
        if not words or not parts or not parts[-1] or re.match(r"[-*•▸►+–]\s|\d+[.)]\s", words):
            parts.append(words)
        else:
            parts[-1] += f" {words}"
    return "\n".join(parts).strip()
