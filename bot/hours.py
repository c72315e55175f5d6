"""When a business is open: its week, public holidays and single days, in its own time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HORIZON = timedelta(days=60)
MIDNIGHT = time.max  # as a closing time: open to the end of the day

# Why nobody is there.
CLOSED, HOLIDAY, CLOSURE = "closed", "holiday", "closure"


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
class SpecialHours:
    """Days with hours of their own, the last included: open on a holiday, or closing early."""

    first: date
    last: date
    spans: Spans
    reason: str


@dataclass(frozen=True)
class Shut:
    """Why it is not open: `closed` as in any week, a `holiday` or a `closure`, which have a name."""

    why: str
    name: str = ""


@dataclass(frozen=True)
class Hours:
    """A timetable. `week` has seven entries from Monday on; no spans means closed.

    Special hours stand above closures, closures above public holidays, and those above the week.
    `kept_open` names the public holidays that are days like any other.
    """

    week: tuple[Spans, ...]
    zone: ZoneInfo
    holiday: Spans = ()
    calendar: str = ""
    closures: tuple[Closure, ...] = ()
    special: tuple[SpecialHours, ...] = ()
    kept_open: tuple[str, ...] = ()

    def on(self, day: date) -> Spans:
        """Return the spans in which it is open on that day."""
        special = self._special(day)
        if special:
            return special.spans
        if self._closure(day):
            return ()
        usual = self.week[day.weekday()]
        return self.holiday if usual and self._holiday(day) else usual

    def is_open(self, at: datetime) -> bool:
        """Tell whether it is open at that moment, given as an aware time."""
        here = at.astimezone(self.zone)
        return _within(self.on(here.date()), here.time())

    def shut(self, at: datetime) -> Shut | None:
        """Say why it is not open at that moment; None while it is."""
        if self.is_open(at):
            return None
        here = at.astimezone(self.zone)
        day, usual = here.date(), self.week[here.weekday()]
        # A holiday is the reason only where it took hours away, not in the night after it.
        if not usual or (self.on(day) and not _within(usual, here.time())):
            return Shut(CLOSED)
        special, closure = self._special(day), self._closure(day)
        if special or closure:
            return Shut(CLOSURE, special.reason if special else closure)
        return Shut(HOLIDAY, self._holiday(day))

    def next_opening(self, after: datetime) -> datetime | None:
        """Return the first opening after that moment; None if there is none in the next two months."""
        return next((opens for opens, _ in self._spells(after) if opens > after), None)

    def closing(self, at: datetime) -> datetime | None:
        """Return when it closes, seen from a moment at which it is open."""
        until: datetime | None = None
        for opens, closes in self._spells(at):
            if until is None:
                until = closes if opens <= at < closes else None
            elif opens == until:  # through the night
                until = closes
            else:
                break
        return until

    def after_open_time(self, start: datetime, needed: timedelta) -> datetime | None:
        """Return when it has been open for so long since `start`; None if not in the next two months."""
        left = needed
        for opens, closes in self._spells(start):
            begins = max(opens, start).astimezone(timezone.utc)  # in one zone, clocks may jump between
            lasts = closes.astimezone(timezone.utc) - begins
            if lasts >= left:
                return (begins + left).astimezone(self.zone)
            left -= max(lasts, timedelta())
        return None

    def _spells(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Go through openings and closings from the day of `start` on."""
        first = start.astimezone(self.zone).date()
        for offset in range(HORIZON.days):
            day = first + timedelta(days=offset)
            for span in self.on(day):
                last, closes = day, span.closes
                if closes == MIDNIGHT:
                    last, closes = day + timedelta(days=1), time.min
                yield (
                    datetime.combine(day, span.opens, self.zone),
                    datetime.combine(last, closes, self.zone),
                )

    def week_words(self) -> str:
        """Say the week, days with the same hours together: “Monday to Friday 7:30 to 18:00, ...”."""
        return ", ".join(f"{_days(*days)} {_spans(spans)}" for days, spans in self.alike())

    def alike(self) -> Iterator[tuple[tuple[int, int], Spans]]:
        """Go through the days that follow each other with the same hours: first and last, 0 is Monday."""
        start = 0
        for end in range(1, 8):
            if end == 7 or self.week[end] != self.week[start]:
                yield (start, end - 1), self.week[start]
                start = end

    def day_words(self, day: date) -> str:
        """Say one day: “7:30 to 18:00”, “closed (Christmas)”."""
        special = self._special(day)
        reason = special.reason if special else self._closure(day) or self._holiday(day)
        spans = self.on(day)
        return f"{_spans(spans)} ({reason})" if reason else _spans(spans)

    def holiday_words(self) -> str:
        return _spans(self.holiday)

    def _closure(self, day: date) -> str:
        return next((c.reason for c in self.closures if c.first <= day <= c.last), "")

    def _special(self, day: date) -> SpecialHours | None:
        return next((s for s in self.special if s.first <= day <= s.last), None)

    def _holiday(self, day: date) -> str:
        name = _holidays(self.calendar, day.year).get(day, "") if self.calendar else ""
        return "" if name in self.kept_open else name


def when_words(moment: datetime, now: datetime) -> str:
    """Say a moment to come as people do: “today at 14:00”, “tomorrow at 9:00”, “on Monday at 8:00”."""
    days = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    near = {0: "today", 1: "tomorrow"}.get(days)
    if near is None:
        near = f"on {DAYS[moment.weekday()]}"
        if days > 6:
            near += f" {moment.day} {moment:%B}"
    return f"{near} at {_clock(moment.time())}"


def moment_words(at: datetime) -> str:
    """Say a moment so that it is true whenever it is read: “Tuesday, 3 November, at 12:00”."""
    return f"{DAYS[at.weekday()]}, {at.day} {at:%B}, at {at.hour}:{at.minute:02}"


def known_calendar(code: str) -> bool:
    """Tell whether there is a calendar of public holidays for a code such as GB or GB-ENG."""
    try:
        _holidays(code, 2026)
    except NotImplementedError:
        return False
    return True


def holiday_names(code: str, year: int) -> frozenset[str]:
    """Return how a calendar calls the public holidays of that year and the two that follow."""
    return frozenset(name for later in range(3) for name in _holidays(code, year + later).values())


@lru_cache(maxsize=32)
def _holidays(code: str, year: int) -> dict[date, str]:
    country, _, region = code.partition("-")
    return dict(holidays.country_holidays(country, subdiv=region or None, years=year))


def _within(spans: Spans, at: time) -> bool:
    return any(span.opens <= at < span.closes for span in spans)


def _clock(at: time) -> str:
    return "24:00" if at == MIDNIGHT else f"{at.hour}:{at.minute:02}"


def _spans(spans: Spans) -> str:
    return " and ".join(span.words for span in spans) or "closed"


def _days(first: int, last: int) -> str:
    if first == last:
        return DAYS[first]
    return f"{DAYS[first]} {'and' if last == first + 1 else 'to'} {DAYS[last]}"
