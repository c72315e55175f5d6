"""A private copy keeps up with the files, or says in words why not; what ran before goes on."""

from pathlib import Path
from typing import Any

import pytest

from bot.errors import StudioError
from bot.settings import Settings
from bot.studio.jobs import CANCELLED, CUT_SHORT, DONE, RUNNING, STOPPED, Job
from bot.studio.trial import copies
from bot.studio.trial.copies import Copy, write_files
from bot.supervisor import training
from tests.desk.studio.desk import copied


class FakeJobs:
    """A training that ends at once, as it is told."""

    def __init__(self, end: str, problem: str = "") -> None:
        self.end, self.problem, self.started = end, problem, 0

    def start(self, name: str, argv: Any, author: str, **more: Any) -> Job:
        self.started += 1
        return Job(name, author, "", RUNNING)

    def state(self, name: str) -> Job | None:
        result = {"model": "m"} if self.end == DONE else None
        return Job(name, "Sam", "", self.end, problem=self.problem, result=result) if self.started else None


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    own = {"VAR": tmp_path / "var", "MODELS": tmp_path / "models", "FILES": copied(tmp_path / "shop")}
    return Settings.load({f"KINDHAND_{key}": str(value) for key, value in own.items()})


def copy_of(settings: Settings, jobs: Any) -> Copy:
    return Copy("draft", lambda: settings.files, settings, jobs, basis=lambda: settings.files)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Take note of starts instead of starting anything."""
    noted: list[bool] = []

    async def start(self: Copy, trained: bool) -> None:
        noted.append(trained)

    monkeypatch.setattr(Copy, "_start", start)
    return noted


@pytest.mark.parametrize(("end", "problem"), [(STOPPED, CUT_SHORT), (CANCELLED, "It was cancelled.")])
async def test_a_training_that_came_to_nothing_is_told(
    settings: Settings, started: list[bool], end: str, problem: str
) -> None:
    copy = copy_of(settings, FakeJobs(end, problem))
    with pytest.raises(StudioError, match=problem[:12]):
        await copy.keep_up("Sam")
    assert copy.problem == problem and copy.tree == "" and copy.step == ""


async def test_files_with_faults_are_not_trained_from(settings: Settings, started: list[bool]) -> None:
    (settings.files / "data/faq/decaf.yml").write_text("nlu: [\n")
    jobs = FakeJobs(DONE)
    with pytest.raises(StudioError, match="data/faq/decaf.yml:2.*Until that is mended"):
        await copy_of(settings, jobs).keep_up("Sam")
    assert not jobs.started and not started


@pytest.mark.parametrize("content", [b"", b"half a model"])
async def test_a_damaged_model_is_trained_again(
    settings: Settings, started: list[bool], content: bytes
) -> None:
    copy = copy_of(settings, jobs := FakeJobs(STOPPED, CUT_SHORT))
    settings.models.mkdir()
    path = training.model_path(settings)
    path.write_bytes(content)
    path.with_name(f"{path.name}.sha256").write_text("the digest of the whole one\n")
    with pytest.raises(StudioError):
        await copy.keep_up("Sam")
    assert jobs.started == 1


async def test_a_copy_that_does_not_start_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies.sys, "executable", "/bin/false")
    copy = copy_of(settings, FakeJobs(STOPPED, CUT_SHORT))
    monkeypatch.setattr(Copy, "_model", lambda self, wanted, author: _nothing())
    with pytest.raises(StudioError, match="did not start"):
        await copy.keep_up("Sam")
    assert copy.state == "off"


async def _nothing() -> Path:
    return Path("m")


async def test_a_full_disk_is_told(settings: Settings) -> None:
    copy = copy_of(settings, FakeJobs(DONE))
    copy.files.parent.parent.mkdir(parents=True)
    copy.files.parent.write_text("a file where the folder should be")
    with pytest.raises(StudioError, match="Make room"):
        await copy.keep_up("Sam")


def test_a_folder_has_these_files_and_no_others(tmp_path: Path) -> None:
    write_files({"data/a.yml": b"a", "data/faq/b.yml": b"b", "domain.yml": b"d"}, tmp_path)
    before = (tmp_path / "data/a.yml").stat().st_mtime_ns
    write_files({"data/a.yml": b"a", "domain.yml": b"new"}, tmp_path)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert found == {"data", "data/a.yml", "domain.yml"}
    assert (tmp_path / "domain.yml").read_bytes() == b"new"
    assert (tmp_path / "data/a.yml").stat().st_mtime_ns == before, "what is the same is not written"
