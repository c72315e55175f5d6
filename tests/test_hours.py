from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.hours import Closure, Hours, Span, known_calendar, when_words

LONDON = ZoneInfo("Europe/London")
DAY = (Span(time(9), time(12, 30)), Span(time(13, 30), time(17)))
HOURS = Hours(
    week=(DAY,) * 5 + ((Span(time(10), time(14)),), ()),
    zone=LONDON,
    holiday=(),
    calendar="GB-ENG",
    closures=(Closure(date(2026, 6, 1), date(2026, 6, 3), "stocktake"),),
)


def at(text: str, zone: str = "Europe/London") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at("2026-05-20 09:00"), True),
        (at("2026-05-20 08:59"), False),
        (at("2026-05-20 12:30"), False),  # lunch
        (at("2026-05-20 16:59"), True),
        (at("2026-05-20 17:00"), False),
        (at("2026-05-20 08:30", "UTC"), True),  # half past nine in London's summer
        (at("2026-11-18 08:30", "UTC"), False),  # and half past eight in its winter
        (at("2026-05-20 23:00", "America/New_York"), False),
        (at("2026-05-23 11:00"), True),  # Saturday
        (at("2026-05-24 11:00"), False),  # Sunday
        (at("2026-05-25 11:00"), False),  # Spring Bank Holiday
        (at("2026-06-02 11:00"), False),  # stocktake
    ],
)
def test_open_follows_the_week_the_calendar_and_the_time_zone(moment: datetime, is_open: bool) -> None:
    assert HOURS.is_open(moment) is is_open


@pytest.mark.parametrize(
    ("after", "opening"),
    [
        ("2026-05-20 08:00", "2026-05-20 09:00"),
        ("2026-05-20 09:00", "2026-05-20 13:30"),
        ("2026-05-20 18:00", "2026-05-21 09:00"),
        ("2026-05-23 20:00", "2026-05-26 09:00"),  # over Sunday and a holiday
        ("2026-05-31 20:00", "2026-06-04 09:00"),  # over the stocktake
        ("2026-03-28 20:00", "2026-03-30 09:00"),  # over the change of the clocks
    ],
)
def test_the_next_opening_skips_what_is_closed(after: str, opening: str) -> None:
    assert HOURS.next_opening(at(after)) == at(opening)


def test_a_shop_that_never_opens_has_no_next_opening() -> None:
    assert Hours(week=((),) * 7, zone=LONDON).next_opening(at("2026-05-20 08:00")) is None


def test_the_week_is_said_with_like_days_together() -> None:
    assert HOURS.week_words() == (
        "Monday to Friday 9:00 to 12:30 and 13:30 to 17:00, Saturday 10:00 to 14:00, Sunday closed"
    )
    weekend = Hours(week=((),) * 5 + (DAY[:1],) * 2, zone=LONDON)
    assert weekend.week_words() == "Monday to Friday closed, Saturday and Sunday 9:00 to 12:30"


def test_a_special_day_is_said_with_its_reason() -> None:
    assert HOURS.day_words(date(2026, 6, 2)) == "closed (stocktake)"
    assert HOURS.day_words(date(2026, 12, 25)) == "closed (Christmas Day)"
    assert HOURS.day_words(date(2026, 5, 23)) == "10:00 to 14:00"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-05-20 14:00", "today at 14:00"),
        ("2026-05-21 09:00", "tomorrow at 9:00"),
        ("2026-05-25 09:00", "on Monday at 9:00"),
        ("2026-06-04 09:00", "on Thursday 4 June at 9:00"),
    ],
)
def test_a_moment_to_come_is_said_as_people_do(moment: str, words: str) -> None:
    assert when_words(at(moment), at("2026-05-20 08:00")) == words


@pytest.mark.parametrize(
    ("code", "known"), [("GB-ENG", True), ("IE", True), ("GB-XXX", False), ("Narnia", False)]
)
def test_calendars_are_known_by_country_and_region(code: str, known: bool) -> None:
    assert known_calendar(code) is known
