"""The one decision, over everything that it rests on."""

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.availability import Availability, Standing, decide
from bot.settings import ROOT
from bot.texts import FELT, SENTENCES

NOW = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)
PROMISE = NOW + timedelta(hours=4)
DESK = Standing(NOW, agents=2, room=3, promise=PROMISE, closes=NOW + timedelta(hours=8))


@pytest.mark.parametrize(
    ("change", "kind", "why", "minutes"),
    [
        ({}, "live", "", None),
        ({"ahead": 2}, "live", "", None),
        ({"shut": "closed"}, "live", "", None),  # somebody works late, and has room
        ({"ahead": 3, "minutes": 7.0}, "wait", "", 7.0),
        ({"room": 0, "minutes": 0.5}, "wait", "", 0.5),
        ({"room": 0}, "wait", "unknown", None),  # nothing learned, nothing told
        ({"room": 0, "minutes": 45.0}, "wait", "", 45.0),
        ({"room": 0, "minutes": 46.0}, "later", "full", None),
        ({"room": 0, "ahead": 19, "minutes": 30.0}, "wait", "", 30.0),
        ({"room": 0, "ahead": 20, "minutes": 30.0}, "later", "full", None),
        ({"room": 0, "ahead": 20}, "later", "full", None),
        ({"room": 0, "minutes": 30.0, "closes": NOW + timedelta(minutes=20)}, "later", "full", None),
        ({"agents": 0, "room": 0}, "later", "nobody", None),
        ({"agents": 0, "room": 0, "minutes": 3.0}, "later", "nobody", None),
        ({"agents": 0, "room": 0, "shut": "closed"}, "later", "closed", None),
        ({"agents": 0, "room": 0, "shut": "holiday"}, "later", "holiday", None),
        ({"agents": 0, "room": 0, "shut": "closure"}, "later", "closure", None),
        ({"room": 0, "shut": "closed", "minutes": 3.0}, "later", "closed", None),
    ],
)
def test_what_a_visitor_is_told(change: dict[str, Any], kind: str, why: str, minutes: float | None) -> None:
    told = decide(replace(DESK, **change))
    assert (told.kind, told.why, told.minutes) == (kind, why, minutes)
    assert told.promised_at == (PROMISE if kind == "later" else None)


def test_a_holiday_is_named() -> None:
    shut = replace(DESK, agents=0, room=0, shut="holiday", occasion="Boxing Day")
    assert decide(shut).occasion == "Boxing Day"


@pytest.mark.parametrize(
    ("promise", "told"),
    [
        ("12:00:00", "12:00:00"),
        ("12:00:01", "12:15:00"),
        ("12:59:00", "13:00:00"),
    ],
)
def test_a_promised_time_is_one_to_remember_and_never_earlier(promise: str, told: str) -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")  # fifteen minutes off the hours of others
    earliest = datetime.fromisoformat(f"2026-11-04T{promise}").replace(tzinfo=kathmandu)
    decided = decide(replace(DESK, agents=0, promise=earliest))
    assert decided.promised_at == datetime.fromisoformat(f"2026-11-04T{told}").replace(tzinfo=kathmandu)


def test_who_can_promise_nothing_promises_nothing() -> None:
    assert decide(replace(DESK, agents=0, promise=None)).promised_at is None


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (Availability("live"), "handoff_live"),
        (Availability("wait", minutes=3), "handoff_wait"),
        (Availability("wait", "unknown"), "handoff_wait_unknown"),
        (Availability("later", "full"), "handoff_later_full"),
    ],
)
def test_each_decision_has_its_sentence(decision: Availability, sentence: str) -> None:
    assert decision.sentence == sentence


def test_the_docs_name_every_sentence_and_every_rule_of_the_owners() -> None:
    page = (ROOT / "docs" / "routing.md").read_text()
    table = page.partition("## What the visitor is told")[2].partition("##")[0]
    assert set(re.findall(r"`(handoff_\w+)`", table)) == set(FELT)
    rules = re.findall(r"^(\w+):", (ROOT / "data" / "business" / "routing.yml").read_text(), re.MULTILINE)
    owners = page + (ROOT / "docs" / "owners.md").read_text()
    assert {"offer_seconds", "skills"} < set(rules)
    assert not [rule for rule in rules if rule not in owners]


standings = st.builds(
    Standing,
    now=st.just(NOW),
    shut=st.sampled_from(("", "closed", "holiday", "closure")),
    agents=st.integers(0, 5),
    room=st.floats(0, 20),
    ahead=st.integers(0, 30),
    minutes=st.none() | st.floats(0, 300),
    closes=st.none() | st.just(NOW + timedelta(hours=1)),
    promise=st.none() | st.just(PROMISE),
)


@given(standings)
def test_every_state_of_the_desk_has_a_sentence_and_an_honest_one(desk: Standing) -> None:
    told = decide(desk)
    assert told.sentence in SENTENCES
    assert told.kind != "live" or (desk.agents and desk.room > desk.ahead)
    assert told.kind != "wait" or (desk.agents and not desk.shut and told.minutes == desk.minutes)
    assert told.kind != "later" or told.promised_at == desk.promise
