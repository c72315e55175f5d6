"""When a visitor is asked how it went, and what becomes of the answers. Pure: facts in, what to do out.

Nobody is asked twice about one stretch of talk. A stretch ends when the conversation closes, when a person
is asked for, or with a day's rest. Nobody is asked while they wait for a person or talk with one, and
nobody whose words told of danger or grief: whatever came of it, that is no moment for a form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.errors import ProtocolError
from bot.handoff.model import AGENT, CLOSED, WAITING, Survey

# Why it is asked: an agent has resolved the conversation, the visitor has ended it, or both have gone quiet.
RESOLVED, ENDED, SILENCE = "resolved", "ended", "silence"
CAUSES = (RESOLVED, ENDED, SILENCE)
UNDERSTOOD = ("yes", "partly", "no")
SCALES = {"satisfaction": (1, 5), "effort": (1, 5), "recommend": (0, 10)}
QUESTIONS = ("understood", *SCALES, "comment")

# A promise is still open, nobody was there to answer, or it was nobody at all.
UNASKED = ("answered_later", "no_reply", "spam")
# How long after it somebody may still be asked, or shown what they were asked.
HOLDS = {RESOLVED: timedelta(days=7), ENDED: timedelta(days=1), SILENCE: timedelta(days=1)}
A_DAY = timedelta(days=1)
READING = timedelta(seconds=15)  # within which the newest message is read, or else stays unread

# What `empathy` writes down of danger and of grief: causes and signals by their codes, moments by the words
# of their cues.
GRAVE = frozenset({"safety", "grief", "help_needed"})
GRAVE_CUES = frozenset(
    {"danger to life or health", "has lost somebody", "remembers somebody", "needs something put in order"}
)


@dataclass(frozen=True)
class SurveySettings:
    """The owner's wishes."""

    on: bool = True
    silence: timedelta | None = timedelta(minutes=10)  # after an answer; None: silence is no reason
    pause: timedelta = timedelta(days=1)  # for which nobody is asked again who has answered or skipped
    recommend: timedelta | None = None  # between two questions whether they would recommend us; None: never


@dataclass(frozen=True)
class Talk:
    """A conversation as far as a survey depends on it. What is None has not happened."""

    owner: str
    said_at: datetime | None = None  # the visitor's newest message
    answered_at: datetime | None = None  # the newest message, where it answers the visitor
    closed_at: datetime | None = None
    by_agent: bool = False  # who closed it
    outcome: str | None = None
    person_at: datetime | None = None  # a person was last asked for
    helped_at: datetime | None = None  # an agent first took that on
    promised: bool = False  # an answer is still to come, to an address they have left
    read: bool = True  # the mood covers the visitor's newest message
    grave: bool = False
    last: Survey | None = None  # the newest one of this conversation
    finished_at: datetime | None = None  # this visitor last answered or skipped one, anywhere
    recommend_at: datetime | None = None  # this visitor was last asked whether they would recommend us

    @property
    def with_person(self) -> bool:
        """Whether an agent has been there since the last survey."""
        return self.helped_at is not None and (self.last is None or self.helped_at > self.last.asked_at)


@dataclass(frozen=True)
class Due:
    """A survey that is to be asked now."""

    cause: str
    recommend: bool


def due(talk: Talk, settings: SurveySettings, now: datetime) -> Due | datetime | None:
    """Return what to ask now, the moment to look again, or None while nothing is to be asked."""
    if not settings.on or not _may_be_asked(talk) or not _is_new(talk):
        return None
    if talk.finished_at and now < talk.finished_at + settings.pause:
        return None
    occasion = _occasion(talk, settings)
    if occasion is None:
        return None
    cause, since, at = occasion
    if now >= since + HOLDS[cause]:
        return None
    if not talk.read and talk.said_at:
        at = max(at, talk.said_at + READING)
    return at if now < at else Due(cause, _asks_recommendation(talk, settings, now))


def is_shown(talk: Talk, now: datetime) -> bool:
    """Tell whether the newest survey is still to be seen: unanswered, recent, and nothing said since."""
    last = talk.last
    if last is None or is_finished(last) or not _may_be_asked(talk):
        return False
    silent = talk.said_at is None or talk.said_at <= last.asked_at
    return silent and now < last.asked_at + HOLDS[last.cause]


def is_finished(survey: Survey) -> bool:
    return survey.answered_at is not None or survey.skipped_at is not None


def answered(
    survey: Survey, answers: Mapping[str, Any], now: datetime, *, done: bool = False, skipped: bool = False
) -> Survey:
    """Return the survey with some answers more; what was finished stays as it is.

    An answer may be changed until the survey is sent or skipped; skipping keeps what was answered.

    Raises:
        ProtocolError: an answer is none of those that can be given.
    """
    if is_finished(survey):
        return survey
    given = {name: answer for name, answer in answers.items() if answer is not None}
    for name, answer in given.items():
        _check(name, answer)
    if not survey.asks_recommend:
        given.pop("recommend", None)
    return replace(
        survey,
        **given,
        answered_at=now if done and not skipped else None,
        skipped_at=now if skipped else None,
    )


def is_grave(mood: Mapping[str, Any]) -> bool:
    """Tell whether danger or grief was read in the conversation; `mood` is a MoodState's dict, or empty."""
    codes = {*mood.get("causes", ()), *(signal.get("code") for signal in mood.get("signals", ()))}
    cues = {cue for moment in mood.get("moments", ()) for cue in moment.get("cues", ())}
    return bool(GRAVE & codes or GRAVE_CUES & cues)


def _may_be_asked(talk: Talk) -> bool:
    return talk.said_at is not None and not talk.grave and talk.owner not in (WAITING, AGENT)


def _is_new(talk: Talk) -> bool:
    """Tell whether a stretch has begun since the last survey."""
    last = talk.last
    if last is None or talk.said_at is None:
        return last is None
    if talk.said_at <= last.asked_at:
        return False
    person = talk.person_at is not None and talk.person_at > last.asked_at
    return last.cause != SILENCE or person or talk.said_at >= last.asked_at + A_DAY


def _occasion(talk: Talk, settings: SurveySettings) -> tuple[str, datetime, datetime] | None:
    """Return the cause, when it came about, and from when on it may be asked about."""
    if talk.owner == CLOSED:
        if talk.closed_at is None or talk.promised or (talk.by_agent and talk.outcome in UNASKED):
            return None
        return RESOLVED if talk.by_agent else ENDED, talk.closed_at, talk.closed_at
    if settings.silence is None or talk.answered_at is None:
        return None
    return SILENCE, talk.answered_at, talk.answered_at + settings.silence


def _asks_recommendation(talk: Talk, settings: SurveySettings, now: datetime) -> bool:
    if settings.recommend is None:
        return False
    return talk.recommend_at is None or now >= talk.recommend_at + settings.recommend


def _check(name: str, answer: Any) -> None:
    if name in SCALES:
        low, high = SCALES[name]
        good = type(answer) is int and low <= answer <= high
    else:
        good = answer in UNDERSTOOD if name == "understood" else name == "comment" and isinstance(answer, str)
    if not good:
        raise ProtocolError(f"That is no answer: {name}.", code="bad_frame")
