"""Training in a process of its own: the model of a small business, and how far it got."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.nlu.train import PHASES
from bot.nlu.understand import Parser
from bot.settings import ROOT
from tests.nlu.project import EXAMPLES

TEXTS = ["where has my parcel got to", "do you sell decaf", "what is the capital of Peru"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    (root / "data/faq").mkdir(parents=True)
    nlu = [
        {"intent": name, "examples": "".join(f"- {text}\n" for text in texts)}
        for name, texts in EXAMPLES.items()
    ]
    rules = [{"rule": n, "steps": [{"intent": n}, {"action": f"utter_{n}"}]} for n in EXAMPLES]
    said = {f"utter_{name}": [{"text": name}] for name in EXAMPLES}
    YAML().dump({"version": "3.1", "nlu": nlu, "rules": rules, "responses": said}, root / "data/faq/all.yml")
    slots = {"ladder": {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}}
    actions = ["action_ask_rephrase", "action_escalate", "action_offer_human"]
    domain = {"version": "3.1", "intents": list(EXAMPLES), "actions": actions, "slots": slots}
    YAML().dump(domain, root / "domain.yml")
    (root / "config.yml").write_bytes((ROOT / "config.yml").read_bytes())
    return root


def train(root: Path, out: Path, *more: str) -> tuple[int, list[str], str]:
    command = (
        sys.executable,
        "-m",
        "bot.nlu.train",
        "--root",
        str(root),
        "--out",
        str(out),
        *more,
        "data/faq",
    )
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"step"')]
    return done.returncode, [json.loads(line)["step"] for line in lines], done.stderr


@pytest.mark.slow
def test_a_changed_answer_is_no_reason_to_learn_the_questions_again(project: Path, tmp_path: Path) -> None:
    kept = ("--cache", str(tmp_path / "kept"))
    code, steps, errors = train(project, tmp_path / "first.tar.gz", *kept)
    assert code == 0, errors
    assert set(steps) == set(PHASES)
    file = project / "data/faq/all.yml"
    file.write_text(file.read_text().replace("text: decaf", "text: Yes, we do."))
    code, steps, errors = train(project, tmp_path / "second.tar.gz", *kept)
    assert code == 0, errors
    assert "Learning to tell questions apart" not in steps
    first, second = (Parser(tmp_path / f"{name}.tar.gz").parse(TEXTS) for name in ("first", "second"))
    assert first == second and [intent for intent, _ in first][:2] == ["check_order_status", "decaf"]


@pytest.mark.slow
def test_what_cannot_be_trained_leaves_words_and_no_model(project: Path, tmp_path: Path) -> None:
    lonely = {"version": "3.1", "nlu": [{"intent": "greet", "examples": "- hi\n"}]}
    YAML().dump(lonely, project / "data/faq/all.yml")
    code, _, errors = train(project, tmp_path / "none.tar.gz")
    assert code == 1 and "at least two intents" in errors and not (tmp_path / "none.tar.gz").exists()
