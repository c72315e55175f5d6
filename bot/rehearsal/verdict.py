"""Whether a person took over as a thoughtful support lead wants it, and if not, what went wrong."""

from bot.rehearsal.course import Course
from bot.rehearsal.scene import NO, YES, Expectation

RIGHT = "right"
MISSED, LATE, EARLY = "missed", "late", "early"
NOT_OFFERED, FORCED, FALSE = "not offered", "forced", "false hand-over"
UNANSWERED = "unanswered"
WRONG = (MISSED, LATE, EARLY, NOT_OFFERED, FORCED, FALSE, UNANSWERED)


def verdict(expected: Expectation, course: Course) -> str:
    """Return `RIGHT` or what went wrong, one of `WRONG`."""
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
