"""What the studio writes is what Rasa's own tools take: `rasa data validate`, training, `rasa test core`."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.check import check
from bot.settings import ROOT, Settings
from bot.studio.files.workspace import Workspace
from bot.studio.questions.question import Wording
from bot.studio.questions.questions import Questions
from bot.studio.stories.flow import Flow, Step
from bot.studio.stories.flows import Flows
from bot.supervisor import training
from bot.supervisor.services import child_environment
from tests.desk.studio.desk import copied

pytestmark = pytest.mark.slow

TOLD = """\
stories:
  - story: hello, and umbrellas
    steps:
      - user: |
          hello there
        intent: greet
      - action: utter_greet
      - user: |
          do you lend umbrellas
        intent: do_you_lend_umbrellas
      - action: utter_do_you_lend_umbrellas
"""


def says(*names: str) -> Step:
    return Step("says", names)


def does(name: str) -> Step:
    return Step("does", (name,))


def write(shop: Path) -> None:
    """Do in the studio what an owner may do to questions, stories and rules."""
    workspace = Workspace(shop, shop / "aside")
    flows, questions = Flows(workspace), Questions(workspace)
    asked = [
        "it rains, got an umbrella?",
        "umbrella to borrow",
        "can I borrow a brolly",
        "rain cover to lend",
    ]
    wordings = [Wording("plain", "Yes, in both cafés."), Wording("careful", "Yes, take one; it is dry here.")]
    intent = questions.add("do you lend umbrellas", (asked, wordings), author="Sam")
    steps = (says("check_order_status"), does("action_order_status"), says("thank", "compliment"))
    story = flows.add(Flow("story", "after: the “parcel”", (*steps, does("utter_thank"))), author="Sam")
    found, mark = flows.find(story)
    kept = (
        found.flow.steps[:2]
        + (says("thank"),)
        + found.flow.steps[3:]
        + (says(intent), does(f"utter_{intent}"))
    )
    flows.save(story, mark, replace(found.flow, steps=kept), author="Sam")
    second = flows.split(story, flows.find(story)[1], 2, "its end", joined=True, author="Sam")
    copy = flows.duplicate(second, flows.find(second)[1], "its other end", author="Sam")
    flows.delete(copy, flows.find(copy)[1], author="Sam")
    rule = flows.find("rule:thank")
    flows.save("rule:thank", rule[1], replace(rule[0].flow, name="thanks: “always”"), author="Sam")


def rasa(settings: Settings, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=ROOT,
        env=child_environment(settings),
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-4000:]
    return said


def test_what_the_studio_writes_is_validated_trained_and_tested(tmp_path: Path) -> None:
    shop = copied(tmp_path / "shop")
    write(shop)
    assert [str(problem) for problem in check(shop)] == []
    known = {"FILES": str(shop), "VAR": str(tmp_path / "var"), "MODELS": str(tmp_path / "models")}
    settings = Settings.load({f"KINDHAND_{name}": value for name, value in known.items()})
    files = ("--domain", str(shop / "domain.yml"), "--data", str(shop / "data"))
    config = ("--config", str(shop / "config.yml"))
    said = rasa(settings, "data", "validate", *files, *config, "--max-history", "6")
    assert "No story structure conflicts found" in said
    model = training.train(settings, tmp_path / "training.log")
    told, out = tmp_path / "test_told.yml", tmp_path / "results"
    told.write_text(TOLD, encoding="utf-8")
    rasa(settings, "test", "core", "--model", str(model), "--stories", str(told), "--out", str(out))
    assert "None of the test stories failed" in (out / "failed_test_stories.yml").read_text()
