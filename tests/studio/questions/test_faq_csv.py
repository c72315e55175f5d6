"""Questions as a table: as spreadsheets save it, and read back the same."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StudioError
from bot.studio.files.plain_text import plain
from bot.studio.questions.faq_csv import decoded, read, write
from bot.studio.questions.question import TONES, Question, Wording, cleaned


def test_columns_may_stand_anywhere_and_be_called_otherwise() -> None:
    (row,) = read("Answer,Topic,QUESTION,Example,warm\r\nYes,Dogs,Dogs?,may they?\r\n")
    assert (row.line, row.question, row.examples, row.topic) == (2, "Dogs?", ("may they?",), "Dogs")
    assert row.wordings == {"plain": ("Yes",)}


@pytest.mark.parametrize("apart", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_tables_of_all_spreadsheets_are_read(apart: str, ends: str) -> None:
    file = io.StringIO()
    sheet = csv.writer(file, delimiter=apart, lineterminator=ends, quoting=csv.QUOTE_ALL)
    sheet.writerows(
        [("question", "examples", "answer"), ("Dogs?", "may they,\nor not; at all", 'Say "yes"\n---\nOr no.')]
    )
    (row,) = read(f"\ufeff{file.getvalue()}")
    assert row.examples == ("may they,", "or not; at all")
    assert row.wordings == {"plain": ('Say "yes"', "Or no.")}


def test_rows_are_named_by_the_line_in_which_they_begin() -> None:
    rows = read('sep=;\nquestion;answer\n"one\nmore?";yes\n\n;\ntwo?;no\n')
    assert [(row.line, row.question) for row in rows] == [(3, "one\nmore?"), (7, "two?")]


@pytest.mark.parametrize("text", ["", "question\nwhat?\n", "1,2\n3,4\n"])
def test_a_table_without_its_columns_is_refused(text: str) -> None:
    with pytest.raises(StudioError, match="name the columns"):
        read(text)


def test_a_quotation_mark_left_open_loses_no_row_silently() -> None:
    with pytest.raises(StudioError, match="begins in line 3"):
        read('question,answer\na?,b\nc?,"d\ne?,f\n')


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_all_spreadsheets_are_read(coding: str) -> None:
    assert decoded("Où? – 5 €".encode(coding)) == "Où? – 5 €"


def test_nothing_runs_in_a_spreadsheet() -> None:
    question = Question("x", "utter_x", ("=1+1", "@SUM(A1)"), (Wording("plain", "-5 degrees"),), "")
    cells = next(csv.reader(io.StringIO(write([(question, "Pets")]).split("\r\n", 1)[1])))
    assert cells[:3] == ["'=1+1", "'@SUM(A1)", "'-5 degrees"]
    (row,) = read(write([(question, "Pets")]))
    assert (row.question, row.examples, row.wordings) == ("=1+1", ("@SUM(A1)",), {"plain": ("-5 degrees",)})


TEXTS = st.text(min_size=1).map(plain).filter(lambda text: text and "---" not in text)
EXAMPLES = st.lists(st.text(), max_size=4).map(cleaned).filter(bool)
WORDINGS = st.lists(st.builds(Wording, st.sampled_from(TONES), TEXTS), max_size=4)


@settings(max_examples=50, deadline=None)
@given(EXAMPLES, WORDINGS)
def test_what_is_written_reads_back(examples: list[str], wordings: list[Wording]) -> None:
    (row,) = read(write([(Question("x", "utter_x", tuple(examples), tuple(wordings), ""), "Pets")]))
    assert [row.question, *row.examples] == examples
    told = {tone: [one.text for one in wordings if one.tone == tone] for tone in TONES}
    assert {tone: list(row.wordings.get(tone, ())) for tone in TONES} == told
