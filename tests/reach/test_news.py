from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reach.news import GivenUp, Nobody, Open, Standing, Telling, how_urgent, tellings
from bot.reach.rules import (
    DANGER,
    DELIVERY_FAILED,
    NOBODY_ONLINE,
    WAITED,
    WAITING,
    Quiet,
    Rule,
    Rules,
    Target,
)

NOW = datetime(2026, 11, 3, 11, tzinfo=ZoneInfo("Europe/London"))
NIGHT, MORNING = NOW.replace(hour=23), NOW.replace(day=4, hour=7)
TEAM, SAM, SHOP = Target("chat", "team"), Target("email", "sam@shop.example"), Target("webhook", "shop")
MARA = Open("h1", "c1", NOW - timedelta(minutes=2), NOW - timedelta(minutes=2), "Mara", "A late order")
NIGHTS = Quiet(time(21), time(7))


def rule(*when: str, to: tuple[Target, ...] = (TEAM,), minutes: float = 5, always: bool = False) -> Rule:
    return Rule(frozenset(when), to, timedelta(minutes=minutes), always)


def told(standing: Standing, *rules: Rule, now: datetime = NOW, quiet: Quiet | None = None) -> list[Telling]:
    return tellings(standing, Rules(rules, quiet), now)


def events(found: list[Telling]) -> list[str]:
    return [telling.news.event for telling in found]


def test_whoever_waits_is_told_to_everybody_of_the_rule() -> None:
    found = told(Standing((MARA,)), rule(WAITING, to=(TEAM, SAM)))
    assert [(telling.target, telling.news.about) for telling in found] == [(TEAM, MARA), (SAM, MARA)]
    assert len({telling.key for telling in found}) == 2
    assert all(len(telling.key) <= 120 for telling in found)


def test_looking_again_finds_the_same_keys_however_late_it_is() -> None:
    standing = Standing((MARA,), Nobody(NOW - timedelta(hours=1), "s"), (GivenUp("email", NOW, 1, "no"),))
    rules = rule(WAITING, WAITED, NOBODY_ONLINE, DELIVERY_FAILED, minutes=1)
    first, later = told(standing, rules), told(standing, rules, now=NOW + timedelta(hours=3))
    assert [telling.key for telling in first] == [telling.key for telling in later] and len(first) == 4


def test_who_is_named_in_two_rules_is_told_once() -> None:
    assert len(told(Standing((MARA,)), rule(WAITING), rule(WAITING, to=(TEAM, SAM)))) == 2


def test_nobody_is_told_of_somebody_who_has_an_agent() -> None:
    served = replace(MARA, waiting_since=None)
    assert told(Standing((served,)), rule(WAITING, WAITED, minutes=1)) == []


def test_going_back_to_the_queue_is_told_anew() -> None:
    once, again = (told(Standing((replace(MARA, released=n),)), rule(WAITING))[0].key for n in (0, 1))
    assert once != again


def test_a_message_waits_for_the_brief_but_not_for_long() -> None:
    fresh = replace(MARA, situation=None, opened_at=NOW - timedelta(seconds=5))
    assert told(Standing((fresh,)), rule(WAITING)) == []
    assert len(told(Standing((fresh,)), rule(WAITING), now=NOW + timedelta(seconds=20))) == 1


@pytest.mark.parametrize(("minutes", "count"), [(1, 1), (2, 1), (2.1, 0), (10, 0)])
def test_a_wait_is_told_when_it_is_that_long(minutes: float, count: int) -> None:
    assert len(told(Standing((MARA,)), rule(WAITED, minutes=minutes))) == count


def test_two_lengths_of_a_wait_are_two_messages() -> None:
    found = told(Standing((MARA,)), rule(WAITED, minutes=1), rule(WAITED, minutes=2))
    assert len(found) == 2 and {telling.news.minutes for telling in found} == {2}


def test_a_clock_that_jumps_back_tells_nothing_wrong() -> None:
    back = NOW - timedelta(hours=2)
    assert told(Standing((MARA,)), rule(WAITED, minutes=1), now=back) == []


def test_danger_is_told_even_if_somebody_has_it() -> None:
    grave = replace(MARA, codes=frozenset({"safety"}), waiting_since=None)
    assert events(told(Standing((grave,)), rule(DANGER))) == [DANGER]
    assert told(Standing((MARA,)), rule(DANGER)) == []


def test_danger_is_not_told_to_the_same_people_as_a_wait_too() -> None:
    grave = Standing((replace(MARA, codes=frozenset({"safety", "anger"})),))
    assert events(told(grave, rule(WAITING, DANGER))) == [DANGER]
    assert events(told(grave, rule(WAITING), rule(DANGER))) == [DANGER]
    apart = told(grave, rule(WAITING, to=(SAM,)), rule(DANGER))
    assert [(telling.target, telling.news.event) for telling in apart] == [(SAM, WAITING), (TEAM, DANGER)]


def test_in_quiet_hours_only_danger_machines_and_who_wants_it_are_told() -> None:
    grave = replace(MARA, handoff="h2", codes=frozenset({"safety"}))
    rules = (
        rule(WAITING, DANGER, to=(TEAM, SHOP)),
        rule(WAITING, to=(SAM,), always=True),
    )
    found = told(Standing((MARA, grave)), *rules, now=NIGHT, quiet=NIGHTS)
    assert {(t.target, t.news.event, t.news.about.handoff) for t in found} == {
        (TEAM, DANGER, "h2"),
        (SHOP, DANGER, "h2"),
        (SHOP, WAITING, "h1"),
        (SAM, WAITING, "h1"),
        (SAM, WAITING, "h2"),
    }


def test_what_still_holds_after_quiet_hours_is_told_then() -> None:
    assert told(Standing((MARA,)), rule(WAITING), now=NIGHT, quiet=NIGHTS) == []
    assert events(told(Standing((MARA,)), rule(WAITING), now=MORNING, quiet=NIGHTS)) == [WAITING]


def test_nobody_online_is_told_after_a_while_once_for_each_spell() -> None:
    alone = Standing((MARA,), Nobody(NOW - timedelta(minutes=6), "monday"))
    (telling,) = told(alone, rule(NOBODY_ONLINE))
    assert (telling.news.minutes, telling.news.waiting) == (6, 1)
    assert (
        told(replace(alone, nobody=Nobody(NOW - timedelta(minutes=4), "monday")), rule(NOBODY_ONLINE)) == []
    )
    (next_day,) = told(replace(alone, nobody=Nobody(alone.nobody.since, "tuesday")), rule(NOBODY_ONLINE))
    assert next_day.key != telling.key


def test_many_failures_of_one_kind_are_one_message_an_hour() -> None:
    hours = [NOW.replace(hour=9), NOW.replace(hour=10)]
    given_up = tuple(GivenUp(kind, hour, 50, "down") for kind in ("crm_note", "email") for hour in hours)
    found = told(Standing(given_up=given_up), rule(DELIVERY_FAILED))
    assert len({telling.key for telling in found}) == 4


@pytest.mark.parametrize(
    ("score", "word"), [(0.95, "danger"), (0.75, "very urgent"), (0.5, "urgent"), (0.1, "normal")]
)
def test_urgency_has_words(score: float, word: str) -> None:
    assert how_urgent(score) == word
