"""`diff`, `publish`, `rollback` and `versions`, as somebody types them who likes files better."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from bot.cli import kindhand
from bot.errors import StudioError
from bot.settings import Settings
from bot.studio.publishing.live import Live
from tests.desk.studio.desk import copied

DECAF = "data/faq/decaf.yml"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An owner's files with a first version; nothing is learnt, and nothing runs."""
    shop = copied(tmp_path / "shop")
    for name, path in {"VAR": tmp_path / "var", "FILES": shop, "MODELS": tmp_path / "models"}.items():
        monkeypatch.setenv(f"KINDHAND_{name}", str(path))
    monkeypatch.setattr("bot.supervisor.training.train", lambda settings, log, told: None)
    monkeypatch.setattr("bot.studio.publishing.publish.rehearse", lambda *_: None)
    return shop


@pytest.fixture
def first(shop: Path) -> Path:
    live = Live(Settings.load())
    live.settle(live.begin())
    return shop


def run(*words: str) -> Result:
    return CliRunner().invoke(kindhand, words)


def change(shop: Path, new: str) -> None:
    path = shop / DECAF
    path.write_text(path.read_text(encoding="utf-8").replace("Yes: {decaf", new, 1), encoding="utf-8")


def test_before_the_first_start_nothing_was_published(shop: Path) -> None:
    for command in ("diff", "versions"):
        assert "the first ./kindhand up publishes" in run(command).stdout
    refused = run("rollback")
    assert isinstance(refused.exception, StudioError)


def test_a_change_is_told_published_and_taken_back(first: Path) -> None:
    before = (first / DECAF).read_bytes()
    assert "All is published: version 1." in run("diff").stdout
    change(first, "Of course: {decaf")
    told = run("diff")
    assert "Question “decaf”: answer changed" in told.stdout and "./kindhand publish" in told.stdout
    assert "Of course" not in told.stdout and "+         Of course" in run("diff", "--lines").stdout
    published = run("publish", "--note", "Friendlier", "--author", "Ann")
    assert published.exit_code == 0 and "Checking every file" in published.stderr
    assert "Version 2 is published. Kindhand is not running" in published.stdout
    listed = run("versions").stdout
    assert listed.index("Friendlier") < listed.index("As it was at the first start")
    assert "Question “decaf”: answer changed" in run("diff", "2").stdout
    change(first, "unpublished")
    (first / DECAF).write_text("nlu: []\n")
    back = run("rollback")
    assert "Version 3 is published" in back.stdout and "--undo brings it back" in back.stdout
    assert (first / DECAF).read_bytes() == before
    assert "Your files are as they were" in run("rollback", "--undo").stdout
    assert (first / DECAF).read_text() == "nlu: []\n"


def test_a_program_reads_it_as_json(first: Path) -> None:
    change(first, "Of course: {decaf")
    told = json.loads(run("diff", "--json").stdout)
    assert (told["count"], told["live"]["number"], told["changes"][0]["file"]) == (1, 1, DECAF)
    outcome = json.loads(run("publish", "--json").stdout)
    assert (outcome["version"]["number"], outcome["served"], outcome["kept"]) == (2, False, None)
    assert [one["number"] for one in json.loads(run("versions", "--json").stdout)["versions"]] == [2, 1]


def test_files_with_something_to_mend_are_not_published(first: Path) -> None:
    change(first, "{nobody_knows}")
    refused = run("publish")
    assert refused.exit_code == 1 and f"{DECAF}:" in refused.stderr and "1 to mend" in refused.stderr
    found = run("check", "--json")
    assert found.exit_code == 1 and json.loads(found.stdout)["problems"][0]["file"] == DECAF


@pytest.mark.parametrize(("options", "played"), [((), True), (("--no-rehearsal",), False)])
def test_scenes_are_played_first_unless_that_is_not_wanted(
    first: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], played: bool
) -> None:
    plays = SimpleNamespace(count=0)
    play = "bot.studio.publishing.publish.rehearse"
    monkeypatch.setattr(play, lambda *_: setattr(plays, "count", plays.count + 1))
    change(first, "Of course: {decaf")
    assert run("publish", *options).exit_code == 0 and plays.count == played
