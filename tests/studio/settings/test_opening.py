"""Opening hours: what a change writes, which holidays come, what customers would hear."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.settings import ROOT
from bot.studio.settings.opening import Opening, coming_holidays, heard, hours_of

TEXT = (ROOT / "data/business/hours.yml").read_text(encoding="utf-8")
ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 12, 20, 12, tzinfo=ZONE)  # a Sunday


def test_what_is_not_touched_stays_letter_by_letter() -> None:
    assert Opening.read(TEXT).written(TEXT) == TEXT


def test_a_day_with_a_lunch_break_changes_one_line() -> None:
    known = Opening.read(TEXT)
    changed = replace(known, support={**known.support, "monday": "8:00-12:00, 13:00-20:00"}).written(TEXT)
    assert changed == TEXT.replace("monday: 8:00-20:00", "monday: 8:00-12:00, 13:00-20:00")
    _, support = hours_of(changed, ZONE)
    assert len(support.week[0]) == 2


def test_closures_come_go_and_change() -> None:
    known = Opening.read(TEXT).as_dict()
    christmas = {**known["closures"][0], "until": "2026-12-27"}
    new = {"index": None, "from": "2027-03-01", "until": "", "who": "support", "reason": "Away"}
    changed = Opening(**{**known, "closures": [christmas, new]}).written(TEXT)
    read = Opening.read(changed)
    assert [dict(entry) for entry in read.closures] == [
        {"from": "2026-12-24", "until": "2026-12-27", "who": "everyone", "reason": "Christmas"},
        {"from": "2027-03-01", "who": "support", "reason": "Away"},
    ]
    assert "# Days with hours of their own" in changed and "stocktake" not in changed
    cafes, support = hours_of(changed, ZONE)
    monday = datetime(2027, 3, 1, 12, tzinfo=ZONE)
    assert cafes.is_open(monday) and not support.is_open(monday)


def test_an_entry_loses_its_last_day() -> None:
    known = Opening.read(TEXT).as_dict()
    first, second = known["closures"]
    changed = Opening(**{**known, "closures": [{**first, "until": ""}, second]}).written(TEXT)
    assert changed == TEXT.replace("    until: 2026-12-26\n", "")


def test_a_holiday_is_kept_open() -> None:
    known = Opening.read(TEXT)
    off = {**known.holidays, "open_as_usual": ["Good Friday"]}
    cafes, _ = hours_of(replace(known, holidays=off).written(TEXT), ZONE)
    assert cafes.day_words(datetime(2027, 3, 26).date()) == "7:30 to 18:00"


def test_a_day_that_is_no_day_is_kept_for_the_check_to_name() -> None:
    known = Opening.read(TEXT).as_dict()
    odd = {"index": None, "from": "next week", "who": "cafes", "reason": "?"}
    assert "from: next week" in Opening(**{**known, "closures": [odd]}).written(TEXT)


def test_coming_holidays_have_their_day_and_name() -> None:
    found = coming_holidays("GB-ENG", ZONE, NOW)
    assert found[0] == {"date": "2026-12-25", "name": "Christmas Day", "day": "Friday, 25 December"}
    assert coming_holidays("", ZONE, NOW) == []


def test_customers_hear_today_and_the_odd_days() -> None:
    told = heard(*hours_of(TEXT, ZONE), NOW)
    assert told["today"] == "Today we're open 9:30 to 16:00."
    assert told["support"] == "Today people answer 10:00 to 16:00." and told["open_now"]
    assert told["odd"][0]["day"] == "Thursday, 24 December"
    assert told["odd"][0]["cafes"] == "closed (Christmas)"
    shut = heard(*hours_of(TEXT, ZONE), datetime(2026, 12, 25, 12, tzinfo=ZONE))
    assert shut["today"] == "Today we're closed (Christmas)."
    assert shut["support"] == "Today nobody answers (Christmas)."
