"""The draft beside what is live: who runs, who ends, and what each answers."""

import asyncio
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from bot.errors import StudioError
from bot.settings import Settings
from bot.studio.files.patch import Patch
from bot.studio.trial import trial as trials
from bot.studio.trial.copies import Copy
from bot.studio.trial.trial import DRAFT, LIVE, Trial
from tests.desk.studio.desk import copied

FILE, ASKED = "data/faq/shipping_time.yml", "how long does delivery take?"


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings whose draft and whose published version are two copies of the demo's files."""
    folders = {"FILES": copied(tmp_path / "shop"), "LIVE": copied(tmp_path / "published")}
    own = {"VAR": tmp_path / "var", "MODELS": tmp_path / "models", **folders}
    if "rasa_model" in request.fixturenames:
        own["MODELS"] = request.getfixturevalue("rasa_model").parent
    return Settings.load({f"KINDHAND_{key}": str(value) for key, value in own.items()})


def nobody(secret: str) -> None:
    return None


async def until(true: Any, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def test_a_copy_that_nobody_talks_to_ends(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "IDLE", 0.05)
    monkeypatch.setattr(trials, "LOOK", 0.01)
    state = {"state": "off"}

    async def keep_up(self: Copy, author: str) -> None:
        state["state"] = "running"

    async def stop(self: Copy) -> None:
        state["state"] = "off"

    monkeypatch.setattr(trials, "_has_room", lambda: True)
    monkeypatch.setattr(Copy, "keep_up", keep_up)
    monkeypatch.setattr(Copy, "stop", stop)
    monkeypatch.setattr(Copy, "state", property(lambda self: state["state"] if self.name == DRAFT else "off"))
    trial = Trial(settings)
    trial.begin(DRAFT, "Sam")
    await until(lambda: state["state"] == "running")
    await until(lambda: state["state"] == "off")


async def test_one_copy_is_prepared_after_the_other(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, order = asyncio.Event(), []

    async def keep_up(self: Copy, author: str) -> None:
        order.append(self.name)
        await done.wait()

    monkeypatch.setattr(Copy, "keep_up", keep_up)
    monkeypatch.setattr(trials, "_has_room", lambda: True)
    trial = Trial(settings)
    for side in (DRAFT, LIVE, LIVE):
        trial.begin(side, "Sam")
    await until(lambda: bool(order))
    assert order == [DRAFT] and (await trial.state())[LIVE]["state"] == "preparing"
    done.set()
    await until(lambda: order == [DRAFT, LIVE])
    trial._watching.cancel()


async def test_who_talks_to_a_copy_that_is_not_there_is_told(settings: Settings) -> None:
    with pytest.raises(StudioError, match="Start it again"):
        await Trial(settings).say("sam", [DRAFT], ASKED, nobody)


@pytest.mark.slow
async def test_a_changed_answer_is_given_by_the_draft_and_not_by_the_live_one(
    rasa_model: Path, settings: Settings
) -> None:
    trial = Trial(settings)
    try:
        for copy in trial.copies.values():
            await copy.keep_up("Sam")
        told = await trial.say("sam", [LIVE, DRAFT], ASKED, nobody)
        assert told["differences"] == []
        assert told["turns"][DRAFT]["why"]["understood"]["intent"] == "shipping_time"
        assert told["turns"][DRAFT]["why"]["understood"]["nearest"]["likeness"] > 0.8

        patch = Patch((settings.files / FILE).read_text(), FILE)
        for place in range(len(patch.tree["responses"]["utter_shipping_time"])):
            patch.set(("responses", "utter_shipping_time", place, "text"), "By pigeon, at noon.")
        (settings.files / FILE).write_text(patch.text)
        assert (await trial.state())[DRAFT]["stale"]
        await trial.copies[DRAFT].keep_up("Sam")
        await trial.start_over("sam")
        told = await trial.say("sam", [LIVE, DRAFT], ASKED, nobody)
        assert [one["text"] for one in told["turns"][DRAFT]["answers"]] == ["By pigeon, at noon."]
        assert "pigeon" not in told["turns"][LIVE]["answers"][0]["text"]
        assert told["differences"] == ["Gives the same answer in other words."]

        told = await trial.say("sam", [DRAFT], "I want to talk to a person", nobody)
        assert told["turns"][DRAFT]["handed_over"]
        with pytest.raises(StudioError, match="Start over"):
            await trial.say("sam", [DRAFT], "hello?", nobody)
    finally:
        started = [copy._process.pid for copy in trial.copies.values() if copy._process]
        await trial.stop()
    assert len(started) == 2 and not [pid for pid in started if psutil.pid_exists(pid)]
