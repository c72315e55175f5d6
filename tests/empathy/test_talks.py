"""Scenes with answers that the bot gave once, heard by the shipped detector: how often the ladder is right.

The whole pipeline plays scenes with `./kindhand rehearse`; this is the quick look after a change here.
"""

import json
from pathlib import Path

import pytest

from bot.empathy.ladder import LadderSettings, decide
from bot.empathy.reading import Turn
from bot.empathy.state import MoodState, advance

TALKS = [json.loads(line) for line in Path(__file__).with_name("talks.jsonl").read_text("utf-8").splitlines()]
FIRM = {"explicit_request", "safety", "bot_refusal"}


def steps(talk, detector):
    """Play one; an offer is said in place of the answer, and who is misunderstood twice is offered one."""
    state, taken = MoodState(), []
    for at, (text, answer, failed) in enumerate(talk):
        state = advance(state, Turn("visitor", text, 2 * at + 1), detector)
        decision = decide(state, LadderSettings())
        taken.append(decision.step)
        if decision.step == "hand_over":
            break
        stuck = failed and not state.declined and (state.failing > 0 or decision.tone == "careful")
        offered = decision.step == "offer" or stuck
        state = advance(
            state, Turn("bot", answer, 2 * at + 2, failed=failed and not offered, offered=offered), detector
        )
    return taken


@pytest.fixture(scope="module")
def played(shipped):
    return [(talk["handoff"], steps(talk["talk"], shipped)) for talk in TALKS]


def near(wanted, taken, step):
    turns = [number for number, one in enumerate(taken, start=1) if one == step]
    return any(abs(turn - wanted["turn"]) <= wanted["tolerance"] for turn in turns)


def test_calm_conversations_are_left_alone(played):
    called = [taken for wanted, taken in played if wanted["expect"] == "no" and "hand_over" in taken]
    assert len(called) <= 3


def test_who_needs_a_person_gets_one_in_time(played):
    wanted = [near(w, taken, "hand_over") for w, taken in played if w["expect"] == "yes"]
    assert sum(wanted) >= 0.7 * len(wanted)


def test_danger_and_plain_requests_are_hardly_ever_missed(played):
    missed = [
        taken
        for wanted, taken in played
        if wanted["expect"] == "yes" and FIRM & set(wanted["reasons"]) and "hand_over" not in taken
    ]
    assert len(missed) <= 2
