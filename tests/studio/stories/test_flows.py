"""Rules and stories are changed where they stand, and what nobody touched keeps its letters."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.check import check
from bot.errors import NotFound, StudioError, WrittenMeanwhile
from bot.settings import ROOT
from bot.studio.files.workspace import Workspace
from bot.studio.stories.flow import Flow, Step
from bot.studio.stories.flows import Flows

OFFERS, PERSON, TASKS = "data/stories/offers.yml", "data/rules/person.yml", "data/rules/tasks.yml"
STORY = "story:a compliment after a task"
OWN = """\
version: "3.1"   # mine
stories:
  # Why this one is here
  - story: long   # a remark
    steps:
      - intent: greet   # hello
      # what we say
      - action:   utter_greet
      - or:
          - intent: affirm
          - intent: deny
      - slot_was_set:
          - outcome: stopped
      - intent: thank
        entities: [email]
      - action: "utter_thank"

  - story: "the last: one"
    steps: [{intent: goodbye}, {action: utter_goodbye}]
    metadata: {by: me}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "data/stories/mine.yml").write_text(OWN)
    return tmp_path


@pytest.fixture
def flows(shop: Path) -> Flows:
    return Flows(Workspace(shop, shop / "aside"))


def save(flows: Flows, id: str, **changes: object) -> str:
    found, mark = flows.find(id)
    return flows.save(id, mark, replace(found.flow, **changes), author="Sam")  # type: ignore[arg-type]


def lines(shop: Path, name: str) -> list[str]:
    return (shop / name).read_text().splitlines()


def test_every_rule_and_story_is_found_with_its_steps(flows: Flows) -> None:
    found = {one.id: one for one in flows.all()}
    assert len(found) == len(flows.all())
    assert [step.what for step in found["story:long"].flow.steps] == [
        *("says", "does", "says", "known", "kept", "does")
    ]
    assert found["story:long"].flow.steps[2].names == ("affirm", "deny")
    assert found["story:long"].lines == (6, 8, 9, 12, 14, 16)
    ended = found["rule:the new address is known"].flow
    assert ended.condition == (Step("asks", ("change_address_form",), number=0),)
    assert [(step.what, step.names) for step in ended.steps][:2] == [
        ("does", ("change_address_form",)),
        ("asks", ()),
    ]


def test_saving_what_is_there_changes_no_letter(shop: Path, flows: Flows) -> None:
    before = {path: path.read_text() for path in (shop / "data").rglob("*.yml")}
    for one in flows.all():
        save(flows, one.id)
    assert {path: path.read_text() for path in before} == before


def test_steps_are_moved_with_their_comments(shop: Path, flows: Flows) -> None:
    steps = flows.find("story:long")[0].flow.steps
    save(flows, "story:long", steps=(*steps[2:], *steps[:2]))
    assert lines(shop, "data/stories/mine.yml")[:18] == [
        'version: "3.1"   # mine',
        "stories:",
        "  # Why this one is here",
        "  - story: long   # a remark",
        "    steps:",
        "      - or:",
        "          - intent: affirm",
        "          - intent: deny",
        "      - slot_was_set:",
        "          - outcome: stopped",
        "      - intent: thank",
        "        entities: [email]",
        '      - action: "utter_thank"',
        "      - intent: greet   # hello",
        "      # what we say",
        "      - action:   utter_greet",
        "",
        '  - story: "the last: one"',
    ]


def test_steps_are_added_changed_and_deleted(shop: Path, flows: Flows) -> None:
    steps = flows.find("story:long")[0].flow.steps
    changed = replace(steps[0], names=("greet", "compliment"))
    fresh = Step("known", values={"outcome": None, "confirmed": True})
    save(flows, "story:long", steps=(changed, steps[1], fresh, *steps[4:], Step("joins", ("then: on",))))
    assert lines(shop, "data/stories/mine.yml")[4:20] == [
        "    steps:",
        "      - or:",
        "          - intent: greet",
        "          - intent: compliment",
        "      # what we say",
        "      - action:   utter_greet",
        "      - slot_was_set:",
        "          - outcome: null",
        "          - confirmed: true",
        "      - intent: thank",
        "        entities: [email]",
        '      - action: "utter_thank"',
        '      - checkpoint: "then: on"',
        "",
        '  - story: "the last: one"',
        "    steps: [{intent: goodbye}, {action: utter_goodbye}]",
    ]


def test_steps_in_one_line_stay_in_one_line_while_they_fit(shop: Path, flows: Flows) -> None:
    steps = flows.find("story:the last: one")[0].flow.steps
    longer = (*steps, Step("says", ("affirm", "deny")), Step("asks"))
    save(flows, "story:the last: one", steps=longer)
    assert lines(shop, "data/stories/mine.yml")[-3:] == [
        '  - story: "the last: one"',
        "    steps: [{intent: goodbye}, {action: utter_goodbye}, {or: [{intent: affirm}, {intent: deny}]},"
        " {active_loop: null}]",
        "    metadata: {by: me}",
    ] or lines(shop, "data/stories/mine.yml")[-9:-7] == ['  - story: "the last: one"', "    steps:"]
    assert len(flows.find("story:the last: one")[0].flow.steps) == 4


def test_conditions_and_ends_of_rules(shop: Path, flows: Flows) -> None:
    id = "rule:change the delivery address"
    save(flows, id, condition=(Step("asks", ("callback_form",)),), at_start=True, waits=False)
    found = flows.find(id)[0].flow
    assert found.condition[0].names == ("callback_form",) and found.at_start and not found.waits
    save(flows, id, condition=(), at_start=False, waits=True)
    assert (shop / TASKS).read_text() == (ROOT / TASKS).read_text()


def test_one_is_renamed_and_keeps_its_place(shop: Path, flows: Flows) -> None:
    id = save(flows, "story:long", name="  short:  and sweet ")
    assert id == "story:short: and sweet" and flows.find(id)[0].index == 0
    assert lines(shop, "data/stories/mine.yml")[3] == '  - story: "short: and sweet"   # a remark'
    for name, said in (("", "name"), ("x" * 121, "name"), ("a compliment after a task", "another story")):
        with pytest.raises(StudioError, match=said):
            save(flows, id, name=name)


def test_a_new_one_goes_into_a_file_of_its_own(shop: Path, flows: Flows) -> None:
    steps = (Step("says", ("greet",)), Step("does", ("utter_greet",)))
    assert flows.add(Flow("story", "mine", steps), author="Sam") == "story:mine"
    flows.add(
        Flow("story", "yes", (*steps, Step("says", ("thank",)), Step("does", ("utter_thank",)))), author="Sam"
    )
    assert (shop / "data/stories/own.yml").read_text() == (
        'version: "3.1"\nstories:\n'
        "  - story: mine\n    steps:\n      - intent: greet\n      - action: utter_greet\n"
        '  - story: "yes"\n    steps:\n      - intent: greet\n      - action: utter_greet\n'
        "      - intent: thank\n      - action: utter_thank\n"
    )
    with pytest.raises(StudioError, match="another story “mine”"):
        flows.add(Flow("story", "mine", steps), author="Sam")
    with pytest.raises(StudioError, match="not filled in"):
        flows.add(Flow("story", "half", (Step("says"),)), author="Sam")
    flows.add(Flow("rule", "quick", steps, at_start=True), author="Sam")
    assert "conversation_start: true" in (shop / "data/rules/own.yml").read_text()


def test_one_is_duplicated_below_itself(shop: Path, flows: Flows) -> None:
    _, mark = flows.find("story:long")
    assert flows.duplicate("story:long", mark, "long again", author="Sam") == "story:long again"
    text = (shop / "data/stories/mine.yml").read_text()
    assert "  - story: long again   # a remark\n    steps:\n      - intent: greet   # hello\n" in text
    assert [one.flow.name for one in flows.all() if one.file.endswith("mine.yml")] == [
        *("long", "long again", "the last: one")
    ]


@pytest.mark.parametrize("joined", [True, False])
def test_a_story_is_divided(shop: Path, flows: Flows, joined: bool) -> None:
    _, mark = flows.find("story:long")
    flows.split("story:long", mark, 4, "the rest", joined=joined, author="Sam")
    first, second = (flows.find(f"story:{name}")[0].flow.steps for name in ("long", "the rest"))
    join = ["joins"] if joined else []
    assert [step.what for step in first] == ["says", "does", "says", "known", *join]
    assert [step.what for step in second] == [*join, "kept", "does"]
    text = (shop / "data/stories/mine.yml").read_text()
    assert text.count("entities: [email]") == 1 and text.count("# hello") == 1


def test_deleting_leaves_the_others(shop: Path, flows: Flows) -> None:
    flows.delete("story:long", flows.find("story:long")[1], author="Sam")
    text = (shop / "data/stories/mine.yml").read_text()
    assert "greet" not in text and "the last: one" in text
    flows.delete("story:the last: one", flows.find("story:the last: one")[1], author="Sam")
    assert not (shop / "data/stories/mine.yml").exists()
    flows.delete("rule:decaf", flows.find("rule:decaf")[1], author="Sam")
    assert "utter_decaf:" in (shop / "data/faq/decaf.yml").read_text()


def test_what_somebody_else_wrote_is_not_overwritten(shop: Path, flows: Flows) -> None:
    found, mark = flows.find("story:long")
    save(flows, "story:long", steps=found.flow.steps[:2])
    with pytest.raises(WrittenMeanwhile) as met:
        flows.save("story:long", mark, found.flow, author="Noor")
    assert met.value.by == "Sam"
    with pytest.raises(NotFound):
        flows.find("story:none")


def test_another_story_of_the_file_may_change_meanwhile(flows: Flows) -> None:
    found, mark = flows.find("story:long")
    save(flows, "story:the last: one", name="the very last")
    flows.save("story:long", mark, replace(found.flow, name="longer"), author="Noor")
    assert flows.find("story:longer") and flows.find("story:the very last")


def test_two_of_the_same_name_can_both_be_opened(shop: Path, flows: Flows) -> None:
    text = (shop / "data/stories/mine.yml").read_text().replace('"the last: one"', "long")
    (shop / "data/stories/mine.yml").write_text(text)
    assert len(flows.find("story:long")[0].flow.steps) == 6
    second, mark = flows.find("story:long:2")
    assert len(second.flow.steps) == 2
    flows.save("story:long:2", mark, replace(second.flow, name="other"), author="Sam")
    assert [one.flow.name for one in flows.all() if one.file.endswith("mine.yml")] == ["long", "other"]


@pytest.mark.parametrize(
    "steps",
    [
        "{a: b}",
        "[x, 3, null, {}]",
        "[{or: []}, {or: {a: b}}, {slot_was_set: x}, {intent: [a]}]",
        "null",
        "[]",
    ],
)
def test_whatever_is_in_a_file_can_be_shown(shop: Path, flows: Flows, steps: str) -> None:
    (shop / "data/stories/mine.yml").write_text(f"stories:\n  - story: odd\n    steps: {steps}\n  - 7\n")
    assert all(step.what == "kept" for step in flows.find("story:odd")[0].flow.steps)
    assert check(shop)
    with pytest.raises(StudioError):
        save(flows, "story:odd", steps=(Step("kept", number=99),))


def test_lines_of_windows_stay(shop: Path, flows: Flows) -> None:
    path = shop / "data/stories/mine.yml"
    path.write_bytes(OWN.replace("\n", "\r\n").encode())
    steps = flows.find("story:long")[0].flow.steps
    save(flows, "story:long", steps=(*steps[:2], Step("says", ("thank",)), *steps[5:]))
    text = path.read_bytes().decode()
    assert text.count("\r\n") == text.count("\n") and "      - intent: thank\r\n" in text
