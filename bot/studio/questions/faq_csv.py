"""Questions as a table for spreadsheets: read from CSV as people save it, and written so that it reads back.

A cell may hold several examples, one a line, and several wordings, with a line “---” between them.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from bot.errors import StudioError
from bot.studio.questions.faq_import import Row
from bot.studio.questions.question import TONES, Question

COLUMNS = ("question", "examples", "answer", "warm", "careful", "intent", "topic")
_TONE_COLUMNS = dict(zip(TONES, ("answer", "warm", "careful"), strict=True))
_OTHER_NAMES = {
    "questions": "question",
    "title": "question",
    "example": "examples",
    "answers": "answer",
    "plain": "answer",
    "name": "intent",
}
_APART = re.compile(r"\n\s*---\s*(?:\n|$)")
# With these a spreadsheet takes a cell for a formula, also in the wide forms of East Asian keyboards.
_FORMULA = re.compile(r"\s*'*[=+\-@＝＋－＠\t\r]")


def decoded(content: bytes) -> str:
    """Return the text of a file as spreadsheets write it: UTF-8, UTF-16 with its mark, or as Windows did."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read(text: str) -> list[Row]:
    """Read the rows of a table; the columns may stand in any order, parted by commas, semicolons or tabs.

    Raises:
        StudioError: there are no columns “question” and “answer”, or a quotation mark is not closed.
    """
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    skipped = 0
    if re.fullmatch(r"sep=[,;\t]\s*", first):  # Excel's own line
        text, skipped = rest, 1
    for delimiter in (",", ";", "\t"):
        columns = [_column(name) for name in _first_record(text, delimiter)]
        if "question" in columns and len(columns) > 1:
            records = list(_records(text, delimiter, skipped))[1:]
            return [_row(line, columns, cells) for line, cells in records if any(map(str.strip, cells))]
    raise StudioError("The first row has to name the columns: at least “question” and “answer”.")


def write(questions: Iterable[tuple[Question, str]]) -> str:
    """Return questions and their topics as a table that runs nothing in spreadsheets and reads back."""
    file = io.StringIO(newline="")
    sheet = csv.writer(file)
    sheet.writerow(COLUMNS)
    for one, topic in questions:
        texts = ["\n---\n".join(w.text for w in one.wordings if w.tone == tone) for tone in TONES]
        sheet.writerow(map(_safe, [one.title, "\n".join(one.examples[1:]), *texts, one.intent, topic]))
    return f"\ufeff{file.getvalue()}"  # the mark at its beginning tells spreadsheets that it is UTF-8


def _first_record(text: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


def _records(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line + skipped, cells
            line = reader.line_num + 1
    except csv.Error:
        raise StudioError(
            f"The row that begins in line {line + skipped} cannot be read. Look for a quotation mark that is"
            " not closed, or stands within a text without being doubled."
        ) from None


def _column(name: str) -> str:
    bare = name.strip().lower()
    return _OTHER_NAMES.get(bare, bare)


def _row(line: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    found = {name: _bare(cell) for name, cell in zip(columns, cells, strict=False)}
    return Row(
        line=line,
        question=found.get("question", ""),
        examples=tuple(one for one in found.get("examples", "").splitlines() if one.strip()),
        wordings={
            tone: tuple(_APART.split(text))
            for tone, name in _TONE_COLUMNS.items()
            if (text := found.get(name))
        },
        intent=found.get("intent", ""),
        topic=found.get("topic", ""),
    )


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _bare(cell: str) -> str:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return (cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell).strip()
