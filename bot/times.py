"""Moments, waits and opening hours as a language says them, in the business's time zone."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.units import format_unit

from bot.handoff import waits
from bot.hours import MIDNIGHT, Hours, Spans, moment_words, when_words

# What an owner writes of a language, with the words in curly brackets that each may use. All else the
# Unicode consortium's data know: names of days and months, hours, plurals, lists.
PATTERNS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("today", "tomorrow"), ("time",)),
    "weekday": ("day", "time"),
    "date": ("day", "date", "time"),
    "by": ("when",),
    **dict.fromkeys(("soon", "closed"), ()),
    **dict.fromkeys(("about", "or_more"), ("duration",)),
}
MONDAY = date(2024, 1, 1)


class Times:
    """One language's way to say when, by when and how long. `patterns` are those of `PATTERNS`."""

    def __init__(self, language: str, zone: ZoneInfo, patterns: Mapping[str, str]) -> None:
        self.language, self._zone, self._patterns = language, zone, patterns
        self._locale = Locale.parse(language)

    def at(self, moment: datetime | None, now: datetime) -> str:
        """Say a moment to come: “tomorrow at 9:00”. None: as soon as we can."""
        if moment is None:
            return self._patterns["soon"]
        here, today = moment.astimezone(self._zone), now.astimezone(self._zone).date()
        days = (here.date() - today).days
        form = {0: "today", 1: "tomorrow"}.get(days, "weekday" if 1 < days <= 6 else "date")
        return self._dated(form, here)

    def by(self, moment: datetime | None, now: datetime) -> str:
        """Say until when: “by tomorrow at 9:00”."""
        words = self.at(moment, now)
        return words if moment is None else self._patterns["by"].format(when=words)

    def on(self, moment: datetime) -> str:
        """Say a moment so that it is true whenever it is read: “Tuesday, 3 November, at 12:00”."""
        return self._dated("date", moment.astimezone(self._zone))

    def about(self, minutes: float) -> str:
        """Say how long a wait is: “about 5 minutes”."""
        said = waits.rounded(minutes)
        if said >= waits.HOUR:
            return self._patterns["or_more"].format(duration=self._unit(1, "duration-hour"))
        return self._patterns["about"].format(duration=self._unit(said, "duration-minute"))

    def week(self, hours: Hours) -> str:
        """Say the week, days with the same hours together."""
        return self._list([f"{self._days(*days)} {self._spans(spans)}" for days, spans in hours.alike()])

    def name_of(self, language: str) -> str:
        """Return what this language calls another, by its code."""
        return self._locale.languages.get(language, language)

    def _dated(self, form: str, here: datetime) -> str:
        return self._patterns[form].format(
            day=format_date(here, "EEEE", locale=self._locale),
            date=format_skeleton("MMMMd", here, locale=self._locale),
            time=self._clock(here.time()),
        )

    def _days(self, first: int, last: int) -> str:
        names = [
            format_date(MONDAY + timedelta(days=day), "EEEE", locale=self._locale) for day in (first, last)
        ]
        return names[0] if first == last else "–".join(names)

    def _spans(self, spans: Spans) -> str:
        if not spans:
            return self._patterns["closed"]
        return self._list([f"{self._clock(span.opens)}–{self._clock(span.closes)}" for span in spans])

    def _clock(self, at: time) -> str:
        return format_time(time.min if at == MIDNIGHT else at, "short", locale=self._locale)

    def _list(self, parts: list[str]) -> str:
        return format_list(parts, locale=self._locale)

    def _unit(self, number: int, unit: str) -> str:
        return format_unit(number, unit, "long", locale=self._locale)


class EnglishTimes(Times):
    """English, of which we have the words ourselves: the bot's answers use the same."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__("en", zone, {})

    def at(self, moment: datetime | None, now: datetime) -> str:
        return when_words(moment.astimezone(self._zone), now) if moment else "as soon as we can"

    def by(self, moment: datetime | None, now: datetime) -> str:
        words = self.at(moment, now)
        return f"by {words.removeprefix('on ')}" if moment else words

    def on(self, moment: datetime) -> str:
        return moment_words(moment.astimezone(self._zone))

    def about(self, minutes: float) -> str:
        return waits.words(minutes)

    def week(self, hours: Hours) -> str:
        return hours.week_words()


Worded = str | Callable[[Times], str]  # a word, or how the language of the sentence says it


def is_language(code: str) -> bool:
    """Tell whether it is a code such as `de`, of a language whose dates are known."""
    try:
        return len(Locale.parse(code).language) == len(code)
    except (UnknownLocaleError, ValueError):
        return False


def name_of_language(code: str, *, named_in: str = "en") -> str | None:
    """Name a language for those who do not speak it and those who do: “Polish (polski)”. None: not known."""
    try:
        known = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
    name, own = known.get_language_name(named_in), known.get_language_name()
    return f"{name} ({own})" if name and own and name != own else name or own
