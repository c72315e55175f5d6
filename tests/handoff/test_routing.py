"""Who gets a conversation, and the line that says why."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.routing import HEAVY, Assignment, Candidate, Contact, Need, RoutingSettings, choose, weight

NOW = datetime(2026, 11, 4, 11, tzinfo=timezone.utc)
LONDON = ZoneInfo("Europe/London")
SETTINGS = RoutingSettings(
    skills=MappingProxyType({"orders": ("late", "check_order_status"), "upset": ("abuse", "safety", "late")})
)
NOOR, SAM = Candidate("a-noor", "Noor Haddad"), Candidate("a-sam", "Sam Reyes")
BEFORE = Contact("a-noor", datetime(2026, 11, 3, 9, tzinfo=timezone.utc))


def chosen(need: Need, *agents: Candidate) -> Assignment | None:
    return choose(need, agents, now=NOW, settings=SETTINGS, zone=LONDON)


def goes_to(need: Need, *agents: Candidate) -> str | None:
    """Return who gets it, whoever is asked first."""
    found = {one.agent_id if one else None for one in (chosen(need, *agents), chosen(need, *agents[::-1]))}
    assert len(found) == 1
    return found.pop()


def test_topics_tell_the_skills_in_the_owners_order() -> None:
    assert SETTINGS.needed(["late", "greet"]) == ("orders", "upset")
    assert SETTINGS.needed(["abuse"]) == ("upset",)
    assert SETTINGS.needed([]) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"online": False},
        {"breather_until": NOW + timedelta(minutes=5)},
        {"asked": True},
        {"load": 4.0},
        {"load": 3.5},
        {"capacity": 2.0, "load": 1.5},
    ],
)
def test_nobody_is_asked_who_is_away_rests_or_is_full(change: dict[str, Any]) -> None:
    assert chosen(Need(), replace(NOOR, **change)) is None
    assert goes_to(Need(), replace(NOOR, **change), SAM) == "a-sam"


def test_a_breather_that_is_over_is_over() -> None:
    assert goes_to(Need(), replace(NOOR, breather_until=NOW)) == "a-noor"


def test_who_passed_is_not_asked_again() -> None:
    assert goes_to(Need(passed_by=["a-noor"]), NOOR, SAM) == "a-sam"
    assert goes_to(Need(passed_by=["a-noor", "a-sam"]), NOOR, SAM) is None


def test_nobody_there_nobody_chosen() -> None:
    assert chosen(Need()) is None


def test_the_lighter_load_and_then_the_longer_rest_decide() -> None:
    assert goes_to(Need(), replace(NOOR, load=1), SAM) == "a-sam"
    assert goes_to(Need(), replace(NOOR, load=2, capacity=8), replace(SAM, load=1, capacity=2)) == "a-noor"
    rested = replace(NOOR, last_at=NOW - timedelta(hours=1)), replace(SAM, last_at=NOW)
    assert goes_to(Need(), *rested) == "a-noor"
    assert goes_to(Need(), NOOR, SAM) == "a-noor"


def test_the_skill_goes_before_acquaintance_and_load() -> None:
    knows = replace(SAM, skills=("orders",), load=2)
    assert goes_to(Need(skills=("orders",), before=BEFORE, vip=True), NOOR, knows) == "a-sam"


def test_the_language_goes_before_a_skill() -> None:
    speaks, knows = replace(NOOR, languages=("pt",)), replace(SAM, skills=("orders",))
    assert goes_to(Need(skills=("orders",), language="pt"), speaks, knows) == "a-noor"
    assert goes_to(Need(skills=("orders",), language="en"), speaks, knows) == "a-sam"
    assert goes_to(Need(skills=("orders",)), speaks, knows) == "a-sam"


def test_the_earlier_agent_goes_before_load() -> None:
    assert goes_to(Need(before=BEFORE), replace(NOOR, load=2), SAM) == "a-noor"


def test_heavy_ones_are_spread() -> None:
    burdened, other = replace(NOOR, heavy=1, load=1), replace(SAM, load=2)
    assert goes_to(Need(weight=HEAVY), burdened, other) == "a-sam"
    assert goes_to(Need(weight=1), burdened, other) == "a-noor"


def test_somebody_with_nothing_can_take_the_heaviest() -> None:
    assert goes_to(Need(weight=3), replace(NOOR, capacity=2)) == "a-noor"
    assert goes_to(Need(weight=3), replace(NOOR, load=1.5)) is None


def test_it_waits_a_little_for_the_right_person_and_then_goes_to_anybody() -> None:
    busy = replace(SAM, skills=("orders",), load=4)
    need = Need(skills=("orders",))
    assert goes_to(need, NOOR, busy) is None
    assert goes_to(replace(need, waited=timedelta(minutes=3)), NOOR, busy) == "a-noor"
    assert goes_to(replace(need, urgency=0.75), NOOR, busy) == "a-noor"
    assert goes_to(need, NOOR, replace(busy, online=False)) == "a-noor"
    assert goes_to(replace(need, passed_by=["a-sam"]), NOOR, busy) == "a-noor"


def test_a_life_waits_for_nobodys_room() -> None:
    full = replace(NOOR, load=4), replace(SAM, load=5)
    assert goes_to(Need(weight=2.5, urgency=0.89), *full) is None
    found = chosen(Need(weight=2.5, urgency=0.93), *full)
    assert found and found.agent_id == "a-noor"
    assert found.line == "Noor: holds nothing heavy, full, but this cannot wait (4 of 4)"


@pytest.mark.parametrize(
    ("need", "agent", "line"),
    [
        (Need(), NOOR, "Noor: free (0 of 4)"),
        (
            Need(before=BEFORE, customer="Mara Lindqvist"),
            replace(NOOR, load=2),
            "Noor: spoke with Mara on 3 Nov, free (2 of 4)",
        ),
        (Need(before=BEFORE), NOOR, "Noor: spoke with this customer on 3 Nov, free (0 of 4)"),
        (
            Need(skills=("orders", "upset"), language="pt", weight=2),
            replace(NOOR, skills=("upset",), languages=("pt",), load=1.5),
            "Noor: knows upset, without orders, speaks pt, holds nothing heavy, free (1.5 of 4)",
        ),
        (Need(language="pt"), NOOR, "Noor: does not speak pt, free (0 of 4)"),
    ],
)
def test_the_line_says_why(need: Need, agent: Candidate, line: str) -> None:
    found = chosen(need, agent)
    assert found and found.line == line


def test_the_scores_of_all_who_could_have_it_are_there() -> None:
    found = chosen(Need(before=BEFORE), replace(NOOR, load=2), SAM, replace(SAM, id="a-out", online=False))
    assert found and found.scores == {"a-noor": 1.5, "a-sam": 0.0}


@pytest.mark.parametrize(
    ("level", "reasons", "weighs"),
    [
        (0.0, (), 1.0),
        (0.45, (), 1.5),
        (0.8, ("anger",), 2.0),
        (0.2, ("vulnerability",), 1.5),
        (1.0, ("abuse", "vulnerability", "safety"), 3.0),
    ],
)
def test_upset_people_weigh_more(level: float, reasons: tuple[str, ...], weighs: float) -> None:
    assert weight(level=level, reasons=reasons) == weighs


agents = st.builds(
    Candidate,
    id=st.uuids().map(str),
    name=st.just("Noor Haddad"),
    skills=st.sets(st.sampled_from(("orders", "upset"))).map(tuple),
    capacity=st.integers(1, 6).map(float),
    load=st.integers(0, 12).map(lambda halves: halves / 2),
    heavy=st.integers(0, 3),
    online=st.booleans(),
    breather_until=st.sampled_from((None, NOW - timedelta(1), NOW + timedelta(1))),
)
needs = st.builds(
    Need,
    waited=st.timedeltas(timedelta(), timedelta(hours=1)),
    skills=st.sets(st.sampled_from(("orders", "upset"))).map(tuple),
    weight=st.sampled_from((1.0, 1.5, 2.0, 3.0)),
    urgency=st.floats(0, 1),
)


@given(needs, st.lists(agents, max_size=6, unique_by=lambda one: one.id))
def test_whoever_is_chosen_can_take_it_and_nobody_is_left_waiting_for_nothing(
    need: Need, people: list[Candidate]
) -> None:
    found = chosen(need, *people)
    can = [
        one for one in people if one.works(NOW) and (one.load + need.weight <= one.capacity or not one.load)
    ]
    if found is None:
        assert not can or need.waited < SETTINGS.patience
    else:
        one = next(one for one in people if one.id == found.agent_id)
        assert one.works(NOW) and (one in can or need.urgency >= 0.9)
        assert found.line and found.scores[one.id] == max(found.scores.values())
