"""Courses of scenes, made up in a few words."""

from bot.empathy.ladder import LABELS, Reason
from bot.rehearsal.course import Course, Note
from bot.rehearsal.scene import Expectation, Scene
from bot.rehearsal.score import Played


def reason(code: str) -> Reason:
    return Reason(code, LABELS[code], 0.7, 0.6)


def course(
    messages: int = 4,
    *,
    offers: tuple[int, ...] = (),
    handed_over: int | None = None,
    why: str = "anger",
    unanswered: int | None = None,
    stuck: bool = False,
) -> Course:
    """Return a course with offers at these turns, and a hand-over at that one."""
    response = "utter_offer_human_stuck" if stuck else "utter_offer_human"
    offered = Note(step="offer", reasons=(reason("frustration_rising"),), offered=response)
    notes = [offered if turn in offers else Note() for turn in range(1, (handed_over or messages) + 1)]
    called_for = (reason(why),) if handed_over else ()
    return Course(tuple(notes), handed_over, called_for, unanswered)


def played(expected: Expectation, went: Course, *, kind: str = "trouble", id: str = "s1") -> Played:
    return Played(Scene(id, kind, ("One", "Two", "Three", "Four"), expected, "A note."), went)
