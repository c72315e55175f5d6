"""When somebody is asked how it went, when they are left in peace, and what counts as an answer."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.empathy.reading import Detector, Turn
from bot.empathy.state import MoodState, fold
from bot.errors import ProtocolError
from bot.handoff.model import AGENT, BOT, CLOSED, WAITING, Survey
from bot.handoff.survey import (
    A_DAY,
    ENDED,
    HOLDS,
    READING,
    RESOLVED,
    SILENCE,
    Due,
    SurveySettings,
    Talk,
    answered,
    due,
    is_grave,
    is_shown,
)

NOW = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
SETTINGS = SurveySettings(silence=10 * MINUTE, pause=A_DAY)
SAID = Talk(BOT, said_at=NOW - 30 * MINUTE, answered_at=NOW - 29 * MINUTE)
RESOLVED_NOW = replace(
    SAID, owner=CLOSED, by_agent=True, outcome="solved", closed_at=NOW, person_at=SAID.said_at
)
ASKED = Survey("s1", "c1", SILENCE, NOW - 5 * MINUTE)


def asked(talk: Talk, settings: SurveySettings = SETTINGS, now: datetime = NOW) -> str | None:
    found = due(talk, settings, now)
    return found.cause if isinstance(found, Due) else None


def test_it_is_asked_after_an_agent_resolves_after_the_visitor_ends_and_after_silence() -> None:
    assert asked(RESOLVED_NOW) == RESOLVED
    assert asked(replace(RESOLVED_NOW, by_agent=False, outcome=None)) == ENDED
    assert asked(SAID) == SILENCE


def test_silence_is_the_owners_minutes_after_an_answer() -> None:
    assert due(SAID, SETTINGS, NOW - 20 * MINUTE) == SAID.answered_at + 10 * MINUTE
    assert asked(replace(SAID, answered_at=None)) is None, "nothing was answered"
    assert asked(SAID, replace(SETTINGS, silence=None)) is None
    assert asked(RESOLVED_NOW, replace(SETTINGS, silence=None)) == RESOLVED


@pytest.mark.parametrize("owner", [WAITING, AGENT])
def test_nobody_is_asked_while_waiting_or_with_an_agent(owner: str) -> None:
    assert due(replace(SAID, owner=owner), SETTINGS, NOW) is None
    assert not is_shown(replace(SAID, owner=owner, last=ASKED), NOW)


@pytest.mark.parametrize("outcome", ["answered_later", "no_reply", "spam"])
def test_an_end_with_nothing_to_ask_about(outcome: str) -> None:
    assert due(replace(RESOLVED_NOW, outcome=outcome), SETTINGS, NOW) is None


def test_nobody_is_asked_while_an_answer_is_still_promised() -> None:
    left = replace(RESOLVED_NOW, by_agent=False, outcome=None)
    assert (asked(left), asked(replace(left, promised=True))) == (ENDED, None)


def test_an_owner_who_does_not_want_it_and_a_visitor_who_said_nothing() -> None:
    assert due(RESOLVED_NOW, replace(SETTINGS, on=False), NOW) is None
    assert due(replace(RESOLVED_NOW, said_at=None), SETTINGS, NOW) is None


@pytest.mark.parametrize("cause", HOLDS)
def test_what_is_long_over_is_not_asked_about(cause: str) -> None:
    talk = {RESOLVED: RESOLVED_NOW, ENDED: replace(RESOLVED_NOW, by_agent=False), SILENCE: SAID}[cause]
    since = talk.answered_at if cause == SILENCE else talk.closed_at
    assert asked(talk, now=since + HOLDS[cause] - MINUTE) == cause
    assert due(talk, SETTINGS, since + HOLDS[cause]) is None


def test_never_twice_for_one_stretch() -> None:
    eager = replace(SETTINGS, pause=timedelta(0))
    once = replace(RESOLVED_NOW, last=replace(ASKED, cause=RESOLVED, asked_at=NOW))
    assert due(once, eager, NOW + MINUTE) is None
    assert (
        asked(replace(once, said_at=NOW + MINUTE, closed_at=NOW + 2 * MINUTE), eager, NOW + 2 * MINUTE)
        == RESOLVED
    )
    silent = replace(SAID, last=ASKED, said_at=NOW, answered_at=NOW)
    assert due(silent, eager, NOW + 20 * MINUTE) is None, "writing on is the same stretch"
    ended = replace(silent, owner=CLOSED, closed_at=NOW + MINUTE)
    assert due(ended, eager, NOW + MINUTE) is None, "and so is its end"
    assert asked(replace(silent, person_at=NOW), eager, NOW + 20 * MINUTE) == SILENCE, (
        "a person began another"
    )
    later = NOW + A_DAY
    assert asked(replace(silent, said_at=later, answered_at=later), eager, later + 10 * MINUTE) == SILENCE


def test_who_has_answered_or_skipped_is_left_in_peace_for_a_while() -> None:
    rested = replace(RESOLVED_NOW, finished_at=NOW - SETTINGS.pause + MINUTE)
    assert due(rested, SETTINGS, NOW) is None
    assert asked(rested, now=NOW + MINUTE) == RESOLVED


def test_the_recommendation_question_keeps_the_owners_pace() -> None:
    paced = replace(SETTINGS, recommend=timedelta(days=90))
    recommends = [
        due(replace(RESOLVED_NOW, recommend_at=before), settings, NOW).recommend
        for settings, before in (
            (SETTINGS, None),
            (paced, None),
            (paced, NOW - timedelta(days=89)),
            (paced, NOW - timedelta(days=90)),
        )
    ]
    assert recommends == [False, True, False, True]


def test_the_newest_message_is_read_before_anybody_is_asked() -> None:
    unread = replace(RESOLVED_NOW, by_agent=False, said_at=NOW, read=False)
    assert due(unread, SETTINGS, NOW) == NOW + READING
    assert asked(unread, now=NOW + READING) == ENDED, "where nothing can be read, it is asked all the same"


@pytest.mark.parametrize(
    ("text", "grave"),
    [
        ("my father passed away last week and i need to cancel his subscription", True),
        ("it was for my late mother, she loved that coffee", True),
        ("the machine is on fire and somebody is hurt", True),
        ("my order is three days late and I am furious", False),
        ("i am blind and use a screen reader, where is the button", False),
        ("what time do you open", False),
    ],
)
def test_danger_and_grief_are_no_occasion(detector: Detector, text: str, grave: bool) -> None:
    mood = fold([Turn("visitor", text, 1)], detector).as_dict()
    assert is_grave(mood) is grave
    talk = replace(RESOLVED_NOW, grave=grave)
    assert (asked(talk) is None) is grave
    assert is_shown(replace(talk, last=replace(ASKED, asked_at=NOW)), NOW) is not grave


def test_a_mood_that_was_never_read_is_not_grave() -> None:
    assert not is_grave({}) and not is_grave(MoodState().as_dict())


def test_it_is_shown_until_it_is_finished_or_the_visitor_goes_on() -> None:
    talk = replace(SAID, last=ASKED)
    assert is_shown(talk, NOW)
    assert not is_shown(SAID, NOW)
    assert not is_shown(replace(talk, last=replace(ASKED, skipped_at=NOW)), NOW)
    assert not is_shown(replace(talk, last=replace(ASKED, answered_at=NOW)), NOW)
    assert not is_shown(replace(talk, said_at=NOW), NOW)
    assert not is_shown(talk, ASKED.asked_at + HOLDS[SILENCE])
    half = replace(talk, last=replace(ASKED, satisfaction=2))
    assert is_shown(half, NOW)


def test_answers_come_one_by_one_and_may_be_changed_until_they_are_sent() -> None:
    one = answered(ASKED, {"satisfaction": 2, "comment": None}, NOW)
    two = answered(one, {"understood": "partly", "satisfaction": 3}, NOW)
    assert (two.satisfaction, two.understood, two.answered_at) == (3, "partly", None)
    sent = answered(two, {"effort": 4}, NOW, done=True)
    assert sent == replace(two, effort=4, answered_at=NOW)
    assert answered(sent, {"satisfaction": 1}, NOW + MINUTE, skipped=True) == sent


def test_skipping_keeps_what_was_answered() -> None:
    skipped = answered(answered(ASKED, {"understood": "no"}, NOW), {}, NOW, skipped=True)
    assert skipped == replace(ASKED, understood="no", skipped_at=NOW)


def test_a_recommendation_counts_only_where_it_was_asked_for() -> None:
    assert answered(ASKED, {"recommend": 9}, NOW).recommend is None
    assert answered(replace(ASKED, asks_recommend=True), {"recommend": 0}, NOW).recommend == 0


@pytest.mark.parametrize(
    "wrong",
    [{"satisfaction": 0}, {"satisfaction": 6}, {"effort": 2.0}, {"effort": True}, {"recommend": 11}]
    + [{"understood": "maybe"}, {"comment": 5}, {"id": "x"}, {"answered_at": NOW}],
)
def test_what_is_no_answer_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        answered(replace(ASKED, asks_recommend=True), wrong, NOW)
