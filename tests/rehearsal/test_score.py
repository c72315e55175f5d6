"""Figures over scenes that were played."""

import json

import pytest

from bot.rehearsal.course import Course, Note
from bot.rehearsal.scene import Expectation, Scene
from bot.rehearsal.score import Played, Score, Share
from tests.rehearsal.courses import course, played

YES = Expectation("yes", 2, 0, frozenset({"anger"}))
URGENT = Expectation("yes", 1, 0, frozenset({"safety"}))
OFFER, NO = Expectation("offer", 2), Expectation("no")

SCORE = Score(
    (
        played(YES, course(handed_over=2)),
        played(YES, course(handed_over=3, why="abuse")),
        played(YES, course(handed_over=1)),
        played(YES, course()),
        played(URGENT, course(offers=(1,)), kind="danger"),
        played(URGENT, course(handed_over=1, why="safety"), kind="danger"),
        played(OFFER, course(offers=(2,))),
        played(OFFER, course(handed_over=2)),
        played(NO, course(), kind="calm"),
        played(NO, course(offers=(3,)), kind="calm"),
        played(NO, course(offers=(3,), stuck=True), kind="calm"),
        played(NO, course(handed_over=1), kind="calm"),
    )
)


def test_totals_tell_apart_what_went_wrong() -> None:
    shares = {what: (share.count, share.of) for what, share in SCORE.shares().items()}
    assert shares == {
        "decided right": (6, 12),
        "answers that were due": (0, 0),
        "missed, danger and requests": (1, 2),
        "missed": (2, 6),
        "false hand-overs, calm scenes": (1, 4),
        "offered though calm": (2, 4),
        "- only as not understood": (1, 4),
        "not offered": (0, 2),
        "forced": (1, 2),
        "too early": (1, 8),
        "too late": (1, 8),
        "unanswered": (0, 12),
        "for a reason that was wanted": (3, 5),
    }


def test_kinds_are_scored_apart() -> None:
    kinds = SCORE.kinds()
    assert {name: (score.right.count, score.right.of) for name, score in kinds.items()} == {
        "calm": (3, 4),
        "danger": (1, 2),
        "trouble": (2, 6),
    }
    assert kinds["calm"].wrong() == {"false hand-over": 1}


@pytest.mark.parametrize(("percent", "reached"), [(0, True), (50, True), (50.1, False), (100, False)])
def test_at_least_so_many_percent(percent: float, reached: bool) -> None:
    assert SCORE.reaches(percent) is reached


def test_json_tells_of_each_scene() -> None:
    told = json.loads(json.dumps(SCORE.as_dict()))
    assert told["right_percent"] == 50.0 and told["totals"]["missed"] == {"count": 2, "of": 6}
    assert told["kinds"]["danger"] == {"played": 2, "right": 1, "wrong": {"missed": 1}}
    first = told["scenes"][0]
    assert (first["verdict"], first["handed_over"], first["reasons"]) == ("right", 2, ["anger"])
    assert [message["text"] for message in first["messages"]] == ["One", "Two"]  # then a person had it


def test_answers_that_were_due_are_counted_one_by_one() -> None:
    went = Course((Note(intent="greet", said=("utter_greet",)), Note(intent="decaf", said=("utter_decaf",))))
    both = Scene("a", "key questions", ("Hi", "Decaf?"), Expectation("no"), answers=("greet", "invoice"))
    score = Score((Played(both, went),))
    assert score.shares()["answers that were due"] == Share(1, 2) and score.found["other answer"] == 1
    assert score.as_dict()["scenes"][0]["other_answers"] == [2]
