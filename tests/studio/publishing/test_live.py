"""What is served: unpacked as published, mended when not left alone, kept when all else is lost."""

import os
import shutil
from pathlib import Path

import pytest

from bot.errors import OwnerFileError, StudioError
from bot.settings import Settings
from bot.studio.publishing.live import KEEP, Live, snapshot
from bot.studio.publishing.versions import Version

TEA = "data/faq/tea.yml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shop = tmp_path / "shop"
    write(shop, b"nlu: []\n")
    (shop / "domain.yml").write_text("slots: {}\n")
    return Settings.load({"KINDHAND_VAR": str(tmp_path / "var"), "KINDHAND_FILES": str(shop)})


@pytest.fixture
def live(settings: Settings) -> Live:
    return Live(settings)


def write(shop: Path, content: bytes) -> None:
    (shop / TEA).parent.mkdir(parents=True, exist_ok=True)
    (shop / TEA).write_bytes(content)


def first(live: Live) -> Version:
    version = live.begin()
    live.settle(version)
    return version


def test_the_first_version_is_what_is_there_once_it_is_settled(live: Live, settings: Settings) -> None:
    assert live.newest() is None
    version = live.begin()
    assert live.newest() is None, "it could turn out that it cannot be trained"
    live.settle(version)
    assert live.newest() == version and version.number == 1
    assert snapshot(live.folder(version)) == snapshot(settings.files)
    assert live.settings(version).served == live.folder(version)


def test_an_edit_of_the_owners_files_changes_nothing_that_is_served(live: Live, settings: Settings) -> None:
    version = first(live)
    write(settings.files, b"other")
    assert (live.folder(version) / TEA).read_bytes() == b"nlu: []\n"


@pytest.mark.parametrize("harm", ["edited", "deleted", "added"])
def test_what_was_done_to_the_copy_is_undone_at_the_next_start(live: Live, harm: str) -> None:
    version = first(live)
    folder = live.folder(version)
    if harm == "deleted":
        shutil.rmtree(folder)
    else:
        (folder / ("data/faq/new.yml" if harm == "added" else TEA)).write_text("nlu: [broken")
    assert live.newest() == version
    assert snapshot(folder) == live.versions.files(version)


@pytest.mark.parametrize("harm", ["damaged", "gone"])
def test_when_the_versions_are_lost_what_is_live_stays_live(
    live: Live, settings: Settings, harm: str
) -> None:
    version = first(live)
    write(settings.files, b"not published")
    if harm == "gone":
        shutil.rmtree(live.versions.folder)
    else:
        (live.versions.folder / "refs" / "heads" / "published").write_bytes(b"\0" * 41)
    told: list[str] = []
    anew = live.newest(told.append)
    assert anew and anew.number == 1 and live.versions.files(anew)[TEA] == b"nlu: []\n"
    assert anew.tree == version.tree and len(told) == 1 and "What is live stays live" in told[0]
    aside = list(live.versions.folder.parent.glob("versions-damaged-*.git"))
    assert len(aside) == (harm == "damaged")
    assert live.newest(told.append) == anew and len(told) == 1


def test_when_nothing_is_left_that_is_said_and_nothing_is_published(live: Live, settings: Settings) -> None:
    first(live)
    shutil.rmtree(settings.var / "studio" / "live")
    (live.versions.folder / "refs" / "heads" / "published").write_bytes(b"\0" * 41)
    with pytest.raises(StudioError, match="from a copy, or move it away"):
        live.newest()


def test_one_publishes_at_a_time(live: Live, settings: Settings) -> None:
    with (
        live.alone(),
        pytest.raises(StudioError, match="being published right now"),
        Live(settings).alone(),
    ):
        raise AssertionError("two at once")
    with live.alone():
        pass


def test_old_folders_go_and_what_is_live_stays(live: Live, settings: Settings) -> None:
    oldest = first(live)
    for number in range(KEEP + 2):
        write(settings.files, b"# %d\n" % number)
        version = live.versions.draft(snapshot(settings.files), "Ann", "")
        live.unpack(version)
        live.versions.publish(version)
    live.point(oldest)
    live.forget_old()
    folders = [path for path in live.folder(oldest).parent.iterdir() if path.is_dir()]
    assert live.folder(oldest) in folders and len(folders) == KEEP
    assert live.unpack(live.versions.numbered(2)).is_dir()


def test_what_the_running_product_serves_stays(
    live: Live, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = live.folder(first(live))
    monkeypatch.setattr("bot.studio.publishing.live.Control.serving", lambda self: served)
    for number in range(KEEP + 2):  # published, and something cut each switch short
        write(settings.files, b"# %d\n" % number)
        version = live.versions.draft(snapshot(settings.files), "Ann", "")
        os.utime(live.unpack(version), (number + 1, number + 1))
        live.versions.publish(version)
    os.utime(served, (0, 0))
    live.point(version)
    live.forget_old()
    assert served.is_dir() and live.folder(version).is_dir()
    assert not live.folder(live.versions.numbered(2)).exists()


def test_a_disk_that_takes_no_more_is_said(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    version = first(live)
    shutil.rmtree(live.folder(version))

    def full(self: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StudioError, match="No space left on device"):
        live.unpack(version)
    monkeypatch.undo()
    assert [path.name for path in live.folder(version).parent.iterdir()] == ["current"]


def test_far_too_large_a_file_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.studio.publishing.live.LARGEST", 5)
    with pytest.raises(OwnerFileError, match="tea.yml: is larger than"):
        snapshot(settings.files)
