"""Files are written together or not at all, and nobody's words are overwritten."""

import os
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from bot.errors import OwnerFileError, StudioError, WrittenMeanwhile
from bot.studio.files import workspace
from bot.studio.files.workspace import Workspace


@pytest.fixture
def files(tmp_path: Path) -> Workspace:
    root = tmp_path / "shop"
    (root / "data" / "faq").mkdir(parents=True)
    (root / "domain.yml").write_text("intents: []\n")
    (root / "data" / "faq" / "decaf.yml").write_text("# decaf\n")
    (root / "data" / "notes.txt").write_text("mine\n")
    return Workspace(root, tmp_path / "aside")


def everything(files: Workspace) -> dict[str, str]:
    return {p.relative_to(files.root).as_posix(): p.read_text() for p in files.root.rglob("*") if p.is_file()}


def test_it_lists_what_the_assistant_is_taught_in(files: Workspace) -> None:
    assert files.names() == ["data/faq/decaf.yml", "domain.yml"]


def test_files_are_changed_made_and_deleted_together(files: Workspace) -> None:
    with files.edit("Ann") as edit:
        edit.write("domain.yml", edit.read("domain.yml").text + "# more\n")
        edit.write("data/faq/dogs.yml", "# dogs\n")
        edit.delete("data/faq/decaf.yml")
        assert edit.read("data/faq/dogs.yml").text == "# dogs\n" and not edit.has("data/faq/decaf.yml")
        assert files.names() == ["data/faq/decaf.yml", "domain.yml"]  # nothing yet
    assert everything(files) == {
        "domain.yml": "intents: []\n# more\n",
        "data/faq/dogs.yml": "# dogs\n",
        "data/notes.txt": "mine\n",
    }


def test_a_block_that_fails_changes_nothing(files: Workspace) -> None:
    before = everything(files)
    with pytest.raises(ZeroDivisionError), files.edit("Ann") as edit:
        edit.write("data/faq/dogs.yml", "# dogs\n")
        raise ZeroDivisionError
    assert everything(files) == before


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_full_disk_changes_nothing(files: Workspace, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    before, kept, times = everything(files), workspace._draft, iter(range(1, 9))

    def full(path: Path, content: bytes) -> Path:
        if next(times) == at:
            raise OSError(28, "No space left on device")
        return kept(path, content)

    monkeypatch.setattr(workspace, "_draft", full)
    refused = pytest.raises(StudioError, match="disk is full.*Nothing was changed")
    with refused if at < 3 else nullcontext(), files.edit("Ann") as edit:
        edit.write("domain.yml", edit.read("domain.yml").text + "# more\n")
        edit.write("data/faq/dogs.yml", "# dogs\n")
    # The third is only the note of who it was.
    assert (everything(files) == before) is (at < 3)


def test_a_rename_that_fails_half_way_is_taken_back(
    files: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, replace = everything(files), Path.replace

    def once(self: Path, target: Any) -> Any:
        if Path(target).name == "dogs.yml":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", once)
    with pytest.raises(StudioError, match="Nothing was changed"), files.edit("Ann") as edit:
        edit.write("domain.yml", edit.read("domain.yml").text + "# more\n")
        edit.write("data/faq/dogs.yml", "# dogs\n")
    assert everything(files) == before


def test_what_an_editor_wrote_meanwhile_stays(files: Workspace) -> None:
    with pytest.raises(WrittenMeanwhile, match="domain.yml"), files.edit("Ann") as edit:
        edit.write("data/faq/dogs.yml", "# dogs\n")
        edit.write("domain.yml", edit.read("domain.yml").text + "# more\n")
        (files.root / "domain.yml").write_text("intents: [theirs]\n")
    assert everything(files)["domain.yml"] == "intents: [theirs]\n"
    assert "data/faq/dogs.yml" not in everything(files)


def test_a_new_file_never_replaces_one_that_is_there(files: Workspace) -> None:
    with pytest.raises(WrittenMeanwhile), files.edit("Ann") as edit:
        edit.write("data/faq/decaf.yml", "# other\n")
    assert everything(files)["data/faq/decaf.yml"] == "# decaf\n"


def test_it_knows_who_wrote_a_file_until_an_editor_does(files: Workspace) -> None:
    assert files.hand("domain.yml") is None
    with files.edit("Ann") as edit:
        edit.write("domain.yml", edit.read("domain.yml").text + "# more\n")
    assert (hand := files.hand("domain.yml")) and hand.author == "Ann"
    (files.root / "domain.yml").write_text("intents: [x]\n")
    assert files.hand("domain.yml") is None


@pytest.mark.parametrize(
    "name",
    [
        "../x.yml",
        "data/../../x.yml",
        "/etc/passwd.yml",
        "bot/x.yml",
        "data/x.py",
        "",
        "data",
        "data/link/x.yml",
    ],
)
def test_it_stays_in_its_place(files: Workspace, name: str) -> None:
    os.symlink("/tmp", files.root / "data" / "link")
    with pytest.raises(StudioError, match="not a file"):
        files.read(name)


def test_a_file_that_cannot_be_used_is_named(files: Workspace) -> None:
    (files.root / "data" / "big.yml").write_text("x" * (workspace.LARGEST + 1))
    (files.root / "data" / "odd.yml").write_bytes(b"\xff\xfe")
    for name, why in [("big", "larger than 1 MB"), ("odd", "UTF-8"), ("none", "missing")]:
        with pytest.raises(OwnerFileError, match=why):
            files.read(f"data/{name}.yml")
    with pytest.raises(OwnerFileError, match="larger than 1 MB"), files.edit("Ann") as edit:
        edit.write("data/new.yml", "x" * (workspace.LARGEST + 1))
    assert not files.has("data/new.yml")


def test_the_folder_of_files_may_lie_elsewhere_and_nothing_in_it_leads_out(tmp_path: Path) -> None:
    volume, root = tmp_path / "volume", tmp_path / "shop"
    volume.mkdir()
    root.mkdir()
    (root / "data").symlink_to(volume)
    (volume / "tea.yml").write_text("one")
    (tmp_path / "secret.yml").write_text("key")
    (volume / "out.yml").symlink_to(tmp_path / "secret.yml")
    workspace = Workspace(root, tmp_path / "aside")
    with workspace.edit("Ann") as edit:
        edit.replace("data/tea.yml", workspace.read("data/tea.yml").digest, "two")
    assert (volume / "tea.yml").read_text() == "two" and (root / "data").is_symlink()
    with pytest.raises(StudioError):
        workspace.read("data/out.yml")
