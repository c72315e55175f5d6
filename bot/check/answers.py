"""What is wrong with answers: empty, said by nobody, with conditions, buttons or words that nothing knows."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from bot.check.code import Code
from bot.errors import OwnerFileError
from bot.lessons import Lessons, Slot, Wording
from bot.owner_file import suggestion
from bot.texts import PLACEHOLDER

TONES = ("plain", "warm", "careful")


def faults(lessons: Lessons, facts: frozenset[str] | None, code: Code) -> Iterator[OwnerFileError]:
    """Find them; `facts` are the words that the business fills in, if they could be read."""
    yield from _answers(lessons)
    yield from _placeholders(lessons, facts, code) if facts else ()


def _answers(lessons: Lessons) -> Iterator[OwnerFileError]:
    for answer in lessons.answers:
        if not answer.wordings:
            yield answer.place.problem(
                f"“{answer.name}” says nothing", "Write “- text:” below it, and the answer"
            )
        elif all(wording.slots for wording in answer.wordings):
            yield answer.place.problem(
                f"“{answer.name}” has only wordings with a condition", "Add one without, for everybody else"
            )
        for wording in answer.wordings:
            yield from _buttons(wording, lessons.intents)
            yield from _conditions(wording, lessons.slots)


def _buttons(wording: Wording, intents: frozenset[str]) -> Iterator[OwnerFileError]:
    for payload in wording.payloads:
        intent = re.split(r"[{@]", payload.removeprefix("/"))[0]
        if payload.startswith("/") and intent not in intents:
            problem = f"A button sends “{payload}”, which is no intent"
            yield wording.place.problem(problem, suggestion(intent, intents))


def _conditions(wording: Wording, slots: dict[str, Slot]) -> Iterator[OwnerFileError]:
    for slot, value in wording.slots:
        if slot not in slots:
            problem = f"There is no slot “{slot}” for a condition"
            yield wording.place.problem(problem, suggestion(slot, slots))
        elif (possible := TONES if slot == "tone" else slots[slot].values) and value not in possible:
            problem = f"“{slot}” is never “{value}”"
            yield wording.place.problem(problem, suggestion(str(value), map(str, possible)))


def _placeholders(lessons: Lessons, facts: frozenset[str], code: Code) -> Iterator[OwnerFileError]:
    """Look for words in curly brackets that nothing fills in: an owner's facts, slots, or an action."""
    for answer in lessons.answers:
        ours = answer.place.name.startswith("data/faq/")
        known = {*facts, *lessons.slots, *(() if ours else code.words)}
        for wording in answer.wordings:
            for word in sorted({*PLACEHOLDER.findall(wording.text)} - known):
                close = get_close_matches(word, facts, n=1, cutoff=0.7)
                yield wording.place.problem(
                    f"Nothing fills in {{{word}}}",
                    f"Did you mean {{{close[0]}}}?"
                    if close
                    else f"Add “{word}: ...” to data/business/facts.yml",
                )


def notes(lessons: Lessons, code: Code) -> Iterator[OwnerFileError]:
    """Find answers that nobody ever hears."""
    said = {step.name for flow in lessons.flows for step in flow.every("action")}
    for answer in lessons.answers:
        asked = answer.name.removeprefix("utter_ask_")
        asks = asked != answer.name and any(asked.endswith(slot) for slot in lessons.slots)
        if not (asks or answer.name in said or code.says(answer.name)):
            yield answer.place.problem(
                f"“{answer.name}” is never said", "Name it as the action of a rule, or delete it"
            )
