"""Rules and stories as the studio's page shows them: in words, with what is wrong at which step."""

import re
from typing import Any

from bot.check import Findings, look
from bot.check.contradictions import clashes
from bot.errors import OwnerFileError
from bot.lessons import Lessons
from bot.settings import ROOT, Settings
from bot.storage.retelling import Spoken
from bot.studio.files.workspace import Workspace
from bot.studio.stories import flow_words
from bot.studio.stories.flow import KEPT, Flow, Step, raw
from bot.studio.stories.flow_words import Words, in_words
from bot.studio.stories.flows import Flows, Found
from bot.studio.stories.retold import Guess, turns

KINDS = ("rule", "story", "checkpoint", "no")  # names of these stay as they are


class Stories:
    """Reads the owner's files for the page. All of it blocks."""

    def __init__(self, settings: Settings, workspace: Workspace) -> None:
        self._settings = settings
        self.flows = Flows(workspace)

    def lessons(self) -> Lessons:
        return Lessons.read(self._settings.files)

    def words(self) -> Words:
        """Return what the files and the program call things."""
        return _words(self.lessons())

    def findings(self) -> Findings:
        """Return what is wrong in all files."""
        return look(self._settings.files, self._settings)

    def listed(self) -> list[dict[str, Any]]:
        """Return a row for each, in the order of the files."""
        known, found = self.words(), self.findings()
        return [_row(one, known, found) for one in self.flows.all()]

    def told(self, id: str) -> dict[str, Any]:
        """Return one with its steps, its mark, who wrote its file last, and what is wrong.

        Raises:
            NotFound: there is none.
        """
        one, mark = self.flows.find(id)
        lessons, item, hand = self.lessons(), self.flows.item(one), self.flows.hand(one)
        known, found = _words(lessons), self.findings()
        wrong = [_at_step(fault, one, "fault", known) for fault in found.faults if _is_in(fault, one)]
        wrong += [_at_step(note, one, "note", known) for note in found.notes if _is_in(note, one)]
        return {
            "id": one.id,
            "file": one.file,
            "mark": mark,
            "hand": {"author": hand.author, "at": hand.at.isoformat()} if hand else None,
            **_shape(one.flow, item, known),
            "wrong": [*wrong, *self._from_afar(one, lessons, known)],
            "faults": found.faults,
        }

    def retold(self, spoken: list[Spoken], guess: Guess) -> list[dict[str, Any]]:
        """Return a conversation as steps; `wrote` are a customer's words, `sure` whether they are clear."""
        lessons = self.lessons()
        known, steps = _words(lessons), []
        for turn in turns(spoken, lessons, guess):
            says = Step("says", (turn.intent,) if turn.intent else ())
            steps.append({**flow_words.described(says, known), "wrote": turn.text, "sure": turn.sure})
            steps += [flow_words.described(Step("does", (name,)), known) for name in turn.answers]
        return steps

    def _from_afar(self, one: Found, lessons: Lessons, known: Words) -> list[dict[str, Any]]:
        """Tell contradictions that are named at the other rule or story."""
        found, others = [], self.flows.all()
        for clash in clashes(lessons):
            if one.has(clash.other.name, clash.other.line):
                there = [other.id for other in others if other.has(clash.place.name, clash.place.line)]
                problem = OwnerFileError(one.file, clash.other.line, clash.problem, clash.mend)
                found.append({**_at_step(problem, one, "fault", known), "other": there[0] if there else None})
        return found


def _words(lessons: Lessons) -> Words:
    sources = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "actions").glob("*.py")))
    return Words.of(lessons, flow_words.done_by(sources))


def _row(one: Found, known: Words, found: Findings) -> dict[str, Any]:
    steps = one.flow.steps
    own = one.flow.kind == "rule" and len(steps) == 2 and one.file.startswith("data/faq/")
    return {
        "id": one.id,
        "kind": one.flow.kind,
        "name": one.flow.name,
        "file": one.file,
        "steps": len(steps),
        "words": in_words(one.flow, known),
        "question": steps[0].names[0] if own and steps[0].names else None,
        "faults": sum(_is_in(fault, one) for fault in found.faults),
        "notes": sum(_is_in(note, one) for note in found.notes),
    }


def _shape(flow: Flow, item: dict[str, Any], known: Words) -> dict[str, Any]:
    return {
        "kind": flow.kind,
        "name": flow.name,
        "words": in_words(flow, known),
        "steps": [_step(step, item.get("steps"), known) for step in flow.steps],
        "condition": [_step(step, item.get("condition"), known) for step in flow.condition],
        "at_start": flow.at_start,
        "waits": flow.waits,
    }


def _step(step: Step, items: Any, known: Words) -> dict[str, Any]:
    text = raw(items[step.number]) if step.what == KEPT and step.number is not None else ""
    return flow_words.described(step, known, text)


def _is_in(problem: OwnerFileError, one: Found) -> bool:
    return one.has(problem.path, problem.line)


def _at_step(problem: OwnerFileError, one: Found, kind: str, known: Words) -> dict[str, Any]:
    where = {"kind": kind, "step": one.step_at(problem.line), "line": problem.line}
    return {**where, "text": f"{_worded(problem.problem, known)}.", "mend": f"{problem.mend}."}


def _worded(text: str, known: Words) -> str:
    """Put what customers read in the place of the names that only files have."""

    def words(found: re.Match[str]) -> str:
        before, name = found.groups()
        if before in KINDS or not (known.knows(name)):
            return found[0]
        return f"{before} “{known.short(name)}”"

    return re.sub(r"(\w+) “(\w+)”", words, text)
