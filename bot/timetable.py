"""The owner's `hours.yml`, read into timetables and checked."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.hours import DAYS, MIDNIGHT, Closure, Hours, Span, Spans, SpecialHours, holiday_names, known_calendar
from bot.owner_file import Part, suggestion

WHO = ("cafes", "support", "everyone")


def timetables(hours: Part, zone: ZoneInfo) -> tuple[Hours, Hours]:
    """Read the hours of the shops and of the people who answer; what is wrong is noted in the part."""
    hours.only("cafes", "support", "public_holidays", "closures", "special_hours")
    cafes, support = (_hours(hours, who, zone) for who in ("cafes", "support"))
    return cafes, support


def _hours(hours: Part, who: str, zone: ZoneInfo) -> Hours:
    week, off = hours.part(who), hours.part("public_holidays")
    week.only(*(day.lower() for day in DAYS))
    off.only("calendar", "cafes", "support", "open_as_usual")
    calendar = off.text("calendar")
    if calendar and not known_calendar(calendar):
        off.note(f"There is no calendar “{calendar}”", "Write a country and region like GB-ENG", "calendar")
        calendar = ""
    return Hours(
        week=tuple(_spans(week, day.lower()) for day in DAYS),
        zone=zone,
        holiday=_spans(off, who),
        calendar=calendar,
        closures=tuple(_closures(hours, who)),
        special=tuple(_special(hours, who)),
        kept_open=tuple(_kept_open(off, calendar)),
    )


def _spans(part: Part, key: str) -> Spans:
    text = part.text(key)
    if not text or text.lower() == "closed":
        return ()
    spans = tuple(span for piece in text.split(",") if (span := _span(part, key, piece.strip())))
    if any(before.closes > after.opens for before, after in pairwise(spans)):
        part.note("These hours overlap", "Write the earlier ones first", key)
    return spans


def _span(part: Part, key: str, text: str) -> Span | None:
    found = re.fullmatch(r"(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)", text)
    try:
        hours = [int(digits) for digits in found.groups()] if found else []
        opens = time(*hours[:2])
        closes = MIDNIGHT if hours[2:] == [24, 0] else time(*hours[2:])
        if not found:
            raise ValueError
    except ValueError:
        part.note(f"“{text}” is not a time of day", "Write it like 7:30-18:00, or closed", key)
        return None
    if opens >= closes:
        part.note(f"Here you close before you open: {text}", "Write the opening time first", key)
    return Span(opens, closes)


def _closures(hours: Part, who: str) -> Iterator[Closure]:
    for closure, first, last in _days(hours, "closures", who):
        yield Closure(first, last, closure.text("reason"))


def _special(hours: Part, who: str) -> Iterator[SpecialHours]:
    for special, first, last in _days(hours, "special_hours", who, "hours"):
        yield SpecialHours(first, last, _spans(special, "hours"), special.text("reason"))


def _days(hours: Part, key: str, who: str, *more: str) -> Iterator[tuple[Part, date, date]]:
    """Go through the entries that stand for certain days and concern `who`."""
    for entry in hours.entries(key):
        if not entry.is_block():
            continue
        entry.only("from", "until", "who", "reason", *more)
        whom = entry.text("who")
        if whom and whom not in WHO:
            entry.note(f"“{whom}” is nobody we know", "Write cafes, support or everyone", "who")
        first = _date(entry, "from")
        last = _date(entry, "until") if entry.has("until") else first
        if first and last and first > last:
            entry.note("This entry ends before it starts", "Write the earlier day at “from”", "until")
        if first and last and whom in (who, "everyone"):
            yield entry, first, last


def _date(entry: Part, key: str) -> date | None:
    mend = "Write it as year-month-day, such as 2026-12-24"
    found = entry.typed(key, date, mend)
    if isinstance(found, datetime):  # a date with a time is a date too, to Python
        entry.note(f"“{key}” cannot have a time of day", mend, key)
        return None
    return found


def _kept_open(off: Part, calendar: str) -> Iterator[str]:
    names = holiday_names(calendar, datetime.now(timezone.utc).year) if calendar else frozenset()
    for item in off.entries("open_as_usual"):
        if names and item.value not in names:
            item.note(f"The calendar has no holiday “{item.value}”", suggestion(str(item.value), names))
        yield str(item.value)
