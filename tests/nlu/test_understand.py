"""The pipeline of config.yml, trained by Rasa itself on a small business."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.errors import ModelError, OwnerFileError
from bot.nlu.understand import understand
from bot.settings import ROOT
from tests.nlu.project import EXAMPLES


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from rasa.model_training import train_nlu

    folder = tmp_path_factory.mktemp("project")
    nlu = [
        {"intent": name, "examples": "".join(f"- {text}\n" for text in texts)}
        for name, texts in EXAMPLES.items()
    ]
    YAML().dump({"version": "3.1", "nlu": nlu}, folder / "nlu.yml")
    config = YAML(typ="safe").load(ROOT / "config.yml")
    del config["policies"]
    YAML().dump(config, folder / "config.yml")
    trained = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
    assert trained
    return Path(trained)


def _ask(model: Path, *texts: str) -> list[dict[str, Any]]:
    return list(understand([json.dumps({"id": i, "text": text}) for i, text in enumerate(texts)], model))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("where has my parcel got to", "check_order_status"),
        ("wher is my parcl", "check_order_status"),
        ("WHAT ARE YOUR OPNING HOURS", "opening_hours"),
        ("\U0001f44d", "affirm"),
        ("/cancel_order", "cancel_order"),
        ("/hello", "greet"),
        ("what is the capital of Peru", "nlu_fallback"),
        ("/restart", "nlu_fallback"),
        ("", "nlu_fallback"),
        ("?!?!", "nlu_fallback"),
        ("\ud800", "nlu_fallback"),
        ("zyx " * 5000, "nlu_fallback"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_sentences_have_their_intent(model: Path, text: str, intent: str) -> None:
    [answer] = _ask(model, text)
    assert answer["intent"] == intent
    assert 0 <= answer["confidence"] <= 1


def test_answers_keep_order_and_ids_over_many_batches(model: Path) -> None:
    answers = _ask(model, *(["hello", "cancel my order"] * 100))
    assert [answer["id"] for answer in answers] == list(range(200))
    assert {answer["intent"] for answer in answers[::2]} == {"greet"}
    assert {answer["confidence"] for answer in answers[1::2]} == {
        _ask(model, "cancel my order")[0]["confidence"]
    }


def test_in_a_conversation_the_ranking_stays_and_payloads_win(model: Path) -> None:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    doubted = asyncio.run(agent.parse_message("what is the capital of Peru"))
    assert doubted["intent"]["name"] == "nlu_fallback"
    nearest = [topic["name"] for topic in doubted["intent_ranking"][1:3]]
    assert set(nearest) < set(EXAMPLES)
    assert asyncio.run(agent.parse_message("/decaf"))["intent"] == {"name": "decaf", "confidence": 1.0}
    found = asyncio.run(agent.parse_message("cancel ck10423 please"))
    assert [(e["entity"], e["value"]) for e in found["entities"]] == [("order_number", "CK-10423")]


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", "{}", '{"id": 1}', '{"text": "hi"}', '{"id": 1, "text": 5}', '{"id": 1, "text": null}'],
)
def test_a_bad_line_is_named(model: Path, line: str) -> None:
    with pytest.raises(OwnerFileError, match="asked.jsonl:3: ") as caught:
        list(understand(['{"id": 1, "text": "hi"}', "", line], model, source="asked.jsonl"))
    assert caught.value.line == 3


def test_a_missing_or_broken_model_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "model.tar.gz"
    for words in ("no trained model", "cannot be used"):
        with pytest.raises(ModelError, match=words):
            _ask(broken, "hi")
        broken.write_bytes(b"not an archive")


def test_nothing_asked_needs_no_model(tmp_path: Path) -> None:
    assert list(understand(["\n", ""], tmp_path / "none")) == []
