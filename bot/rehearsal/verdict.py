"""Whether it went as a thoughtful support lead wants it, and if not, what went wrong."""

from collections.abc import Sequence
from itertools import zip_longest

from bot.rehearsal.course import Course
from bot.rehearsal.scene import NO, YES, Expectation

RIGHT = "right"
MISSED, LATE, EARLY = "missed", "late", "early"
NOT_OFFERED, FORCED, FALSE = "not offered", "forced", "false hand-over"
UNANSWERED, OTHER_ANSWER = "unanswered", "other answer"
WRONG = (MISSED, LATE, EARLY, NOT_OFFERED, FORCED, FALSE, UNANSWERED, OTHER_ANSWER)


def verdict(expected: Expectation, course: Course, answers: Sequence[str] = ()) -> str:
    """Return `RIGHT` or what went wrong, one of `WRONG`; a person at the right time comes before answers."""
    person = _person(expected, course)
    return OTHER_ANSWER if person == RIGHT and other_answers(course, answers) else person


def other_answers(course: Course, answers: Sequence[str]) -> tuple[int, ...]:
    """Return the turns, from 1, at which an answer was due and another one, or none, was given."""
    turns = zip_longest(answers, course.notes)
    return tuple(
        turn
        for turn, (due, note) in enumerate(turns, start=1)
        if due and not (note is not None and note.answers(due))
    )


def _person(expected: Expectation, course: Course) -> str:
    """Judge whether and when a person took over."""
    if course.unanswered and not course.handed_over:
        return UNANSWERED
    if expected.expect == NO:
        return FALSE if course.handed_over else RIGHT
    if expected.expect == YES:
        return _timing(expected, course.handed_over) if course.handed_over else MISSED
    return _offer(expected, course)


def _offer(expected: Expectation, course: Course) -> str:
    """Judge an offer; it is no force when the visitor takes it and so gets the person."""
    if course.handed_over and not (course.offers and course.wished):
        return FORCED
    timings = [_timing(expected, turn) for turn in course.offers]
    return RIGHT if RIGHT in timings else timings[0] if timings else NOT_OFFERED


def _timing(expected: Expectation, turn: int) -> str:
    assert expected.turn is not None
    if abs(turn - expected.turn) <= expected.tolerance:
        return RIGHT
    return EARLY if turn < expected.turn else LATE
