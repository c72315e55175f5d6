"""Publishing and taking back: all of it or nothing, and whatever goes wrong the live version stays."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.errors import OwnerFileError, StartError, StudioError, WrittenMeanwhile
from bot.settings import Settings
from bot.studio.files.workspace import Workspace
from bot.studio.publishing.live import Live, snapshot
from bot.studio.publishing.objects import tree_of
from bot.studio.publishing.publish import LONGEST_NOTE, Publishing
from bot.studio.publishing.versions import Version, Versions
from bot.supervisor import training

TEA = "data/faq/tea.yml"


class Product:
    """Stands for the running product: what it serves, and what befalls it at the next switch."""

    def __init__(self) -> None:
        self.serving_now: Path | None = None
        self.befalls: Callable[[], object] = lambda: None
        self.falls_late = False  # after visitors were passed on
        self.falls_while_passing: Path | None = None  # where to: they were not, but will be

    def __call__(self, var: Path) -> "Product":
        return self

    def running(self) -> bool:
        return self.serving_now is not None

    def serving(self) -> Path | None:
        return self.serving_now

    def settled(self) -> Path | None:
        if self.falls_while_passing:
            self.serving_now = self.falls_while_passing
        return self.serving_now

    def switch(self, folder: Path) -> Iterator[str]:
        yield "Starting the new assistant"
        if not self.falls_late:
            self.befalls()
        self.serving_now = folder
        if self.falls_late:
            self.befalls()
        yield "Visitors talk to it"


@pytest.fixture
def product(monkeypatch: pytest.MonkeyPatch) -> Product:
    product = Product()
    monkeypatch.setattr("bot.studio.publishing.publish.Control", product)
    return product


@pytest.fixture(autouse=True)
def trained(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were trained; nothing is learnt."""
    folders: list[Path] = []
    monkeypatch.setattr(
        "bot.supervisor.training.train", lambda settings, log, told: folders.append(settings.served)
    )
    monkeypatch.setattr("bot.studio.publishing.publish.check", lambda root, settings: [])
    return folders


@pytest.fixture
def settings(tmp_path: Path, product: Product) -> Settings:
    shop = tmp_path / "shop"
    (shop / TEA).parent.mkdir(parents=True)
    (shop / "domain.yml").write_text("slots: {}\n")
    known = {"VAR": tmp_path / "var", "FILES": shop, "MODELS": tmp_path / "models"}
    settings = Settings.load({f"KINDHAND_{name}": str(path) for name, path in known.items()})
    write(settings, "one")
    live = Live(settings)
    live.settle(live.begin())
    product.serving_now = live.folder(newest(settings))
    return settings


def write(settings: Settings, text: str) -> None:
    (settings.files / TEA).write_text(text)


def newest(settings: Settings) -> Version:
    found = Live(settings).newest()
    assert found
    return found


def publish(settings: Settings, text: str, note: str = "") -> Version:
    write(settings, text)
    return Publishing(settings, "Ann").publish(note).version


def served(product: Product) -> str:
    assert product.serving_now
    return (product.serving_now / TEA).read_text()


def test_publishing_trains_switches_and_says_each_step(
    settings: Settings, product: Product, trained: list[Path]
) -> None:
    write(settings, "two")
    steps: list[Mapping[str, Any]] = []
    outcome = Publishing(settings, "Ann", steps.append).publish(" With\x00 a ✓ " + "x" * 900)
    version = outcome.version
    assert (version.number, version.author) == (2, "Ann") and newest(settings) == version
    assert version.note.startswith("With a ✓") and len(version.note) == LONGEST_NOTE
    assert outcome.served and served(product) == "two" and product.serving_now in trained
    said = [step["step"] for step in steps]
    assert said == sorted(set(said), key=said.index) and said[-1] == "Visitors talk to it"


def test_while_it_is_not_running_the_next_start_makes_it_live(settings: Settings, product: Product) -> None:
    product.serving_now = None
    write(settings, "two")
    outcome = Publishing(settings, "Ann").publish("")
    assert not outcome.served and newest(settings) == outcome.version


def test_half_of_what_somebody_saves_is_never_published(settings: Settings) -> None:
    half_way = threading.Event()

    def save() -> None:
        with Workspace(settings.files, settings.var / "studio").still():
            write(settings, "half")
            half_way.set()
            time.sleep(0.3)
            write(settings, "whole")

    saving = threading.Thread(target=save)
    saving.start()
    assert half_way.wait(10)
    version = Publishing(settings, "Ann").publish("").version
    saving.join()
    assert Live(settings).versions.files(version)[TEA] == b"whole"


def test_what_was_published_is_not_published_again(settings: Settings) -> None:
    with pytest.raises(StudioError, match="nothing to publish: all is in version 1"):
        Publishing(settings, "Ann").publish("")


def test_who_saw_other_changes_than_there_are_is_shown_those_first(settings: Settings) -> None:
    write(settings, "two")
    seen = tree_of(snapshot(settings.files))
    write(settings, "three")
    with pytest.raises(WrittenMeanwhile):
        Publishing(settings, "Ann").publish("", known=seen)
    assert newest(settings).number == 1


def test_files_with_something_to_mend_are_not_published(
    settings: Settings, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = [OwnerFileError(TEA, 3, "is wrong", "Mend it"), OwnerFileError(TEA, 4, "too", "Mend it")]
    monkeypatch.setattr("bot.studio.publishing.publish.check", lambda root, settings: problems)
    with pytest.raises(StudioError, match=r"tea.yml:3: is wrong. Mend it \(and 1 more to mend\)"):
        publish(settings, "two")
    assert newest(settings).number == 1 and served(product) == "one"


@pytest.mark.parametrize("problem", [StartError("It did not start."), KeyboardInterrupt(), MemoryError()])
def test_where_the_switch_does_not_work_the_version_before_goes_on(
    settings: Settings, product: Product, problem: BaseException
) -> None:
    def fail() -> None:
        raise problem

    product.befalls = fail
    with pytest.raises(type(problem)):
        publish(settings, "two")
    assert newest(settings).number == 1 and served(product) == "one"
    assert (settings.files / TEA).read_text() == "two"
    product.befalls = lambda: None
    assert Publishing(settings, "Ann").publish("").version.number == 2


def test_scenes_are_played_before_anything_is_trained_and_what_goes_worse_is_not_published(
    settings: Settings, product: Product, trained: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def rehearse(live: Settings, author: str, *trees: object) -> None:
        asked.append((live.served, author, *trees[:2]))
        raise StudioError("One scene goes worse.")

    monkeypatch.setattr("bot.studio.publishing.publish.rehearse", rehearse)
    write(settings, "two")
    scenes = settings.files / "data" / "rehearsals"
    publishing = Publishing(settings, "Ann")
    assert publishing.publish("", rehearsed=True).version.number == 2, "there are no scenes"
    scenes.mkdir()
    (scenes / "mine.jsonl").write_text('{"id": "a"}\n')
    live, trained[:] = newest(settings), []
    with pytest.raises(StudioError, match="One scene goes worse"):
        publishing.publish("", rehearsed=True)
    assert asked == [(product.serving_now, "Ann", tree_of(snapshot(settings.files)), live.tree)]
    assert newest(settings) == live and trained == []
    assert publishing.publish("").version.number == 3


def test_training_that_is_killed_half_way_changes_nothing(
    settings: Settings, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise StartError("Training failed")

    monkeypatch.setattr("bot.supervisor.training.train", killed)
    with pytest.raises(StartError):
        publish(settings, "two")
    assert newest(settings).number == 1 and served(product) == "one"


def test_who_cancels_too_late_has_published(settings: Settings, product: Product) -> None:
    def cancel() -> None:
        raise KeyboardInterrupt

    product.befalls, product.falls_late = cancel, True
    assert publish(settings, "two") == newest(settings) and served(product) == "two"


def test_who_cancels_while_visitors_are_passed_on_has_published(settings: Settings, product: Product) -> None:
    def cancel() -> None:
        product.falls_while_passing = Live(settings).folder(newest(settings))
        raise KeyboardInterrupt

    product.befalls = cancel
    assert publish(settings, "two") == newest(settings) and served(product) == "two"
    assert newest(settings).number == 2


def test_who_cancels_at_the_very_end_has_published_all_of_it(
    settings: Settings, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin, interrupts = training.pin, iter([KeyboardInterrupt()])

    def interrupted(served: Settings) -> None:
        for interrupt in interrupts:
            raise interrupt
        pin(served)

    monkeypatch.setattr(training, "pin", interrupted)
    version = publish(settings, "two")
    assert version == newest(settings) and served(product) == "two"
    (note,) = settings.models.glob(f"*{training.PIN}")
    assert training.model_path(Live(settings).settings(version)).name in note.read_text()


def test_who_cancels_just_before_the_switch_has_not_published(
    settings: Settings, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(product, "running", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(settings, "two")
    assert newest(settings).number == 1 and served(product) == "one"


def test_after_a_power_cut_before_the_switch_publishing_again_makes_it_live(
    settings: Settings, product: Product
) -> None:
    before = product.serving_now
    version = publish(settings, "two")
    product.serving_now = before
    outcome = Publishing(settings, "Ann").publish("")
    assert outcome.version == version and served(product) == "two"


def test_two_publishes_at_once_are_one(settings: Settings, product: Product) -> None:
    in_the_middle, go_on = threading.Event(), threading.Event()
    product.befalls = lambda: (in_the_middle.set(), go_on.wait(10))
    one = threading.Thread(target=publish, args=(settings, "two"))
    one.start()
    assert in_the_middle.wait(10)
    with pytest.raises(StudioError, match="being published right now"):
        Publishing(settings, "Bea").publish("")
    go_on.set()
    one.join()
    assert newest(settings).number == 2


def test_taking_back_publishes_the_older_files_and_puts_unpublished_work_aside(
    settings: Settings, product: Product
) -> None:
    first = newest(settings)
    publish(settings, "two")
    write(settings, "half a thought")
    (settings.files / "data/faq/new.yml").write_bytes(b"\xff no text")
    outcome = Publishing(settings, "Ann").take_back(first)
    assert (outcome.version.number, outcome.version.note) == (3, "Back to version 1")
    assert served(product) == "one" and (settings.files / TEA).read_text() == "one"
    assert not (settings.files / "data/faq/new.yml").exists()
    assert outcome.kept and Live(settings).versions.kept() == [outcome.kept]
    Publishing(settings, "Ann").bring_back(outcome.kept)
    assert (settings.files / TEA).read_text() == "half a thought"
    assert (settings.files / "data/faq/new.yml").read_bytes() == b"\xff no text"
    assert Live(settings).versions.kept() == [] and served(product) == "one"


def test_what_is_saved_while_a_version_is_taken_back_is_put_aside_too(
    settings: Settings, product: Product
) -> None:
    first = newest(settings)
    publish(settings, "two")
    product.befalls = lambda: write(settings, "saved meanwhile")
    kept = Publishing(settings, "Ann").take_back(first).kept
    assert (settings.files / TEA).read_text() == "one"
    assert kept and Live(settings).versions.files(kept)[TEA] == b"saved meanwhile"


def test_what_an_editor_saves_in_the_very_moment_of_giving_up_stays(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Versions.keep

    def keep_while_somebody_types(self: Versions, *about: Any) -> Version:
        write(settings, "typed in the same moment")
        return keep(self, *about)

    monkeypatch.setattr(Versions, "keep", keep_while_somebody_types)
    write(settings, "half a thought")
    with pytest.raises(WrittenMeanwhile):
        Publishing(settings, "Ann").discard()
    assert (settings.files / TEA).read_text() == "typed in the same moment"
    (kept,) = Live(settings).versions.kept()
    assert Live(settings).versions.files(kept)[TEA] == b"half a thought"


def test_nothing_is_put_aside_that_a_version_has(settings: Settings) -> None:
    first = newest(settings)
    publish(settings, "two")
    assert Publishing(settings, "Ann").take_back(first).kept is None
    with pytest.raises(StudioError, match="That is what is live: version 3"):
        Publishing(settings, "Ann").take_back(first)


def test_a_version_that_does_not_start_any_more_leaves_the_owners_files_alone(
    settings: Settings, product: Product
) -> None:
    first = newest(settings)
    publish(settings, "two")
    write(settings, "half a thought")

    def fail() -> None:
        raise StartError("It did not start.")

    product.befalls = fail
    with pytest.raises(StartError):
        Publishing(settings, "Ann").take_back(first)
    assert (settings.files / TEA).read_text() == "half a thought" and served(product) == "two"


def test_giving_up_changes_puts_them_aside(settings: Settings) -> None:
    write(settings, "half a thought")
    kept = Publishing(settings, "Ann").discard()
    assert kept and (settings.files / TEA).read_text() == "one"
    assert Live(settings).versions.files(kept)[TEA] == b"half a thought"
    assert Publishing(settings, "Ann").discard() is None
