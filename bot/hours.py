"""When a business is open: its week, public holidays and closures, in its own time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HORIZON = timedelta(days=60)


@dataclass(frozen=True)
class Span:
    """From opening to closing on one day."""

    opens: time
    closes: time

    @property
    def words(self) -> str:
        return f"{_clock(self.opens)} to {_clock(self.closes)}"


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Closure:
    """Days on which nobody is there, the last included."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class Hours:
    """A timetable. `week` has seven entries from Monday on; no spans means closed."""

    week: tuple[Spans, ...]
    zone: ZoneInfo
    holiday: Spans = ()
    calendar: str = ""
    closures: tuple[Closure, ...] = ()

    def on(self, day: date) -> Spans:
        """Return the spans in which it is open on that day."""
        if self._closure(day):
            return ()
        usual = self.week[day.weekday()]
        return self.holiday if usual and self._holiday(day) else usual

    def is_open(self, at: datetime) -> bool:
        """Tell whether it is open at that moment, given as an aware time."""
        here = at.astimezone(self.zone)
        return any(span.opens <= here.time() < span.closes for span in self.on(here.date()))

    def next_opening(self, after: datetime) -> datetime | None:
        """Return the first opening after that moment; None if there is none in the next two months."""
        return next((at for at in self._openings(after) if at > after), None)

    def _openings(self, start: datetime) -> Iterator[datetime]:
        first = start.astimezone(self.zone).date()
        for offset in range(HORIZON.days):
            day = first + timedelta(days=offset)
            for span in self.on(day):
                yield datetime.combine(day, span.opens, self.zone)

    def week_words(self) -> str:
        """Say the week, days with the same hours together: “Monday to Friday 7:30 to 18:00, ...”."""
        parts: list[str] = []
        start = 0
        for end in range(1, 8):
            if end == 7 or self.week[end] != self.week[start]:
                parts.append(f"{_days(start, end - 1)} {_spans(self.week[start])}")
                start = end
        return ", ".join(parts)

    def day_words(self, day: date) -> str:
        """Say one day: “7:30 to 18:00”, “closed (Christmas)”."""
        spans, reason = self.on(day), self._closure(day) or self._holiday(day)
        return f"{_spans(spans)} ({reason})" if reason else _spans(spans)

    def holiday_words(self) -> str:
        return _spans(self.holiday)

    def _closure(self, day: date) -> str:
        return next((c.reason for c in self.closures if c.first <= day <= c.last), "")

    def _holiday(self, day: date) -> str:
        return _holidays(self.calendar, day.year).get(day, "") if self.calendar else ""


def when_words(moment: datetime, now: datetime) -> str:
    """Say a moment to come as people do: “today at 14:00”, “tomorrow at 9:00”, “on Monday at 8:00”."""
    days = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    near = {0: "today", 1: "tomorrow"}.get(days)
    if near is None:
        near = f"on {DAYS[moment.weekday()]}"
        if days > 6:
            near += f" {moment.day} {moment:%B}"
    return f"{near} at {_clock(moment.time())}"


def known_calendar(code: str) -> bool:
    """Tell whether there is a calendar of public holidays for a code such as GB or GB-ENG."""
    try:
        _holidays(code, 2026)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=32)
def _holidays(code: str, year: int) -> dict[date, str]:
    country, _, region = code.partition("-")
    return dict(holidays.country_holidays(country, subdiv=region or None, years=year))


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def _spans(spans: Spans) -> str:
    return " and ".join(span.words for span in spans) or "closed"


def _days(first: int, last: int) -> str:
    if first == last:
        return DAYS[first]
    return f"{DAYS[first]} {'and' if last == first + 1 else 'to'} {DAYS[last]}"
