"""A brain that runs takes another model, or keeps the one it has."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import wiring
from bot.dialogue.loading import load
from bot.dialogue.replies import BusinessReplies
from bot.errors import ModelError, OwnerFileError
from bot.settings import ROOT, Settings
from tests.dialogue.test_channel import Brain, door


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The owner's files, which the brain works with."""
    folder = tmp_path / "files"
    shutil.copytree(ROOT / "data" / "business", folder / "data" / "business")
    settings = Settings.load({"KINDHAND_VAR": str(tmp_path / "var"), "KINDHAND_FILES": str(folder)})
    monkeypatch.setattr(wiring, "settings", lambda: settings)
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.tar.gz"
    path.write_bytes(b"a model")
    return path


def agent_that(problem: Exception | None = None) -> Any:
    """A bot whose model is `first` until it loads another one, or fails to after it let go of its own."""
    agent = SimpleNamespace(processor="first", nlg=BusinessReplies())

    def load_model(path: Path) -> None:
        agent.processor = None if problem else path.name
        if problem:
            raise problem

    agent.load_model = load_model
    return agent


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


async def test_it_answers_from_the_other_model_and_by_the_files_as_they_are_now(
    files: Path, model: Path
) -> None:
    agent = agent_that()
    assert agent.nlg._known_facts()["business_name"] == "Copper Kettle Coffee"
    replace(files / "data" / "business" / "business.yml", "name: Copper Kettle Coffee", "name: Tin Kettle")
    await load(agent, model)
    assert agent.processor == "model.tar.gz"
    assert agent.nlg._known_facts()["business_name"] == "Tin Kettle"


async def test_a_damaged_model_leaves_the_one_before(files: Path, model: Path) -> None:
    agent = agent_that(ValueError("not a gzip file\nand more"))
    with pytest.raises(ModelError, match="model.tar.gz cannot be used: not a gzip file$"):
        await load(agent, model)
    assert agent.processor == "first"


async def test_files_that_cannot_be_read_leave_all_as_it_was(files: Path, model: Path) -> None:
    agent = agent_that()
    (files / "data" / "business" / "hours.yml").write_text("monday: [")
    with pytest.raises(OwnerFileError):
        await load(agent, model)
    assert agent.processor == "first"
    assert agent.nlg._known_facts()["business_name"] == "Copper Kettle Coffee"


async def test_over_the_wire_it_needs_the_secret_and_says_what_is_wrong(files: Path, model: Path) -> None:
    agent = agent_that()
    async with door(Brain(), agent) as client:
        to = "/webhooks/desk/load"
        refused = await client.post(to, json={"model": str(model)}, headers={"X-Kindhand-Secret": "x" * 40})
        assert (refused.status_code, agent.processor) == (401, "first")
        assert (await client.post(to, json={"model": ""})).status_code == 400
        missing = await client.post(to, json={"model": str(model.with_name("other.tar.gz"))})
        assert (missing.status_code, missing.json()["error"]) == (409, "not_loaded")
        assert "There is no model" in missing.json()["text"]
        assert (await client.post(to, json={"model": str(model)})).status_code == 200
    assert agent.processor == "model.tar.gz"
