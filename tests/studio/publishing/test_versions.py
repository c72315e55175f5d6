"""Published versions: numbered, never changed, read back as they were; and what is lost is said."""

import shutil
from pathlib import Path

import pytest

from bot.errors import StudioError
from bot.studio.publishing.versions import StoreDamaged, Versions

FILES = {"domain.yml": b"slots: {}\r\n", "data/faq/tea.yml": b"# ours\nnlu: []\n\xff"}


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "versions.git")


def published(versions: Versions, files: dict[str, bytes], note: str = "", author: str = "Ann"):
    version = versions.draft(files, author, note)
    versions.publish(version)
    return version


def test_before_the_first_there_is_nothing_and_nothing_is_made(versions: Versions) -> None:
    assert versions.newest() is None and versions.all() == [] and versions.kept() == []
    assert not versions.folder.exists()


def test_versions_are_numbered_and_keep_every_byte(versions: Versions) -> None:
    note = "First\n\nVersion: 7\n\nwith a ✓"
    first = published(versions, FILES, note)
    second = published(versions, {**FILES, "config.yml": b""}, author="Bea")
    assert versions.all() == [second, first] and versions.newest() == second
    assert (first.number, first.note, first.author) == (1, note, "Ann")
    assert (second.number, second.note, second.author) == (2, "", "Bea")
    assert versions.files(first) == FILES and versions.file(second, "domain.yml") == FILES["domain.yml"]
    assert versions.before(second) == first and versions.before(first) is None
    assert versions.numbered(1) == versions.find(first.id) == first
    with pytest.raises(StudioError, match="no version 3. They go from 1 to 2"):
        versions.numbered(3)


def test_a_draft_is_no_version_until_it_is_published(versions: Versions) -> None:
    first = published(versions, FILES)
    late, draft = (versions.draft({"domain.yml": text}, "Ann", "") for text in (b"x", b"y"))
    assert versions.newest() == first
    versions.publish(draft)
    with pytest.raises(StudioError, match="Another version was published meanwhile"):
        versions.publish(late)
    versions.withdraw(late)
    assert versions.newest() == draft
    versions.withdraw(draft)
    assert versions.all() == [first]


def test_work_is_put_aside_beside_the_versions(versions: Versions) -> None:
    first = published(versions, FILES)
    kept = versions.keep({"domain.yml": b"half"}, "Ann", "Half a thought")
    assert versions.kept() == [kept] and versions.all() == [first]
    assert (kept.number, kept.note) == (0, "Half a thought") and versions.find(kept.id) == kept
    versions.forget(kept)
    assert versions.kept() == []


def test_what_a_power_cut_has_left_locked_does_not_stay_so(versions: Versions) -> None:
    published(versions, FILES)
    (versions.folder / "refs" / "heads" / "published.lock").touch()
    versions.unlock()
    assert published(versions, {}).number == 2


def test_damage_is_said_and_the_versions_before_it_are_left_out(versions: Versions) -> None:
    first = published(versions, FILES)
    second = published(versions, {**FILES, "config.yml": b""})
    spoil(versions, first.id)
    assert versions.all() == [second] and versions.files(second)["domain.yml"] == FILES["domain.yml"]
    spoil(versions, second.id)
    for reading in (versions.newest, versions.all, lambda: versions.draft(FILES, "", "")):
        with pytest.raises(StoreDamaged, match="cannot be read any more"):
            reading()
    shutil.rmtree(versions.folder / "refs")
    with pytest.raises(StoreDamaged):
        versions.newest()


def test_a_full_disk_is_said(versions: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    first = published(versions, FILES)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.studio.publishing.versions.put", full)
    with pytest.raises(StudioError, match="The disk is full.*Nothing was changed"):
        versions.draft({"domain.yml": b"more"}, "Ann", "")
    assert versions.all() == [first]


def spoil(versions: Versions, id: str) -> None:
    path = versions.folder / "objects" / id[:2] / id[2:]
    path.chmod(0o644)
    path.write_bytes(b"\0" * 40)
