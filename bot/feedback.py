"""The owner's `survey` in widget.yml, read and checked: whether and when visitors are asked how it went."""

from datetime import timedelta

from bot.handoff.survey import SurveySettings
from bot.owner_file import Part

KEYS = ("ask", "silence_minutes", "pause_hours", "recommend_days")


def survey_settings(part: Part) -> SurveySettings:
    """Read the settings, each of which may be left out; what is wrong is noted in the part."""
    part.only(*KEYS)
    usual = SurveySettings()
    ask = part.typed("ask", bool, "Write true or false") if part.has("ask") else None
    silence = _time(part, "silence_minutes", 1440, usual.silence)
    pause = _time(part, "pause_hours", 8760, usual.pause)
    recommend = _time(part, "recommend_days", 3650, usual.recommend)
    return SurveySettings(usual.on if ask is None else ask, silence, pause or timedelta(0), recommend)


def _time(part: Part, key: str, most: float, usual: timedelta | None) -> timedelta | None:
    """Return a time by its key, such as `pause_hours`; None where the owner wrote 0."""
    if not part.has(key):
        return usual
    unit = key.rpartition("_")[2]
    number = part.number(key, 0, most, default=0)
    return timedelta(**{unit: number}) if number else None
