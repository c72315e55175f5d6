"""A rehearsal on paper: each kind, the totals, and what went wrong with the evidence for it."""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.empathy.ladder import Reason
from bot.rehearsal.course import Course, Note
from bot.rehearsal.scene import NO, YES, Expectation
from bot.rehearsal.score import Played, Score
from bot.rehearsal.verdict import RIGHT, WRONG

PIPED = 110  # columns where there is no terminal


def as_text(score: Score, console: Console | None = None) -> str:
    """Return all of it for `console`: in a terminal's width and colours, plain where there is none."""
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPED
    with console.capture() as printed:
        for part in (_kinds(score), _totals(score), *_failures(score)):
            console.print(Padding(part, (1, 0, 0, 2)))
    return "\n".join(line.rstrip() for line in printed.get().splitlines())


def _kinds(score: Score) -> Table:
    """Return a row for each kind; a column for what never went wrong would only be in the way."""
    wrong = [what for what in WRONG if score.found[what]]
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("kind", overflow="fold")
    for title in ("right", *wrong):
        table.add_column(title, justify="right")
    for kind, of_kind in score.kinds().items():
        counts = [str(of_kind.found[what] or "") for what in wrong]
        table.add_row(Text(kind), f"{of_kind.right.count} of {of_kind.right.of}", *counts)
    return table


def _totals(score: Score) -> Table:
    table = Table.grid(padding=(0, 3, 0, 0))
    for justify in ("left", "right", "right"):
        table.add_column(justify=justify)  # type: ignore[arg-type]
    for what, share in score.shares().items():
        if share.percent is not None:
            table.add_row(what, f"{share.count} of {share.of}", f"{share.percent:.1f} %")
    return table


def _failures(score: Score) -> Iterator[RenderableType]:
    for one in score.played:
        if one.verdict != RIGHT:
            yield _failure(one)


def _failure(one: Played) -> Table:
    scene, course = one.scene, one.course
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(justify="right", width=2)
    table.add_column(ratio=1)
    head = Text.assemble((scene.id, "bold"), f"  {scene.kind}  ", (one.verdict, "bold red"))
    table.add_row(Text("✗", "red"), head)
    if scene.note:
        table.add_row("", Text(scene.note, "dim"))
    table.add_row("", Text(f"Wanted: {wanted(scene.handoff, scene.answers)}. It went: {went(course)}."))
    for turn, (text, note) in enumerate(zip(scene.visitor, course.notes, strict=False), start=1):
        table.add_row(str(turn), Text(" ".join(text.split()), no_wrap=True, overflow="ellipsis"))
        table.add_row("", Padding(Text(_evidence(note, turn, course), "dim"), (0, 0, 0, 2)))
    return table


def wanted(expected: Expectation, answers: Sequence[str] = ()) -> str:
    """Say what would have been right."""
    due = [f"message {turn} is answered by {one}" for turn, one in enumerate(answers, start=1) if one]
    return ", ".join([_person(expected), *due])


def _person(expected: Expectation) -> str:
    if expected.expect == NO:
        return "nobody takes over"
    what = "a person takes over" if expected.expect == YES else "a person is offered"
    more = f" (±{expected.tolerance})" if expected.tolerance else ""
    why = f", for {', '.join(sorted(expected.reasons))}" if expected.reasons else ""
    return f"{what} at message {expected.turn}{more}{why}"


def went(course: Course) -> str:
    """Say what happened instead."""
    said = [f"a person was offered at message {turn}" for turn in course.offers]
    if course.handed_over:
        why = f" for {', '.join(sorted(course.reasons))}" if course.reasons else ""
        said.append(f"a person took over at message {course.handed_over}{why}")
    elif course.unanswered:
        said.append(f"message {course.unanswered} had no answer")
    return ", ".join(said) or "nobody took over, nobody was offered"


def _evidence(note: Note | None, turn: int, course: Course) -> str:
    """Say how a message was read, and what followed from it."""
    if note is None:
        return "the assistant did not come to read this"
    heard = f"{note.intent}; {note.emotion}, distress {note.distress:.2f}, level {note.level:.2f}"
    cues = f"; {', '.join(note.cues)}" if note.cues else ""
    reasons = course.called_for if turn == course.handed_over else note.reasons
    step = f"{note.step}{_done(note, turn, course)}"
    why = f": {'; '.join(map(_reason, reasons))}" if reasons else ""
    said = f"; said {', '.join(note.said)}" if note.said else ""
    return f"{heard}{cues} → {step}{why}{said}"


def _done(note: Note, turn: int, course: Course) -> str:
    """Say what was done, where the step alone does not tell."""
    if turn == course.handed_over:
        return "" if note.step == "hand_over" else ", handed over"
    if not note.offered or note.step == "offer":
        return ""
    return ", offered as not understood twice" if note.stuck else ", offered"


def _reason(reason: Reason) -> str:
    return f"{reason.code} {reason.score:.2f} of {reason.threshold:.2f}"
