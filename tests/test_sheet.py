"""A CSV file that nothing in a spreadsheet runs, and that replaces no other."""

from pathlib import Path

import pytest

from bot import sheet
from bot.errors import OwnerFileError


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-3, "-3"),
        ("=1+1", "'=1+1"),
        (" ＠x", "' ＠x"),
        ("a b", "a b"),
    ],
)
def test_a_cell_is_words_and_never_a_formula(tmp_path: Path, value: object, cell: str) -> None:
    assert sheet.write(tmp_path / "a.csv", ("what", "more"), [(value, 1)]) == 1
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig") == f"what,more\n{cell},1\n"


def test_it_is_the_owners_alone_and_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    sheet.write(path, ("what",), [("mine",)])
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(OwnerFileError, match="is there already"):
        sheet.write(path, ("what",), [])
    assert "mine" in path.read_text(encoding="utf-8-sig")
    with pytest.raises(OwnerFileError, match="cannot be written"):
        sheet.write(tmp_path / "none" / "a.csv", ("what",), [])
