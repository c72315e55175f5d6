from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.hours import (
    MIDNIGHT,
    Closure,
    Hours,
    Shut,
    Span,
    SpecialHours,
    holiday_names,
    known_calendar,
    when_words,
)

LONDON = ZoneInfo("Europe/London")
DAY = (Span(time(9), time(12, 30)), Span(time(13, 30), time(17)))
HOURS = Hours(
    week=(DAY,) * 5 + ((Span(time(10), time(14)),), ()),
    zone=LONDON,
    holiday=(),
    calendar="GB-ENG",
    closures=(Closure(date(2026, 6, 1), date(2026, 6, 3), "stocktake"),),
)
SHORT = (Span(time(10), time(12)),)
EXCEPTIONS = replace(
    HOURS,
    special=(
        SpecialHours(date(2026, 5, 20), date(2026, 5, 20), SHORT, "team day"),
        SpecialHours(date(2026, 6, 2), date(2026, 6, 2), SHORT, "a delivery"),
        SpecialHours(date(2026, 12, 25), date(2026, 12, 25), SHORT, "Christmas service"),
        SpecialHours(date(2026, 5, 24), date(2026, 5, 24), SHORT, "open day"),
    ),
    kept_open=("Spring Bank Holiday",),
)
ALWAYS = Hours(week=((Span(time(0), MIDNIGHT),),) * 7, zone=LONDON)


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


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-05-20 11:00", True),
        ("2026-05-20 13:45", False),  # the week says open
        ("2026-06-02 11:00", True),  # in the middle of a closure
        ("2026-06-02 14:00", False),
        ("2026-06-03 11:00", False),
        ("2026-12-25 11:00", True),  # on a public holiday
        ("2026-05-24 11:00", True),  # on a Sunday
        ("2026-05-25 11:00", True),  # a holiday that the owner does not keep
        ("2026-08-31 11:00", False),  # and one that is kept
    ],
)
def test_special_hours_stand_above_all_else(moment: str, is_open: bool) -> None:
    assert EXCEPTIONS.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "shut"),
    [
        ("2026-05-21 10:00", None),
        ("2026-05-21 08:00", Shut("closed")),
        ("2026-05-24 13:00", Shut("closed")),  # Sunday, after the open day
        ("2026-05-20 14:00", Shut("closure", "team day")),
        ("2026-05-20 20:00", Shut("closed")),  # would be closed anyway
        ("2026-06-03 11:00", Shut("closure", "stocktake")),
        ("2026-06-03 23:00", Shut("closure", "stocktake")),  # all day
        ("2026-08-31 11:00", Shut("holiday", "Late Summer Bank Holiday")),
        ("2026-12-25 14:00", Shut("closure", "Christmas service")),
    ],
)
def test_why_nobody_is_there(moment: str, shut: Shut | None) -> None:
    assert EXCEPTIONS.shut(at(moment)) == shut


@pytest.mark.parametrize(
    ("start", "needed", "end"),
    [
        ("2026-05-21 09:00", 2, "2026-05-21 11:00"),
        ("2026-05-21 12:00", 2, "2026-05-21 15:00"),  # over lunch
        ("2026-05-21 16:00", 2, "2026-05-22 10:00"),  # over the night
        ("2026-05-22 20:00", 4, "2026-05-23 14:00"),  # to the end of a short day
        ("2026-05-23 13:00", 4, "2026-05-26 12:00"),  # over Sunday and a holiday
        ("2026-03-28 13:00", 2, "2026-03-30 10:00"),  # over the change of the clocks
    ],
)
def test_open_time_is_counted_while_it_is_open(start: str, needed: int, end: str) -> None:
    assert HOURS.after_open_time(at(start), timedelta(hours=needed)) == at(end)


def test_clocks_that_jump_do_not_lengthen_an_hour() -> None:
    spring, autumn = at("2026-03-29 00:30"), at("2026-10-25 00:30")
    assert ALWAYS.after_open_time(spring, timedelta(hours=2)) == at("2026-03-29 03:30")
    ends = ALWAYS.after_open_time(autumn, timedelta(hours=2))
    assert ends and ends.astimezone(timezone.utc) == at("2026-10-25 01:30", "UTC")


def test_a_shop_that_never_opens_promises_nothing() -> None:
    assert Hours(week=((),) * 7, zone=LONDON).after_open_time(at("2026-05-20 08:00"), timedelta(1)) is None


def test_closing_is_the_end_of_the_stretch() -> None:
    assert HOURS.closing(at("2026-05-20 09:00")) == at("2026-05-20 12:30")
    assert HOURS.closing(at("2026-05-20 13:00")) is None
    weekend = replace(ALWAYS, week=(*(((),) * 5), *ALWAYS.week[5:]))
    assert weekend.closing(at("2026-05-23 13:00")) == at("2026-05-25 00:00")
    assert weekend.on(date(2026, 5, 23))[0].words == "0:00 to 24:00"


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


def test_a_calendar_names_its_holidays() -> None:
    names = holiday_names("GB-ENG", 2026)
    assert {"Good Friday", "Easter Monday", "Boxing Day"} <= names
    assert "St. Patrick's Day" not in names
