"""Rules and stories that contradict each other are named before training: those that Rasa would refuse."""

from io import StringIO
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.check import contradictions
from bot.lessons import Lessons

DOMAIN = """\
version: "3.1"
intents: [ask, want, hello, "yes"]
slots:
  size: {type: categorical, values: [big, small], mappings: [{type: custom}]}
  known: {type: bool, mappings: [{type: custom}]}
  name: {type: text, mappings: [{type: custom}]}
  tone: {type: text, influence_conversation: false, mappings: [{type: custom}]}
forms:
  order_form: {required_slots: [name]}
actions: [action_do, action_more]
responses:
  utter_a: [{text: A}]
  utter_b: [{text: B}]
  utter_c: [{text: C}]
"""
CASES = {
    case.pop("case"): case for case in YAML(typ="safe").load(Path(__file__).with_name("contradictions.yml"))
}


def written(case: str) -> str:
    """Return a case's rules and stories as the text of a file."""
    text = StringIO()
    YAML().dump(
        {"version": "3.1", **{key: CASES[case][key] for key in ("rules", "stories") if key in CASES[case]}},
        text,
    )
    return text.getvalue()


def lessons(folder: Path, case: str) -> Lessons:
    (folder / "data").mkdir()
    (folder / "domain.yml").write_text(DOMAIN)
    (folder / "data" / "flows.yml").write_text(written(case))
    read = Lessons.read(folder)
    assert read.problems == []
    return read


@pytest.mark.parametrize("case", CASES)
def test_contradictions_are_named_with_both_places(tmp_path: Path, case: str) -> None:
    names = CASES[case]["named"]
    found = list(contradictions.faults(lessons(tmp_path, case)))
    assert len(found) == bool(names), [str(fault) for fault in found]
    for fault in found:
        assert all(f"“{name}”" in fault.problem for name in names)
        assert fault.line and ("(data/flows.yml:" in fault.problem or len(names) == 1)


def test_rasa_refuses_the_same(tmp_path: Path) -> None:
    """Rasa is asked about every case, so that what is named here is what training would refuse."""
    from rasa.core.policies.rule_policy import InvalidRule, RulePolicy
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.generator import TrainingDataGenerator
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
    from rasa.shared.core.training_data.structures import StoryGraph

    domain = Domain.from_yaml(DOMAIN)
    differing = []
    for case, told in CASES.items():
        graph = StoryGraph(YAMLStoryReader().read_from_string(written(case)))
        trackers = TrainingDataGenerator(graph, domain, augmentation_factor=0).generate()
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        config = RulePolicy.get_default_config()
        policy = RulePolicy(
            config, LocalModelStorage(folder), Resource("rules"), ExecutionContext(GraphSchema({}))
        )
        try:
            policy.train(trackers, domain)
            refused = False
        except InvalidRule:
            refused = True
        if refused != bool(told["named"]):
            differing.append(case)
    assert differing == []
