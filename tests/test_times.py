from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.business import Business
from bot.settings import ROOT
from bot.times import is_language, name_of_language

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)  # a Saturday
LISBON = ZoneInfo("Europe/Lisbon")


@pytest.fixture(scope="module")
def demo() -> Business:
    return Business.load(ROOT / "data" / "business")


@pytest.mark.parametrize(
    ("language", "today", "tomorrow", "weekday", "date"),
    [
        ("en", "today at 23:30", "tomorrow at 9:05", "on Thursday at 9:05", "on Thursday 3 December at 9:05"),
        ("de", "heute um 23:30 Uhr", "morgen um 09:05 Uhr", "am Donnerstag um 09:05 Uhr",
         "am Donnerstag, den 3. Dezember, um 09:05 Uhr"),
        ("es", "hoy a las 23:30", "mañana a las 9:05", "el jueves a las 9:05",
         "el jueves 3 de diciembre a las 9:05"),
        ("fr", "aujourd’hui à 23:30", "demain à 09:05", "jeudi à 09:05", "le jeudi 3 décembre à 09:05"),
        ("pt", "hoje às 23:30", "amanhã às 09:05", "quinta-feira às 09:05",
         "quinta-feira, 3 de dezembro, às 09:05"),
        ("ar", "اليوم الساعة 11:30 م", "غدًا الساعة 9:05 ص", "يوم الخميس الساعة 9:05 ص",
         "يوم الخميس 3 ديسمبر الساعة 9:05 ص"),
    ],
)  # fmt: skip
def test_a_moment_to_come_is_said_as_people_of_that_language_do(
    demo: Business, language: str, today: str, tomorrow: str, weekday: str, date: str
) -> None:
    times = demo.times(language)
    morning = NOW.replace(hour=9, minute=5)
    said = [
        times.at(NOW + timedelta(hours=3, minutes=30), NOW),
        times.at(morning + timedelta(days=1), NOW),
        times.at(morning + timedelta(days=5), NOW),
        times.at(morning + timedelta(days=12), NOW),
    ]
    assert said == [today, tomorrow, weekday, date]


def test_a_moment_is_said_in_the_business_own_zone(demo: Business) -> None:
    at_home = (NOW + timedelta(hours=14)).astimezone(ZoneInfo("Asia/Tokyo"))
    assert demo.times("de").at(at_home, NOW.astimezone(ZoneInfo("Asia/Tokyo"))) == "morgen um 10:00 Uhr"
    assert demo.times("de").on(at_home) == "am Sonntag, den 22. November, um 10:00 Uhr"


def test_who_can_be_promised_no_moment_hears_none(demo: Business) -> None:
    said = [demo.times(language).by(None, NOW) for language in ("en", "de", "ar")]
    assert said == ["as soon as we can", "so bald wie möglich", "في أقرب وقت ممكن"]


@pytest.mark.parametrize(
    ("language", "waits"),
    [
        ("en", ["about a minute", "about 2 minutes", "about 10 minutes", "an hour or more"]),
        ("de", ["etwa 1 Minute", "etwa 2 Minuten", "etwa 10 Minuten", "1 Stunde oder länger"]),
        ("ar", ["دقيقة تقريبًا", "دقيقتان تقريبًا", "10 دقائق تقريبًا", "ساعة أو أكثر"]),
    ],
)
def test_a_wait_is_said_with_the_plurals_of_the_language(
    demo: Business, language: str, waits: list[str]
) -> None:
    assert [demo.times(language).about(minutes) for minutes in (0.5, 2, 7, 90)] == waits


@pytest.mark.parametrize(
    ("language", "week"),
    [
        ("de", "Montag–Freitag 08:00–20:00, Samstag 09:00–18:00 und Sonntag 10:00–16:00"),
        ("fr", "lundi–vendredi 08:00–20:00, samedi 09:00–18:00 et dimanche 10:00–16:00"),
    ],
)
def test_the_week_is_said_day_by_day(demo: Business, language: str, week: str) -> None:
    assert demo.times(language).week(demo.support_hours) == week


@pytest.mark.parametrize(
    ("code", "name"),
    [("pl", "Polish (polski)"), ("ja", "Japanese (日本語)"), ("en", "English"), ("war", None), ("??", None)],
)
def test_a_language_is_named_for_those_who_speak_it_and_those_who_do_not(code: str, name: str | None) -> None:
    assert name_of_language(code) == name


def test_a_language_is_called_as_another_calls_it(demo: Business) -> None:
    assert [demo.times(one).name_of("en") for one in ("de", "fr", "ar")] == [
        "Englisch",
        "anglais",
        "الإنجليزية",
    ]


@pytest.mark.parametrize(("code", "known"), [("de", True), ("german", False), ("", False), ("de-AT", False)])
def test_a_language_is_known_by_its_code(code: str, known: bool) -> None:
    assert is_language(code) is known
