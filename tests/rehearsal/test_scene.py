"""Files of scenes: what can be written, and how a mistake is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import OwnerFileError
from bot.rehearsal import scene
from bot.settings import ROOT

HANDOFF = {"expect": "yes", "turn": 2, "tolerance": 1, "reasons": ["anger"]}
GOOD = {"id": "a", "kind": "late", "visitor": ["Hello", "Where is it"], "handoff": HANDOFF, "note": "Late."}


def written(**changes: Any) -> str:
    """Write the good scene with changes; None leaves a key out."""
    return json.dumps({key: value for key, value in {**GOOD, **changes}.items() if value is not None})


def handoff(**changes: Any) -> str:
    return written(handoff={**HANDOFF, **changes})


def test_a_scene_is_read_as_it_is_written() -> None:
    [found] = scene.parse([written(), "\n"], "my.jsonl")
    expected = scene.Expectation("yes", 2, 1, frozenset({"anger"}))
    said = ("Hello", "Where is it")
    assert found == scene.Scene("a", "late", said, expected, "Late.", "my.jsonl", line=1)


@pytest.mark.parametrize(
    ("answer", "answers"),
    [
        ("decaf", ("", "decaf")),
        (["greet", None], ("greet", "")),
        (["greet", "decaf"], ("greet", "decaf")),
    ],
)
def test_answers_may_be_due_to_the_last_message_or_to_any(answer: Any, answers: tuple[str, ...]) -> None:
    [found] = scene.parse([written(answer=answer, handoff=None)], "my.jsonl")
    assert found.answers == answers and found.handoff == scene.Expectation("no")
    [found] = scene.parse([written(answer=answer)], "my.jsonl")
    assert found.answers == answers and found.handoff.expect == "yes"


def test_an_answer_to_a_question_that_there_is_not_is_told() -> None:
    scenes = scene.parse([written(), written(id="b", answer="decaff")], "my.jsonl")
    with pytest.raises(OwnerFileError, match="my.jsonl:2: There is no question “decaff”. Did you mean decaf"):
        scene.require_known(scenes, ("greet", "decaf"))
    scene.require_known(scenes, ("greet", "decaff"))


def test_what_is_not_needed_may_be_left_out() -> None:
    [found] = scene.parse([written(handoff={"expect": "no"}, note=None)], "my.jsonl")
    assert found.handoff == scene.Expectation("no") and found.note == ""


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": "a",', "not JSON"),
        ('["a"]', "not an object"),
        (written(visitors=["Hello"]), "“visitors” means nothing here. Did you mean visitor?"),
        (written(id=None), "“id” is missing"),
        (written(id=7), "“id” cannot be 7"),
        (written(kind=" "), "“kind” cannot be"),
        (written(note=["x"]), "“note” cannot be"),
        (written(visitor=None), "“visitor” has no messages"),
        (written(visitor=[]), "“visitor” has no messages"),
        (written(visitor=["Hello", 5]), "Message 2 cannot be 5"),
        (written(visitor=["Hello", " "]), "Message 2 cannot be sent"),
        (written(visitor=["Hello", "x" * 5000]), "Message 2 cannot be sent"),
        (written(handoff=None), "“handoff” does not say"),
        (handoff(expected="yes"), "“expected” means nothing here. Did you mean expect?"),
        (handoff(expect="maybe"), '“expect” cannot be "maybe". Write yes, no or offer'),
        (handoff(turn=3), "“turn” cannot be 3. Write a number from 1 to 2"),
        (handoff(turn=0), "“turn” cannot be 0"),
        (handoff(turn=None), "“turn” cannot be null"),
        (handoff(turn=True), "“turn” cannot be true"),
        (handoff(turn=1.5), "“turn” cannot be 1.5"),
        (handoff(tolerance=-1), "“tolerance” cannot be -1"),
        (handoff(expect="no"), "“turn” is given where nobody takes over"),
        (handoff(reasons="anger"), "“reasons” cannot be"),
        (handoff(reasons=["angry"]), 'There is no reason "angry"'),
        (handoff(reasons=[["anger"]]), "There is no reason"),
        (written(answer=5), "“answer” cannot be 5. Write the question"),
        (written(answer=[None, None]), "“answer” cannot be"),
        (written(answer=["decaf"]), "“answer” lists 1 for 2 messages"),
        (written(), "The id “a” stands in line 1 too"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_mend(line: str, problem: str) -> None:
    with pytest.raises(OwnerFileError) as caught:
        scene.parse([written(), "", line], "my.jsonl")
    assert str(caught.value).startswith(f"my.jsonl:3: {problem}")
    assert caught.value.mend


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "is missing"), (b"\n \n", "has no scene in it"), (b"\xff\xfe", "cannot be read")],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "my.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OwnerFileError, match=problem) as caught:
        scene.read([path])
    assert caught.value.path == str(path)


def test_a_line_may_hold_signs_that_break_lines_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "my.jsonl"
    path.write_text(written().replace("Hello", "Hello\u2028there"), encoding="utf-8")
    [found] = scene.read([path])
    assert found.visitor[0] == "Hello\u2028there"


def test_the_owners_scenes_are_found_and_their_absence_is_told(tmp_path: Path) -> None:
    with pytest.raises(OwnerFileError, match="data/rehearsals: has no scenes"):
        scene.own(tmp_path)
    assert {one.handoff.expect for one in scene.read(scene.own(ROOT))} == set(scene.EXPECTED)
