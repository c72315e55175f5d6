import csv
from pathlib import Path

import pytest

from bot.crm import csv_files
from bot.crm.card import CALLBACK
from bot.crm.csv_files import ADDED, CHANGED, REFUSED, SAME, export, import_file
from bot.crm.sql import SqlCrm
from bot.errors import CrmUnavailable, OwnerFileError

ORDER = "CK-77,ann,placed,2024-05-31T14:30:00Z,19.90"
ORDERS = "number,customer_id,status,placed_at,total\n"


def _file(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _what(crm: SqlCrm, folder: Path, text: str | bytes) -> list[tuple[int, str, str]]:
    return [(row.line, row.record, row.what) for row in import_file(crm, _file(folder, text))]


def test_every_row_has_its_word(crm: SqlCrm, tmp_path: Path) -> None:
    text = (
        "id,name,email\ndora,Dora,dora@example.com\nann,Ann Lee,ann@example.com\n,Nobody,\n\nemil,Emil,no\n"
    )
    outcomes = import_file(crm, _file(tmp_path, text))
    assert [(row.line, row.record, row.what) for row in outcomes] == [
        (2, "dora", ADDED),
        (3, "ann", CHANGED),
        (4, "", REFUSED),
        (6, "emil", REFUSED),
    ]
    assert outcomes[2].problem == "id is empty" and "email" in outcomes[3].problem
    assert (
        crm.card("ann").customer.name == "Ann Lee" and crm.card("dora").customer.email == "dora@example.com"
    )


def test_the_same_again_changes_nothing(crm: SqlCrm, tmp_path: Path) -> None:
    assert _what(crm, tmp_path, ORDERS + ORDER)[0][2] == ADDED
    assert _what(crm, tmp_path, ORDERS + ORDER)[0][2] == SAME
    assert crm.order("ann", "ck77").address == ""


def test_a_dry_run_says_the_same_and_takes_nothing(crm: SqlCrm, tmp_path: Path) -> None:
    path = _file(tmp_path, ORDERS + ORDER)
    assert [row.what for row in import_file(crm, path, dry_run=True)] == [ADDED]
    assert [row.what for row in import_file(crm, path)] == [ADDED]


@pytest.mark.parametrize("form", ["semicolons", "tabs", "bom", "crlf", "quoted"])
def test_files_as_spreadsheets_save_them(crm: SqlCrm, tmp_path: Path, form: str) -> None:
    text = "id,name\nzoe,Zoë"
    forms = {
        "semicolons": text.replace(",", ";").encode(),
        "tabs": text.replace(",", "\t").encode(),
        "bom": text.encode("utf-8-sig"),
        "crlf": text.replace("\n", "\r\n").encode(),
        "quoted": b'"ID","Name"\r\n"zoe","Zo\xc3\xab"\r\n',
    }
    assert _what(crm, tmp_path, forms[form]) == [(2, "zoe", ADDED)]
    assert crm.card("zoe").customer.name == "Zoë"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("CK-88,nobody,placed,2024-05-31,1", "import the customers first"),
        ("ck1,ann,placed,2024-05-31,1", "too much like CK-1"),
        ("CK-1,ann,placed,2024-05-31,1,5,6,7", "too many cells"),
        ("CK-88,ann", "status is empty"),
        ("CK-77,ann,placed,2024-05-31,1\nCK 77,ann,placed,2024-05-31,1", "stands in line 2 too"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(crm: SqlCrm, tmp_path: Path, row: str, said: str) -> None:
    last = import_file(crm, _file(tmp_path, ORDERS + row))[-1]
    assert last.what == REFUSED and said in last.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "columns that fit no kind"),
        (b"who,what\na,b", "columns that fit no kind"),
        (b"id,name,shoe size\na,b,43", "shoe size"),
        (b"id,name,name\na,b,c", "name"),
        (b"id,name\na,Ren\xe9", "UTF-8"),
        (b"id,name\na,b\x00c", "cannot be read"),
        (b'id,name\na,"never closed', "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(
    crm: SqlCrm, tmp_path: Path, text: bytes, said: str
) -> None:
    with pytest.raises(OwnerFileError, match=said) as problem:
        import_file(crm, _file(tmp_path, text))
    assert "file.csv" in str(problem.value)
    assert crm.find(identity="a") is None


def test_a_file_that_is_not_there_or_too_large(
    crm: SqlCrm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OwnerFileError, match="cannot be read"):
        import_file(crm, tmp_path / "none.csv")
    monkeypatch.setattr(csv_files, "LARGEST", 10)
    with pytest.raises(OwnerFileError, match="larger"):
        import_file(crm, _file(tmp_path, "id,name\na,Anna"))


def test_a_database_that_is_away_takes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CrmUnavailable):
        import_file(SqlCrm(f"sqlite:///{tmp_path}/none/x.db"), _file(tmp_path, "id,name\na,b"))


def test_what_is_exported_comes_back_as_it_was(crm: SqlCrm, tmp_path: Path) -> None:
    crm.add_note("ann", '=cmd|"/c calc"!A1', "+1, said “hello”\n@home", key="k1")
    crm.create_ticket(None, CALLBACK, "-Call <script>alert(1)</script>", key="k2")
    files = dict((path.name, rows) for path, rows in export(crm, tmp_path / "out"))
    assert files == {"customers.csv": 2, "orders.csv": 6, "tickets.csv": 1, "notes.csv": 1}
    for path in (tmp_path / "out").iterdir():
        assert path.stat().st_mode & 0o077 == 0
        with path.open(encoding="utf-8-sig", newline="") as file:
            for cell in (cell for row in csv.reader(file) for cell in row):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert {row.what for row in import_file(crm, path)} == {SAME}
    other = SqlCrm(f"sqlite:///{tmp_path / 'other.db'}")
    other.migrate()
    for name in files:
        assert {row.what for row in import_file(other, tmp_path / "out" / name)} == {ADDED}
    assert other.card("ann").as_dict()["orders"] == crm.card("ann").as_dict()["orders"]
    assert other.card("ann").notes == crm.card("ann").notes
    other.close()


def test_files_that_are_there_are_not_overwritten(crm: SqlCrm, tmp_path: Path) -> None:
    export(crm, tmp_path)
    with pytest.raises(OwnerFileError, match="is there already"):
        export(crm, tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(OwnerFileError, match="cannot be written"):
        export(crm, tmp_path / "file" / "x")
