"""What is learned from those who waited, and what is not said because it was not."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.waits import Asked, Wait, alike, estimate, pace, rounded, waits, words

NOW = datetime(2026, 11, 4, 11, tzinfo=timezone.utc)  # a Wednesday
LONDON = ZoneInfo("Europe/London")


def learned(known: list[Wait], ahead: int = 0, now: datetime = NOW) -> float | None:
    return estimate(alike(known, now, LONDON), ahead)


def waited(
    *minutes: float, ahead: int = 0, days: float = 1, hours: float = 0, came: bool = True
) -> list[Wait]:
    since = NOW - timedelta(days=days, hours=hours)
    return [Wait(since, one, ahead, came) for one in minutes]


def test_the_median_of_like_waits_is_told() -> None:
    assert learned(waited(2, 3, 4, 5, 60)) == 4


def test_nothing_is_told_from_few_or_from_unlike_waits() -> None:
    assert learned([]) is None
    assert learned(waited(2, 3, 4, 5)) is None
    assert learned(waited(2, 3, 4, 5, 6, hours=8)) is None  # another time of the day
    assert learned(waited(2, 3, 4, 5, 6, days=120)) is None  # long ago
    assert learned(waited(2, 3, 4, 5, 6, ahead=9)) is None  # a long queue tells nothing of an empty one


def test_the_hour_counts() -> None:
    known = waited(*[2] * 10) + waited(*[40] * 10, hours=4)
    assert learned(known) == 2
    assert learned(known, now=NOW - timedelta(hours=4)) == 40


def test_the_hour_is_that_of_the_business() -> None:
    """Eleven in London is ten in UTC in summer: the clock on the wall counts."""
    summer = [Wait(datetime(2026, 10, 20, 10, tzinfo=timezone.utc), 5, 0) for _ in range(20)]
    others = [Wait(datetime(2026, 10, 20, 14, tzinfo=timezone.utc), 50, 0) for _ in range(20)]
    assert learned(summer + others, now=datetime(2026, 10, 27, 11, tzinfo=timezone.utc)) == 5


def test_the_queue_counts() -> None:
    known = waited(*[3] * 10) + waited(*[25] * 10, ahead=6)
    assert (learned(known, ahead=0), learned(known, ahead=6)) == (3, 25)


def test_a_weekend_tells_less_of_a_working_day() -> None:
    saturday = waited(*[30] * 9, days=4)
    assert learned(saturday) == 30
    assert learned(saturday + waited(*[2] * 6, days=5)) == 2  # Friday: fewer, and older, but alike


def test_recent_waits_count_more() -> None:
    assert learned(waited(*[30] * 10, days=42) + waited(*[5] * 5)) == 5


def test_who_left_had_waited_that_long_at_least() -> None:
    came = waited(2, 4, 6, 8, 10)
    assert learned(came) == 6
    assert learned(came + waited(5, 5, 5, 5, came=False)) == 8
    assert learned(came + waited(1, 1, 1, came=False)) == 6  # gone before anybody came: no news
    assert learned(waited(2, 3) + waited(*[4] * 8, came=False)) is None


@given(st.lists(st.tuples(st.floats(0, 600), st.integers(0, 30), st.booleans()), max_size=40))
def test_an_estimate_is_a_wait_that_somebody_had(known: list[tuple[float, int, bool]]) -> None:
    told = learned([Wait(NOW - timedelta(days=1), minutes, ahead, came) for minutes, ahead, came in known])
    assert told is None or told in {minutes for minutes, _, came in known if came}


def test_those_ahead_are_counted_at_the_time_of_asking() -> None:
    def at(minute: float) -> datetime:
        return NOW + timedelta(minutes=minute)

    asked = [Asked(at(2), at(4), came=False), Asked(at(0), at(10)), Asked(at(5), None), Asked(at(10), at(11))]
    assert waits(asked, at(20)) == [
        Wait(at(0), 10, 0),
        Wait(at(2), 2, 1, came=False),
        Wait(at(5), 15, 1, came=False),
        Wait(at(10), 1, 1),
    ]


def test_a_clock_that_was_set_back_makes_no_negative_wait() -> None:
    assert waits([Asked(NOW, NOW - timedelta(hours=1))], NOW)[0].minutes == 0


@pytest.mark.parametrize(
    ("stays", "ahead", "places", "minutes"),
    [
        ([10, 12, 14, 16, 80], 0, 2, 7),
        ([10, 12, 14, 16, 80], 3, 2, 28),
        ([10, 12, 14, 16], 0, 2, None),
        ([10, 12, 14, 16, 80], 0, 0, None),
    ],
)
def test_the_pace_of_agents(stays: list[float], ahead: int, places: float, minutes: float | None) -> None:
    assert pace(stays, ahead=ahead, places=places) == minutes


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, 1), (1.2, 2), (4, 5), (11, 15), (45, 45), (46, 60), (900, 60)]
)
def test_minutes_are_said_as_people_do(minutes: float, said: int) -> None:
    assert rounded(minutes) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(0.4, "about a minute"), (3.5, "about 5 minutes"), (70, "an hour or more")]
)
def test_a_wait_is_said_in_words(minutes: float, said: str) -> None:
    assert words(minutes) == said
