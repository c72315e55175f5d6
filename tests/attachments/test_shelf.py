import errno
import os
from pathlib import Path

import pytest

from bot.attachments.refusals import AttachmentRefused
from bot.attachments.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "attachments")


def put(shelf: Shelf, conversation: str, id: str, *, small: bool = True) -> int:
    with shelf.desk() as place:
        (place / "whole").write_bytes(b"whole of " + id.encode())
        if small:
            (place / "small").write_bytes(b"small of " + id.encode())
        return shelf.put(place, conversation, id)


def content(shelf: Shelf, conversation: str, id: str, *, small: bool = False) -> bytes | None:
    file = shelf.open(conversation, id, small=small)
    if file is None:
        return None
    with file:
        return file.read()


def test_what_is_put_can_be_read_again(shelf: Shelf) -> None:
    assert put(shelf, "c1", "f1") == len(b"whole of f1")
    assert content(shelf, "c1", "f1") == b"whole of f1"
    assert content(shelf, "c1", "f1", small=True) == b"small of f1"


def test_without_a_small_one_there_is_the_whole(shelf: Shelf) -> None:
    put(shelf, "c1", "f1", small=False)
    assert content(shelf, "c1", "f1", small=True) == b"whole of f1"


def test_a_file_is_found_in_its_own_conversation_only(shelf: Shelf) -> None:
    put(shelf, "c1", "f1")
    assert content(shelf, "c2", "f1") is None and content(shelf, "c1", "f2") is None


def test_nobody_else_can_look(shelf: Shelf, tmp_path: Path) -> None:
    put(shelf, "c1", "f1")
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "attachments/c1").iterdir()}
    assert modes == {"f1": "0o600", "f1.small": "0o600"}
    assert (tmp_path / "attachments/c1").stat().st_mode & 0o777 == 0o700


def test_removing_takes_one_or_all(shelf: Shelf, tmp_path: Path) -> None:
    for id in ("f1", "f2"):
        put(shelf, "c1", id)
    put(shelf, "c2", "f3")
    shelf.remove("c1", "f1")
    assert content(shelf, "c1", "f1", small=True) is None and content(shelf, "c1", "f2")
    shelf.clear("c1")
    shelf.clear("never")
    assert sorted(path.name for path in (tmp_path / "attachments").iterdir()) == [".arriving", "c2"]


def test_a_sweep_takes_what_belongs_to_nothing(shelf: Shelf, tmp_path: Path) -> None:
    for conversation, id in (("c1", "f1"), ("c1", "lost"), ("gone", "f2")):
        put(shelf, conversation, id)
    arriving = tmp_path / "attachments/.arriving/killed"
    arriving.mkdir(parents=True)
    (arriving / "sent").write_bytes(b"half a file")
    assert shelf.sweep({("c1", "f1"), ("c3", "f2")}) == 4
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert left == ["attachments/c1/f1", "attachments/c1/f1.small"]
    assert not (tmp_path / "attachments/gone").exists()


def test_a_sweep_of_nothing(shelf: Shelf) -> None:
    assert shelf.sweep(set()) == 0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_as_such(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(AttachmentRefused) as refused:
        put(shelf, "c1", "f1")
    assert (refused.value.code, refused.value.status) == ("no_room", 507)
