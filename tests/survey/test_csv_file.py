"""A file that opens in a spreadsheet, runs nothing there, and overwrites nothing here."""

import csv
import stat
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.errors import OwnerFileError
from bot.handoff.model import Survey
from bot.survey.csv_file import COLUMNS, write

AT = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)
SURVEY = Survey("s", "c-1", "silence", AT, satisfaction=4, understood="yes", with_person=True)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_answer_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    survey = replace(SURVEY, comment='Good, "really"\nthanks – ありがとう', recommend=0, answered_at=AT)
    assert write(path, [survey]) == 1
    (row,) = rows(path)
    assert list(row) == list(COLUMNS)
    assert (row["asked_at"], row["with_person"]) == ("2026-11-03T11:00:00.000Z", "yes")
    assert (row["satisfaction"], row["recommend"], row["effort"]) == ("4", "0", "")
    assert row["comment"] == survey.comment
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "comment", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", '=HYPERLINK("https://x.example","y")']
)
def test_nothing_is_a_formula(tmp_path: Path, comment: str) -> None:
    path = tmp_path / "answers.csv"
    write(path, [replace(SURVEY, comment=comment, conversation_id="-abc")])
    (row,) = rows(path)
    assert (row["comment"], row["conversation_id"]) == (f"'{comment}", "'-abc")


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("mine")
    with pytest.raises(OwnerFileError, match="is there already"):
        write(path, [SURVEY])
    assert path.read_text() == "mine"
    with pytest.raises(OwnerFileError, match="cannot be written"):
        write(tmp_path / "none" / "answers.csv", [SURVEY])
