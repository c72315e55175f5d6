"""`./kindhand import-faq`: says what becomes of each row, and whether the files are in order after it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import kindhand
from tests.desk.studio.desk import copied

TABLE = "question;answer\r\nDo you repair grinders?;Yes – we do.\r\n;lost\r\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KINDHAND_FILES", str(tmp_path / "shop"))
    monkeypatch.setenv("KINDHAND_VAR", str(tmp_path / "var"))
    return copied(tmp_path / "shop")


def told(*arguments: object) -> Result:
    return CliRunner().invoke(kindhand, ["import-faq", *map(str, arguments)])


def test_a_table_is_taken_in_row_by_row(shop: Path, tmp_path: Path) -> None:
    table = tmp_path / "faq.csv"
    table.write_bytes(TABLE.encode("cp1252"))
    dry = told(table, "--dry-run")
    assert "line 2  do_you_repair_grinders  added" in dry.output and "line 3  -  refused" in dry.output
    assert "1 added, 1 refused" in dry.output and dry.exit_code == 1
    new = shop / "data/faq/do_you_repair_grinders.yml"
    assert not new.exists()
    assert "All files are in order" in told(table).output
    assert "Yes – we do." in new.read_text(encoding="utf-8")


def test_a_page_replaces_answers(shop: Path, tmp_path: Path) -> None:
    page = tmp_path / "faq.html"
    page.write_text("<h3>When are you open?</h3><p>Always.</p>")
    answer = told(page, "--page", "--replace")
    assert "line 1  opening_hours  replaced" in answer.output and answer.exit_code == 0
    assert "Always." in (shop / "data/faq/opening_hours.yml").read_text()


def test_a_page_without_questions_and_a_missing_file_are_told(shop: Path, tmp_path: Path) -> None:
    empty = tmp_path / "page.txt"
    empty.write_text("Nothing is asked here.")
    assert "No question was found" in told(empty, "--page").output
    assert "cannot be read" in str(told(tmp_path / "none.csv").exception)
