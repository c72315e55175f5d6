"""Read everything that an owner writes and say what is wrong: which file, which line, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.check import answers, business, circles, contradictions, flows, questions
from bot.check.code import Code
from bot.errors import OwnerFileError
from bot.lessons import Lessons
from bot.settings import Settings


@dataclass(frozen=True)
class Findings:
    """What was found, by file and line: faults keep the files from being used, notes only advise."""

    faults: list[OwnerFileError]
    notes: list[OwnerFileError]


def check(root: Path, settings: Settings | None = None) -> list[OwnerFileError]:
    """List what has to be mended in the owner's files of the project at `root`, by file and line.

    With settings, also what the files name and the settings lack. Empty: they can be trained and published.
    Advice that stops nothing, such as a question with few examples, is left out; `look` has both.
    """
    return look(root, settings).faults


def look(root: Path, settings: Settings | None = None) -> Findings:
    """Return what has to be mended, as `check` does, and what might be done better."""
    facts, faults = business.faults(root, settings)
    notes: list[OwnerFileError] = []
    lessons = Lessons.read(root)
    faults += lessons.problems
    if not _unreadable(faults):
        faults += questions.faults(lessons)
        code = Code.read(root)
        faults += answers.faults(lessons, facts, code)
        faults += flows.faults(lessons)
        faults += circles.faults(lessons)
        faults += contradictions.faults(lessons)
        faults += business.skills(root, lessons)
        notes += questions.notes(lessons)
        notes += answers.notes(lessons, code)
        notes += flows.notes(lessons)
    return Findings(_in_order(faults), _in_order(notes))


def _unreadable(problems: Iterable[OwnerFileError]) -> bool:
    """Tell whether a file is lost, so that what others say about it would be no help."""
    return any(problem.problem.startswith(("cannot be read", "is missing")) for problem in problems)


def _in_order(found: Iterable[OwnerFileError]) -> list[OwnerFileError]:
    return sorted(found, key=lambda one: (one.path, one.line))
