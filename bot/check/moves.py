"""Rules and stories as moves: what is done next after what has happened. Rasa compares them in the same way.

Stories are followed through their checkpoints, and once for each way through their choices.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from bot.lessons import Flow, Place, Slot, Step

LISTEN = "action_listen"  # the customer's turn
WAYS = 50  # through one story; more are not followed
NOT = ""  # of a form or slot: it must not be there


@dataclass(frozen=True)
class State:
    """How things stand before a move: what was done and said last, which form asks, what is remembered.

    `form` and the values of `slots` are None or missing where nothing is said about them, `NOT` where they
    must not be there.
    """

    did: str
    said: str | None = None
    form: str | None = None
    slots: tuple[tuple[str, str], ...] = ()

    def holds_in(self, other: "State") -> bool:
        """Tell whether what this one says is so in the other."""
        if self.did != other.did or (self.said is not None and self.said != other.said):
            return False
        if self.form is not None and self.form != (other.form or NOT):
            return False
        known = dict(other.slots)
        return all(known.get(name, NOT) == value for name, value in self.slots)


BEGINNING = State("")


@dataclass(frozen=True)
class Move:
    """After `before`, the oldest first, `flow` does `does`, as is written at `place`."""

    before: tuple[State, ...]
    does: str
    flow: Flow
    place: Place

    def holds_in(self, other: "Move") -> bool:
        """Tell whether all that this one follows upon has just happened in the other."""
        pairs = zip(reversed(self.before), reversed(other.before), strict=False)
        return len(self.before) <= len(other.before) and all(mine.holds_in(theirs) for mine, theirs in pairs)

    @property
    def told(self) -> tuple[int, int]:
        """How much it says about what went before: of several moves that hold, Rasa takes the longest."""
        details = sum((one.said is not None) + (one.form is not None) + len(one.slots) for one in self.before)
        return len(self.before), details


def of_rule(rule: Flow, slots: Mapping[str, Slot]) -> Iterator[Move]:
    """Go through the moves of a rule; one that quotes words has none."""
    for steps in _ways(rule.steps):
        if all(step.kind != "words" for step in steps):
            walk = _Walk(rule, slots, [BEGINNING] if rule.at_start else [])
            walk.take(rule.condition)
            yield from walk.moves(steps)


def of_stories(stories: Iterable[Flow], slots: Mapping[str, Slot]) -> Iterator[Move]:
    """Go through the moves of all stories from where conversations begin."""
    parts = [part for story in stories for part in parts_of(story)]
    after: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        after[part.enters].append(part)
    for first in after[NOT]:
        for way in islice(_courses(first, after, ()), WAYS):
            yield from _along(way, slots)


@dataclass(frozen=True)
class Part:
    """What lies between two checkpoints of a story; `NOT` where there is none."""

    story: Flow
    enters: str
    steps: tuple[Step, ...]
    leaves: str


Course = tuple[Part, ...]


def parts_of(story: Flow) -> Iterator[Part]:
    """Divide a story at its checkpoints."""
    enters: str = NOT
    steps: list[Step] = []
    for step in story.steps:
        if step.kind != "checkpoint":
            steps.append(step)
            continue
        if steps or enters:
            yield Part(story, enters, tuple(steps), step.name)
        enters, steps = step.name, []
    if steps or not enters:
        yield Part(story, enters, tuple(steps), NOT)


def _courses(
    part: Part, after: Mapping[str, list[Part]], seen: tuple[Part, ...]
) -> Iterator[tuple[Part, ...]]:
    """Follow the checkpoints to their ends; nobody goes round in a circle."""
    course = (*seen, part)
    onward = [other for other in after.get(part.leaves, ()) if other not in course] if part.leaves else []
    if not onward:
        yield course
    for other in onward:
        yield from _courses(other, after, course)


def _along(course: Course, slots: Mapping[str, Slot]) -> Iterator[Move]:
    choices = [_ways(part.steps) for part in course]
    for ways in islice(product(*choices), WAYS):
        walk = None
        for part, steps in zip(course, ways, strict=True):
            if any(step.kind == "words" for step in steps):
                break
            walk = _Walk(part.story, slots, [BEGINNING]) if walk is None else walk.into(part.story)
            yield from walk.moves(steps, ends=not part.leaves)


def _ways(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Go through a flow's choices: the steps of each way."""
    return islice(product(*(step.choices if step.kind == "or" else (step,) for step in steps)), WAYS)


class _Walk:
    """Somebody who goes through steps and notes how things stand before each move."""

    def __init__(self, flow: Flow, slots: Mapping[str, Slot], behind: list[State]) -> None:
        self._flow, self._slots, self._behind = flow, slots, behind
        self._now: State | None = None  # None: nothing is known yet
        self._form: str | None = None
        self._remembered: dict[str, str] = {}

    def into(self, flow: Flow) -> "_Walk":
        """Go on in another flow."""
        self._flow = flow
        return self

    def take(self, steps: Iterable[Step]) -> None:
        """Note what forms and slots these steps speak of."""
        for step in steps:
            if step.kind == "loop":
                self._form = step.name
            elif step.kind == "slot" and (slot := self._slots.get(step.name)) and slot.heeded:
                self._remembered[step.name] = _value(slot, step.value)

    def moves(self, steps: tuple[Step, ...], *, ends: bool = True) -> Iterator[Move]:
        place = self._flow.place
        for step in steps:
            if step.kind in ("intent", "action"):
                place = step.place
            if step.kind == "intent":
                if self._now and self._now.did not in (LISTEN, NOT):
                    yield self._move(LISTEN, place)
                self._now = State(LISTEN, step.name)
            elif step.kind == "action":
                if self._now:
                    yield self._move(step.name, place)
                self._now = State(step.name, self._now.said if self._now else None)
            else:
                self.take([step])
        if ends and self._flow.waits and self._now and self._now.did != LISTEN:
            yield self._move(LISTEN, place)

    def _move(self, does: str, place: Place) -> Move:
        assert self._now
        slots = tuple(sorted(self._remembered.items()))
        self._behind.append(State(self._now.did, self._now.said, self._form, slots))
        return Move(tuple(self._behind), does, self._flow, place)


def _value(slot: Slot, value: object) -> str:
    """Return what Rasa tells apart: of texts and lists only whether there is one."""
    if value is None:
        return NOT
    return "set" if slot.kind in ("text", "list") else str(value).lower()
