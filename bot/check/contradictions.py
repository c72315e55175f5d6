"""Where rules and stories contradict each other: both places, in words, before anything is trained."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.check.moves import LISTEN, Move, State, of_rule, of_stories
from bot.errors import OwnerFileError
from bot.lessons import Lessons, Place, Step

REMEMBERED = 6  # moves that stories look back on: `max_history` in config.yml


@dataclass(frozen=True)
class Clash:
    """Two moves after the same beginning. `other` came first; `place` is where the second one is written."""

    place: Place
    other: Place
    problem: str
    mend: str

    def as_fault(self) -> OwnerFileError:
        return self.place.problem(f"{self.problem} ({self.other.name}:{self.other.line})", self.mend)


def faults(lessons: Lessons) -> Iterator[OwnerFileError]:
    """Find what training would refuse, or silently decide by itself."""
    yield from _long_rules(lessons)
    moves = list(_moves_of_rules(lessons))
    yield from _half_told(lessons, moves)
    for clash in _clashes(lessons, moves):
        yield clash.as_fault()


def clashes(lessons: Lessons) -> Iterator[Clash]:
    """Find moves that differ after the same beginning; each pair of flows is named once."""
    return _clashes(lessons, _moves_of_rules(lessons))


def _clashes(lessons: Lessons, moves: Iterable[Move]) -> Iterator[Clash]:
    rules = _Rules(moves)
    told = list(of_stories([flow for flow in lessons.flows if flow.kind == "story"], lessons.slots))
    found: set[frozenset[Place]] = set()
    for first, second in [*rules.among_themselves(), *rules.against(told), *_among_stories(told)]:
        pair = frozenset((first.flow.place, second.flow.place))
        if pair not in found:
            found.add(pair)
            yield _clash(first, second)


class _Rules:
    """The moves that rules make, found by what happened last."""

    def __init__(self, moves: Iterable[Move]) -> None:
        self.moves = list(moves)
        self._after: dict[tuple[str, str | None], list[Move]] = defaultdict(list)
        for move in self.moves:
            self._after[move.before[-1].did, move.before[-1].said].append(move)

    def among_themselves(self) -> Iterator[tuple[Move, Move]]:
        for move in self.moves:
            for other in self._deciding(move):
                if other.does != move.does and other.flow is not move.flow:
                    yield (other, move) if other.flow.place < move.flow.place else (move, other)

    def against(self, told: Iterable[Move]) -> Iterator[tuple[Move, Move]]:
        for move in told:
            if move.before[-1].form and move.does in (move.before[-1].form, LISTEN):
                continue  # a form asks until it has what it needs
            for other in self._deciding(move):
                back_to_form = other.does == LISTEN and move.before[-1].form and not other.before[-1].form
                if other.does != move.does and not back_to_form and not self._gives_way(other):
                    yield other, move

    def _deciding(self, move: Move) -> list[Move]:
        """Return the rules' moves that Rasa would choose among."""
        last = move.before[-1]
        near = [*self._after[last.did, last.said], *(self._after[last.did, None] if last.said else ())]
        holding = [other for other in near if other.holds_in(move)]
        longest = max((other.told for other in holding), default=(0, 0))
        return [other for other in holding if other.told == longest]

    def _gives_way(self, rule: Move) -> bool:
        """Tell whether a rule only waits after one action, and others go on from there: then a story may."""
        return (
            rule.does == LISTEN
            and len(rule.before) == 1
            and any(len(other.before) > 1 and other.before[0] == rule.before[0] for other in self.moves)
        )


def _among_stories(told: list[Move]) -> Iterator[tuple[Move, Move]]:
    first: dict[tuple[State, ...], Move] = {}
    for move in told:
        other = first.setdefault(move.before[-REMEMBERED:], move)
        if other.does != move.does and other.flow is not move.flow:
            yield other, move


def _clash(first: Move, second: Move) -> Clash:
    kind, other = second.flow.kind, first.flow.kind
    problem = (
        f"{_after(second.before[-1])}, the {kind} “{second.flow.name}” {_does(second.does)}, "
        f"but the {other} “{first.flow.name}” {_does(first.does)}"
    )
    if kind == "rule":
        mend = "Keep one of the two, or give one of them a condition"
    elif other == "rule":
        mend = "A rule always comes first: change the story, or delete the rule"
    else:
        mend = "Let both go on alike, or begin them differently"
    return Clash(second.place, first.place, problem, mend)


def _after(state: State) -> str:
    return f"When a customer says “{state.said}”" if state.did == LISTEN else f"After “{state.did}”"


def _does(action: str) -> str:
    if action == LISTEN:
        return "waits for the customer"
    return f"answers with “{action}”" if action.startswith("utter_") else f"goes on with “{action}”"


def _moves_of_rules(lessons: Lessons) -> Iterator[Move]:
    for flow in lessons.flows:
        if flow.kind == "rule":
            yield from of_rule(flow, lessons.slots)


def _long_rules(lessons: Lessons) -> Iterator[OwnerFileError]:
    for flow in lessons.flows:
        turns = [step for step in flow.steps if step.kind == "intent" or _may_be_said(step)]
        for step in turns[1:2] if flow.kind == "rule" else ():
            yield step.place.problem(
                f"The customer speaks twice in the rule “{flow.name}”",
                "Make it a story, or two rules: a rule answers one thing that is said",
            )


def _may_be_said(step: Step) -> bool:
    return any(choice.kind == "intent" for choice in step.choices)


def _half_told(lessons: Lessons, moves: Iterable[Move]) -> Iterator[OwnerFileError]:
    """Find rules that leave out what another one says after the same action: a form that asks, a slot set."""
    forms, slots = _told_after(lessons, "loop"), _told_after(lessons, "slot")
    for move in moves:
        last = move.before[-1]
        known = dict(last.slots)
        left_out = {name: place for name, place in slots.get(last.did, {}).items() if name not in known}
        if last.did in forms and last.form not in forms[last.did]:
            left_out = forms[last.did]
        for name, place in list(left_out.items())[:1]:
            form = last.did in forms and left_out is forms[last.did]
            step = f"active_loop: {name or 'null'}" if form else f"slot_was_set: [{name}: ...]"
            yield move.place.problem(
                f"The rule “{move.flow.name}” leaves out what “{last.did}” leads to in another rule"
                f" ({place.name}:{place.line})",
                f"Add the step “{step}” after it",
            )


def _told_after(lessons: Lessons, kind: str) -> dict[str, dict[str, Place]]:
    """Collect which forms or slots the rules tell after each action, and where first."""
    told: dict[str, dict[str, Place]] = defaultdict(dict)
    for flow in lessons.flows:
        did = ""
        for step in flow.steps if flow.kind == "rule" else ():
            if step.kind in ("action", "intent", "or"):
                did = step.name if step.kind == "action" else ""
            elif step.kind == kind and did and (kind == "loop" or _is_heeded(lessons, step)):
                told[did].setdefault(step.name, step.place)
    return told


def _is_heeded(lessons: Lessons, step: Step) -> bool:
    return step.name in lessons.slots and lessons.slots[step.name].heeded
