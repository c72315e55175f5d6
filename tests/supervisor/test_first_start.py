"""What `kindhand up` serves: the version published last; at the first start the files as they are."""

import os
from pathlib import Path

import pytest
from rich.console import Console

from bot.errors import ModelError, StartError
from bot.settings import Settings
from bot.studio.publishing.live import Live, snapshot
from bot.supervisor import training
from bot.supervisor.steps import Steps
from bot.supervisor.up import prepare, to_serve
from tests.desk.studio.desk import copied

DECAF = "data/faq/decaf.yml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    known = {"VAR": tmp_path / "var", "FILES": copied(tmp_path / "shop"), "MODELS": tmp_path / "models"}
    return Settings.load({f"KINDHAND_{name}": str(path) for name, path in known.items()})


def spoil(settings: Settings) -> None:
    (settings.files / DECAF).write_text("nlu: [\n")


def test_the_first_start_begins_with_the_files_as_they_are(settings: Settings) -> None:
    live = Live(settings)
    version = to_serve(live, settings, pytest.fail)
    assert version and version.number == 1
    assert snapshot(live.folder(version)) == snapshot(settings.files)


def test_files_with_something_to_mend_are_no_first_version(settings: Settings) -> None:
    spoil(settings)
    with pytest.raises(StartError, match=DECAF):
        to_serve(Live(settings), settings, pytest.fail)
    assert Live(settings).versions.newest() is None


def test_after_that_unfinished_work_keeps_nothing_from_starting(settings: Settings) -> None:
    live = Live(settings)
    first = live.begin()
    live.settle(first)
    spoil(settings)
    assert to_serve(live, settings, pytest.fail) == first


def test_a_version_that_this_program_cannot_serve_is_named_with_the_mend(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = Live(settings)
    spoil(settings)
    live.settle(live.begin())
    with pytest.raises(StartError, match=rf"{DECAF}.*in version 1, which is live.*kindhand publish"):
        to_serve(live, settings, pytest.fail)


def test_what_the_settings_name_is_served_as_it_is(settings: Settings) -> None:
    given = Settings.load({"KINDHAND_LIVE": str(settings.files), "KINDHAND_VAR": str(settings.var)})
    assert to_serve(Live(given), given, pytest.fail) is None
    spoil(settings)
    with pytest.raises(StartError, match=DECAF):
        to_serve(Live(given), given, pytest.fail)


def test_a_damaged_model_is_trained_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = training.model_path(settings)

    def learn(path: Path, *_: object, **__: object) -> None:
        path.write_bytes(b"learnt")
        training._seal(path).write_text(training._digest(path))

    monkeypatch.setattr(training, "_train", learn)
    quiet = Steps(Console(quiet=True))
    assert prepare(settings, quiet) == path
    path.write_bytes(b"spoilt")
    with pytest.raises(ModelError):
        training.verified(path)
    assert prepare(settings, quiet) == path and path.read_bytes() == b"learnt"
    path.write_bytes(b"half of it")
    training._seal(path).unlink()  # as a training leaves it that was killed
    assert prepare(settings, quiet) == path and path.read_bytes() == b"learnt"


def test_the_model_that_is_served_outlives_others(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = training.model_path(settings)
    training.pin(settings)
    served.touch()
    others = [settings.models / f"kindhand-{number}.tar.gz" for number in range(5)]
    for other in others:
        other.touch()
        training._forget_old(settings.models, keep=other)
    assert served.exists() and sum(other.exists() for other in others) == training.KEEP
    settings.var.rename(tmp_path / "gone")
    training._forget_old(settings.models, keep=others[-1])
    assert not list(settings.models.glob(f"*{training.PIN}"))


def test_an_older_model_that_is_asked_for_again_outlives_others_until_it_is_served(
    settings: Settings, tmp_path: Path
) -> None:
    wanted = training.model_path(settings)
    others = [settings.models / f"kindhand-{number}.tar.gz" for number in range(training.KEEP)]
    settings.models.mkdir(exist_ok=True)
    for model in (wanted, *others):
        model.touch()
    training._seal(wanted).write_text(training._digest(wanted))
    for second, model in enumerate((wanted, *others)):
        os.utime(model, (second, second))
    assert training.train(settings, tmp_path / "log") == wanted
    training._forget_old(settings.models, keep=others[-1])  # somebody trains another
    assert wanted.exists() and not others[0].exists()
