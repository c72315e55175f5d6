"""Scenes as a list to edit: one line each, and the lines of others keep every letter."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import OwnerFileError, StudioError, WrittenMeanwhile
from bot.studio.files.workspace import Workspace
from bot.studio.scenes.rehearsals import NEW, Rehearsals, blank

FILE = "data/rehearsals/mine.jsonl"
FIRST = '{"id": "a",  "kind": "calm", "visitor": ["Hi"], "handoff": {"expect": "no"}}'
SECOND = '{"id":"b","kind":"key questions","visitor":["Hi","decaf?"],"answer":"decaf","note":"Short."}'
SCENE: dict[str, Any] = {
    "id": "",
    "kind": "key questions",
    "visitor": ["do you have decaf"],
    "handoff": {"expect": "no", "turn": None, "tolerance": 0, "reasons": []},
    "answers": ["decaf"],
    "note": "",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    (root / "data/rehearsals").mkdir(parents=True)
    (root / "domain.yml").write_text('version: "3.1"\nintents: [greet, decaf]\n')
    (root / FILE).write_bytes(f"{FIRST}\r\n\r\n{SECOND}\r\n".encode())
    return root


@pytest.fixture
def rehearsals(shop: Path) -> Rehearsals:
    return Rehearsals(Workspace(shop, shop.parent / "aside"))


def test_scenes_are_listed_with_their_place(rehearsals: Rehearsals) -> None:
    lines, problems = rehearsals.all()
    assert not problems and [(line.scene.id, line.scene.line) for line in lines] == [("a", 1), ("b", 3)]
    assert lines[1].as_dict()["answers"] == ["", "decaf"]


def test_what_is_no_scene_is_told_and_the_rest_is_listed(rehearsals: Rehearsals, shop: Path) -> None:
    wrong = SECOND.replace('"decaf"', '"decaff"').replace('"b"', '"a"')
    (shop / FILE).write_text(f'{FIRST}\n{{"id": "c"\n{wrong}\n')
    lines, problems = rehearsals.all()
    assert len(lines) == 2
    told = [(problem.line, problem.problem) for problem in problems]
    assert told[0][0] == 2 and "not JSON" in told[0][1]
    assert told[1] == (3, "The id “a” stands in line 1 too")
    assert told[2] == (3, "There is no question “decaff”")


def test_a_new_one_is_a_line_with_only_what_it_needs(rehearsals: Rehearsals, shop: Path) -> None:
    made = rehearsals.add(SCENE, "Sam")
    rehearsals.add(SCENE, "Sam")
    first, second = (shop / NEW).read_text().splitlines()
    assert json.loads(first) == {
        "id": "do-you-have-decaf",
        "kind": "key questions",
        "visitor": ["do you have decaf"],
        "answer": "decaf",
    }
    assert json.loads(second)["id"] == "do-you-have-decaf-2" and made.file == NEW


def test_a_change_leaves_all_other_lines_as_they_are(rehearsals: Rehearsals, shop: Path) -> None:
    mark = rehearsals.all()[0][1].mark
    angry = {"expect": "yes", "turn": 2, "tolerance": 1, "reasons": ["anger"]}
    changed = {
        **SCENE,
        "id": "b",
        "visitor": ["Hi", "a disgrace"],
        "handoff": angry,
        "answers": ["greet", ""],
    }
    rehearsals.change(FILE, mark, changed, "Sam")
    lines = (shop / FILE).read_bytes().decode().split("\r\n")
    assert lines[:2] == [FIRST, ""] and lines[3] == ""
    assert json.loads(lines[2])["answer"] == ["greet", None]
    assert json.loads(lines[2])["handoff"] == angry


def test_who_comes_second_is_told(rehearsals: Rehearsals) -> None:
    mark = rehearsals.all()[0][0].mark
    rehearsals.change(FILE, mark, {**SCENE, "id": "a"}, "Noor")
    with pytest.raises(WrittenMeanwhile, match="Noor"):
        rehearsals.change(FILE, mark, SCENE, "Sam")
    with pytest.raises(WrittenMeanwhile):
        rehearsals.delete(FILE, mark, "Sam")


def test_the_last_scene_takes_its_file_with_it(rehearsals: Rehearsals, shop: Path) -> None:
    for line in rehearsals.all()[0]:
        rehearsals.delete(FILE, line.mark, "Sam")
    assert not (shop / FILE).exists() and rehearsals.all() == ([], [])


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"visitor": [""]}, OwnerFileError),
        ({"kind": " "}, OwnerFileError),
        ({"answers": ["decaff"]}, OwnerFileError),
        ({"handoff": {"expect": "yes", "turn": 4}}, OwnerFileError),
    ],
)
def test_nothing_is_written_of_what_is_no_scene(
    rehearsals: Rehearsals, shop: Path, wrong: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        rehearsals.add({**SCENE, **wrong}, "Sam")
    assert not (shop / NEW).exists()


def test_a_name_that_is_taken_is_refused(rehearsals: Rehearsals) -> None:
    with pytest.raises(StudioError, match="already in that file"):
        rehearsals.change(FILE, rehearsals.all()[0][0].mark, {**SCENE, "id": "b"}, "Sam")


def test_a_real_conversation_begins_a_scene() -> None:
    made = blank(["Hi", "It broke"], handed_over=2, heard=["greet", ""])
    assert made["handoff"] == {"expect": "yes", "turn": 2, "tolerance": 0, "reasons": []}
    assert blank(["Hi"], handed_over=None, heard=[""])["handoff"]["expect"] == "no"
