"""When the business is open, as its owner sets it: the week, holidays, closures, days with other hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.business import Business
from bot.handoff.availability import rounded_up
from bot.hours import DAYS, HOLIDAY, MIDNIGHT, Hours, Span, moment_words
from bot.owner_file import Part
from bot.studio.files.patch import Patch
from bot.studio.files.workspace import digest
from bot.timetable import timetables

FILE = "data/business/hours.yml"
WHO = ("cafes", "support")  # the shops, and the people who answer
WEEK = tuple(day.lower() for day in DAYS)
LISTS = ("closures", "special_hours")
AHEAD = 370  # days for which holidays and odd days are listed
MOST_ODD = 12
ALWAYS = ((Span(time.min, MIDNIGHT),),) * 7


@dataclass(frozen=True)
class Opening:
    """What hours.yml says, in its own words: a day is a text such as `9:00-12:30, 13:30-18:00`.

    An entry of `closures` and `special_hours` has from, until, who, reason (and hours) as texts; `index` is
    where it stood when the file was read, or None for a new one.
    """

    cafes: Mapping[str, str]
    support: Mapping[str, str]
    holidays: Mapping[str, Any]  # calendar, cafes, support, open_as_usual
    closures: Sequence[Mapping[str, Any]]
    special_hours: Sequence[Mapping[str, Any]]

    @classmethod
    def read(cls, text: str) -> "Opening":
        """Read the text of the file.

        Raises:
            OwnerFileError: it is no YAML that an owner may write.
        """
        tree = Patch(text, FILE).tree
        off = _block(tree.get("public_holidays"))
        return cls(
            **{who: {day: _text(_block(tree.get(who)).get(day)) for day in WEEK} for who in WHO},
            holidays={
                **{key: _text(off.get(key)) for key in ("calendar", *WHO)},
                "open_as_usual": [str(name) for name in _list(off.get("open_as_usual"))],
            },
            **{key: list(map(_entry, _blocks(tree.get(key)))) for key in LISTS},
        )

    @property
    def mark(self) -> str:
        """What tells whether somebody has changed it: its values, not the comments around them."""
        return digest(repr(self))

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it; each entry knows where it stood."""
        numbered = {key: [{**e, "index": i} for i, e in enumerate(getattr(self, key))] for key in LISTS}
        return {**vars(self), **numbered}

    def written(self, text: str) -> str:
        """Return the text of the file with these hours, all else as it was.

        Raises:
            StudioError: the file is written in a way that cannot be changed in place.
        """
        patch = Patch(text, FILE)
        before = Opening.read(text)
        for who in WHO:
            for day in WEEK:
                _set(patch, (who, day), getattr(before, who)[day], getattr(self, who)[day])
        for key in ("calendar", *WHO):
            _set(patch, ("public_holidays", key), before.holidays[key], self.holidays[key])
        names, wanted = before.holidays["open_as_usual"], self.holidays["open_as_usual"]
        kept = [index for index, name in enumerate(names) if name in wanted]
        new = [name for name in dict.fromkeys(wanted) if name not in names]
        patch.arrange(("public_holidays", "open_as_usual"), [*kept, *new])
        for key in LISTS:
            _arrange(patch, key, getattr(before, key), getattr(self, key))
        return patch.text


def hours_of(text: str, zone: ZoneInfo) -> tuple[Hours, Hours]:
    """Return the hours of the shops and of the people as the file's text has them, odd values left out."""
    return timetables(Part.parse(text, FILE), zone)


def coming_holidays(calendar: str, zone: ZoneInfo, now: datetime) -> list[dict[str, str]]:
    """List the public holidays of the coming year: day and name."""
    hours, found = Hours(week=ALWAYS, zone=zone, calendar=calendar), []
    for day in _days(now, zone):
        shut = hours.shut(datetime.combine(day, time(12), zone))
        if shut and shut.why == HOLIDAY:
            found.append({"date": day.isoformat(), "name": shut.name, "day": _day_words(day)})
    return found


def heard(cafes: Hours, support: Hours, now: datetime) -> dict[str, Any]:
    """Say what customers would hear today, and list the days to come that are not like every week."""
    today = now.astimezone(cafes.zone).date()
    odd = []
    for day in _days(now, cafes.zone):
        if any(hours.on(day) != hours.week[day.weekday()] for hours in (cafes, support)):
            words = {"cafes": cafes.day_words(day), "support": support.day_words(day)}
            odd.append({"date": day.isoformat(), "day": _day_words(day), **words})
    return {
        "day": DAYS[today.weekday()],
        "today": _today("we're", cafes, today),
        "support": _today("people answer", support, today),
        "week": cafes.week_words(),
        "support_week": support.week_words(),
        "open_now": support.is_open(now),
        "odd": odd[:MOST_ODD],
    }


def _today(who: str, hours: Hours, day: date) -> str:
    words = hours.day_words(day)
    if not words.startswith("closed"):
        return f"Today {who} {'open ' if who.endswith('re') else ''}{words}."
    why = words.removeprefix("closed").strip()
    none = "we're closed" if who.endswith("re") else "nobody answers"
    return f"Today {none}{f' {why}' if why else ''}."


def _days(now: datetime, zone: ZoneInfo) -> list[date]:
    first = now.astimezone(zone).date()
    return [first + timedelta(days=offset) for offset in range(AHEAD)]


def _day_words(day: date) -> str:
    return moment_words(datetime.combine(day, time.min)).rpartition(",")[0]


def _set(patch: Patch, path: tuple[str, ...], before: str, wanted: str) -> None:
    if before != wanted:
        patch.set(path, wanted)


def _arrange(
    patch: Patch, key: str, before: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]
) -> None:
    kept = {e["index"]: e for e in wanted if e.get("index") is not None and e["index"] < len(before)}
    for index, entry in kept.items():
        for name in _names(key):
            value, old = entry.get(name) or "", before[index].get(name) or ""
            if value and value != old:
                patch.set((key, index, name), _dated(name, value), after="from" if name == "until" else None)
            elif old and not value:
                patch.delete((key, index, name))
    new = [entry for entry in wanted if entry.get("index") is None]
    written = [{n: _dated(n, e[n]) for n in _names(key) if e.get(n)} for e in new]
    patch.arrange((key,), [*sorted(kept), *written])


def _names(key: str) -> tuple[str, ...]:
    return ("from", "until", "who", *(["hours"] if key == "special_hours" else []), "reason")


def _dated(name: str, value: str) -> str | date:
    """Return a day as YAML knows it; what is none stays a text, and the check says so."""
    try:
        return date.fromisoformat(value) if name in ("from", "until") else value
    except ValueError:
        return value


def _entry(entry: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): _text(value) for name, value in entry.items()}


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _block(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _blocks(value: Any) -> list[dict[str, Any]]:
    return [_block(entry) for entry in _list(value)]


def person_sentence(business: Business, now: datetime) -> str:
    """Say what somebody hears who needs a person now, as far as the hours decide it."""
    hours = business.support_hours
    shut = hours.shut(now)
    if shut is None:
        return business.say("handoff_live")
    opens, by = hours.next_opening(now), hours.after_open_time(now, business.routing.reply_within)
    return business.say(
        f"handoff_later_{shut.why}",
        next_opening=lambda times: times.at(opens, now),
        promised=lambda times: times.by(rounded_up(by), now),
        occasion=shut.name,
    )
