"""What came of asking: who answered, and what they said, by who was there and how it ended. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from bot.handoff.model import Survey
from bot.handoff.survey import ENDED, QUESTIONS, RESOLVED, SILENCE, UNDERSTOOD

HAPPY, UNHAPPY = range(9, 11), range(7)  # recommendations that count for us, and those that count against us
MOODS = ("calm", "uneasy", "upset", "urgent")
NAMES = {
    "solved": "resolved: solved",
    "not_ours": "resolved: not for us",
    RESOLVED: "resolved, not said how",
    ENDED: "ended by the visitor",
    SILENCE: "gone quiet after an answer",
}


@dataclass(frozen=True)
class Middle:
    """The median of so many answers; None without any."""

    n: int
    median: float | None


@dataclass(frozen=True)
class Figures:
    """What came of some surveys. `answered` counts all with any answer, skipped ones too."""

    asked: int
    answered: int
    skipped: int
    understood: dict[str, int]
    satisfaction: Middle
    effort: Middle
    recommend: Middle
    promoters: int
    detractors: int
    comments: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Section:
    """Surveys put side by side by one thing."""

    title: str
    groups: dict[str, Figures]

    def as_dict(self) -> dict[str, Any]:
        return {name: figures.as_dict() for name, figures in self.groups.items()}


def has_answer(survey: Survey) -> bool:
    return any(getattr(survey, question) is not None for question in QUESTIONS)


def summed_up(surveys: Collection[Survey]) -> Figures:
    """Count and sum up."""
    recommended = _given(surveys, "recommend")
    said = Counter(_given(surveys, "understood"))
    return Figures(
        asked=len(surveys),
        answered=sum(map(has_answer, surveys)),
        skipped=sum(one.skipped_at is not None for one in surveys),
        understood={answer: said[answer] for answer in UNDERSTOOD},
        satisfaction=_middle(_given(surveys, "satisfaction")),
        effort=_middle(_given(surveys, "effort")),
        recommend=_middle(recommended),
        promoters=sum(answer in HAPPY for answer in recommended),
        detractors=sum(answer in UNHAPPY for answer in recommended),
        comments=len(_given(surveys, "comment")),
    )


def sections(surveys: Collection[Survey]) -> list[Section]:
    """Put surveys side by side: all, by who was there, by how it ended, and by the mood that was read."""
    return [
        Section("", {"all": summed_up(surveys)}),
        _section("who was there", surveys, ("a person", "the assistant alone"), _company),
        _section("how it ended", surveys, tuple(NAMES.values()), _end),
        _section("worst mood that was read", surveys, (*MOODS, "none read"), _mood),
    ]


def _section(
    title: str, surveys: Iterable[Survey], names: Iterable[str], name_of: Callable[[Survey], str]
) -> Section:
    groups: dict[str, list[Survey]] = {name: [] for name in names}
    for survey in surveys:
        groups[name_of(survey)].append(survey)
    return Section(title, {name: summed_up(found) for name, found in groups.items() if found})


def _company(survey: Survey) -> str:
    return "a person" if survey.with_person else "the assistant alone"


def _end(survey: Survey) -> str:
    return NAMES.get(survey.outcome or "", NAMES[survey.cause])


def _mood(survey: Survey) -> str:
    return survey.mood_label or "none read"


def _given(surveys: Iterable[Survey], question: str) -> list[Any]:
    return [answer for one in surveys if (answer := getattr(one, question)) is not None]


def _middle(answers: list[int]) -> Middle:
    return Middle(len(answers), median(answers) if answers else None)
