"""What is wrong with rules and stories, each for itself, and which names stand twice."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from bot.errors import OwnerFileError
from bot.lessons import Lessons, Place
from bot.owner_file import suggestion

# What Rasa can do by itself.
BUILT_IN_ACTIONS = frozenset(
    f"action_{name}"
    for name in (
        *("listen", "restart", "session_start", "default_fallback", "deactivate_loop", "extract_slots"),
        *("default_ask_affirmation", "default_ask_rephrase", "two_stage_fallback", "back", "unlikely_intent"),
        *("revert_fallback_events", "validate_slot_mappings", "send_text"),
    )
)
NAMES = {"intent": "intent", "action": "action", "slot": "slot", "loop": "form"}
REQUESTED = "requested_slot"  # Rasa's own: what a form asks for just now
BUILT_IN_INTENTS = frozenset({"nlu_fallback", "restart", "back", "session_start"})


def faults(lessons: Lessons) -> Iterator[OwnerFileError]:
    """Find them."""
    yield from _doubles(lessons)
    yield from _unknown(lessons)


def notes(lessons: Lessons) -> Iterator[OwnerFileError]:
    """Find steps that change nothing."""
    for flow in lessons.flows:
        for step in flow.every("slot"):
            slot = lessons.slots.get(step.name)
            if slot and not slot.heeded:
                yield step.place.problem(
                    f"“{step.name}” makes no difference in the {flow.kind} “{flow.name}”:"
                    " it does not influence what is done next",
                    "Delete the step; what an answer says to people who are upset, its careful wording tells",
                )


def _doubles(lessons: Lessons) -> Iterator[OwnerFileError]:
    named: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for answer in lessons.answers:
        named["answer", answer.name].append(answer.place)
    for flow in lessons.flows:
        named[flow.kind, flow.name].append(flow.place)
    for (kind, name), places in named.items():
        for place in places[1:]:
            first = f"{places[0].name}:{places[0].line}"
            yield place.problem(
                f"There is another {kind} “{name}” ({first})", "Rename or delete one of the two"
            )


def _unknown(lessons: Lessons) -> Iterator[OwnerFileError]:
    answers = {answer.name for answer in lessons.answers}
    known: dict[str, Collection[str]] = {
        "intent": lessons.intents | BUILT_IN_INTENTS,
        "action": lessons.actions | BUILT_IN_ACTIONS | answers,
        "slot": {*lessons.slots, REQUESTED},
        "loop": lessons.forms,
    }
    for flow in lessons.flows:
        if not flow.steps:
            yield flow.place.problem(
                f"The {flow.kind} “{flow.name}” has no steps", "Write them below “steps:”"
            )
        for step in flow.every(*known):
            if step.name and step.name not in known[step.kind]:
                problem = f"There is no {NAMES[step.kind]} “{step.name}”"
                yield step.place.problem(problem, suggestion(step.name, known[step.kind]))
