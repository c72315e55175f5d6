"""Stories joined by checkpoints: what nobody reaches, what leads nowhere, and what goes round in a circle."""

from collections import defaultdict
from collections.abc import Iterator

from bot.check.moves import NOT, Part, parts_of
from bot.errors import OwnerFileError
from bot.lessons import Lessons, Step


def faults(lessons: Lessons) -> Iterator[OwnerFileError]:
    """Find what would never be played, or without end."""
    parts = [part for flow in lessons.flows if flow.kind == "story" for part in parts_of(flow)]
    entered, left = {part.enters for part in parts}, {part.leaves for part in parts}
    after: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        after[part.enters].append(part)
    reached = _reached(after)
    for flow in lessons.flows:
        for step in flow.every("checkpoint"):
            problem = _problem(step, flow.kind, entered, left, reached)
            if problem:
                yield step.place.problem(*problem)
    yield from _circles(parts, after)


def _reached(after: dict[str, list[Part]]) -> set[str]:
    """Return the checkpoints that a conversation can come to from its beginning."""
    reached: set[str] = set()
    todo = [NOT]
    while todo:
        for part in after.get(todo.pop(), ()):
            if part.leaves and part.leaves not in reached:
                reached.add(part.leaves)
                todo.append(part.leaves)
    return reached


def _problem(
    step: Step, kind: str, entered: set[str], left: set[str], reached: set[str]
) -> tuple[str, str] | None:
    name = step.name
    if kind == "rule":
        return f"A rule cannot go on at the checkpoint “{name}”", "Make it a story"
    if name not in left:
        return f"No story leads to the checkpoint “{name}”", "End another story with it, or delete the step"
    if name not in entered:
        return (
            f"No story goes on at the checkpoint “{name}”",
            "Begin another story with it, or delete the step",
        )
    if name not in reached:
        problem = (
            f"No conversation ever comes to the checkpoint “{name}”, only stories that go on from others"
        )
        return problem, "Begin one of them with what a customer says"
    return None


def _circles(parts: list[Part], after: dict[str, list[Part]]) -> Iterator[OwnerFileError]:
    """Name each circle once, at the checkpoint that closes it."""
    found: set[frozenset[str]] = set()
    for first in parts:
        circle = _way_back(first, after) if first.leaves and first.enters else None
        if circle and (names := frozenset(part.enters for part in circle)) not in found:
            found.add(names)
            closing = next(s for s in first.story.every("checkpoint") if s.name == first.leaves)
            way = " → ".join([*(f"“{part.story.name}”" for part in circle), f"“{first.story.name}”"])
            yield closing.place.problem(
                f"These stories lead into each other without end: {way}",
                "Let one of them end without a checkpoint",
            )


def _way_back(first: Part, after: dict[str, list[Part]]) -> list[Part] | None:
    """Return the parts of a way that leads from the end of `first` back to its beginning."""
    came: dict[str, Part] = {first.leaves: first}
    todo = [first.leaves]
    while todo and first.enters not in came:
        for part in after.get(todo.pop(0), ()):
            if part.leaves and part.leaves not in came:
                came[part.leaves] = part
                todo.append(part.leaves)
    if first.enters not in came:
        return None
    way, name = [], first.enters
    while not way or way[-1] is not first:
        way.append(came[name])
        name = way[-1].enters
    return way[::-1]
