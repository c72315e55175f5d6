"""What the steps of rules and stories are in words: what customers say, what is answered, done and asked."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.topics import title
from bot.lessons import Answer, Lessons
from bot.studio.stories.flow import ASKS, DOES, JOINS, KEPT, KNOWN, SAYS, Flow, Step

SHORT = 60  # letters
TONES = ("plain", "warm", "careful")
# What customers never type, and what stands for what was not understood.
UNSAID = {
    "choose": "chooses from buttons whose question has gone",
    "handed_back": "comes back from a colleague",
    "nlu_fallback": "says something that was not understood",
    "out_of_scope": "says something that is not about the business",
}
# What runs by itself in every turn, and needs no step.
UNSEEN = ("action_sense_mood", "action_read_details", "action_validate_slot_mappings")


@dataclass(frozen=True)
class Said:
    """An answer: its wording for each tone that has one, the first of several; and its buttons."""

    wordings: Mapping[str, str]
    buttons: tuple[str, ...] = ()


@dataclass
class Words:
    """What the owner's files and the program call things."""

    intents: dict[str, str] = field(default_factory=dict)  # an example of each
    answers: dict[str, Said] = field(default_factory=dict)
    actions: dict[str, str] = field(default_factory=dict)  # what each does
    forms: dict[str, list[str]] = field(default_factory=dict)  # its questions
    slots: dict[str, list[Any]] = field(default_factory=dict)  # those that stories heed, with their values
    checkpoints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, lessons: Lessons, actions: Mapping[str, str]) -> "Words":
        """Put together what the files say and what the program's actions do."""
        words = cls()
        examples = {
            topic.intent: topic.examples[0][0] for topic in reversed(lessons.topics) if topic.examples
        }
        words.intents = {intent: _bare(examples.get(intent, "")) for intent in sorted(lessons.intents)}
        words.answers = {answer.name: _said(answer) for answer in lessons.answers}
        for form, slots in lessons.forms.items():
            words.forms[form] = [_question(form, slot, words.answers, actions) for slot in slots]
        known = lessons.actions - set(lessons.forms) - set(UNSEEN)
        named = sorted(name for name in known if not name.startswith("validate_"))
        words.actions = {name: _as_told(actions.get(name, "")) for name in named}
        words.slots = {name: _values(slot) for name, slot in lessons.slots.items() if slot.heeded}
        points = (step.name for flow in lessons.flows for step in flow.every("checkpoint"))
        words.checkpoints = sorted(set(points))
        return words

    def knows(self, name: str) -> bool:
        """Tell whether it is the name of something that customers say, hear or are asked."""
        return name in self.answers or name in self.intents or name in self.actions or name in self.forms

    def short(self, name: str) -> str:
        """Return a name's words: an answer's first ones, an example of an intent; cut where they get long."""
        if name in self.answers:
            wordings = self.answers[name].wordings
            text = wordings.get("plain") or next(iter(wordings.values()), "") or _plain(name)
        else:
            text = said(name, self) if name in self.intents else _form(name)
        return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def done_by(sources: Iterable[str]) -> dict[str, str]:
    """Read from Python sources what each action does: the first sentence of its module."""
    found: dict[str, str] = {}
    for source in sources:
        tree = ast.parse(source)
        told = (ast.get_docstring(tree) or "").partition("\n\n")[0].replace("\n", " ")
        for node in ast.walk(tree):
            name = node.value if isinstance(node, ast.Constant) else None
            if isinstance(name, str) and name.startswith("action_") and _is_name(tree, node):
                found[name] = told.rstrip(".")
    return found


def described(step: Step, words: Words, text: str = "") -> dict[str, Any]:
    """Return a step as the page shows it; `text`: how the file has one that is kept as it is."""
    told: dict[str, Any] = {"what": step.what, "names": list(step.names), "number": step.number}
    name = step.names[0] if step.names else ""
    if step.what == SAYS:
        told["said"] = [said(intent, words) for intent in step.names]
    elif step.what == DOES and name in words.answers:
        answer = words.answers[name]
        told |= {"answer": dict(answer.wordings), "buttons": list(answer.buttons)}
    elif name in words.forms and step.what in (DOES, ASKS):
        told["questions"] = words.forms[name]
    elif step.what == DOES:
        told["done"] = words.actions.get(name) or None
    elif step.what == KNOWN:
        told["values"] = dict(step.values)
        told["heeded"] = all(slot in words.slots for slot in step.values)
    elif step.what == KEPT:
        told["text"] = text
    return told


def said(intent: str, words: Words) -> str:
    """Return what a customer might say with this intent."""
    return words.intents.get(intent) or title(intent)


def in_words(flow: Flow, words: Words) -> str:
    """Sum a rule or story up in a sentence: “When a customer asks ‘decaf?’, Kindhand answers ‘Yes: …’”."""
    parts, steps = _beginning(flow), list(flow.steps)
    if _ends_form(flow):
        parts, steps = [f"once Kindhand knows what it needs ({_form(steps[0].names[0])})"], steps[2:]
    spoken = 0
    for step in steps:
        if step.what == SAYS:
            spoken += 1
            parts.append(_says(step, words, first=spoken == 1))
        elif step.what == DOES:
            parts.append(_does(step.names[0], words))
        elif step.what == JOINS:
            parts.append(f"it goes on at “{step.names[0]}”" if parts else f"coming from “{step.names[0]}”")
        elif step.what == KNOWN and (values := _values_in(step, words)):
            parts.append(f"then {values}")
    sentence = ", ".join(part for part in parts if part)
    end = "" if sentence.endswith((".”", "?”", "!”")) or not sentence else "."
    return f"{sentence[:1].upper()}{sentence[1:]}{end}"


def _beginning(flow: Flow) -> list[str]:
    parts = ["first of all"] if flow.at_start else []
    for step in flow.condition:
        if step.what == ASKS and step.names:
            parts.append(f"while Kindhand asks for what it needs ({_form(step.names[0])})")
        elif step.what == ASKS:
            parts.append("while Kindhand asks for nothing")
        elif step.what == KNOWN:
            parts.append(f"if {_values_in(step)}")
    return parts


def _ends_form(flow: Flow) -> bool:
    """Tell whether it says what follows once a form has all it needs."""
    whats = [(step.what, step.names) for step in (*flow.condition[:1], *flow.steps[:2])]
    form = flow.condition[0].names if flow.condition else ()
    return bool(form) and whats == [(ASKS, form), (DOES, form), (ASKS, ())]


def _values_in(step: Step, words: Words | None = None) -> str:
    told = {slot: value for slot, value in step.values.items() if words is None or slot in words.slots}
    return " and ".join(f"{_plain(slot)} is {_value(value)}" for slot, value in told.items())


def _says(step: Step, words: Words, *, first: bool) -> str:
    if len(step.names) == 1 and step.names[0] in UNSAID:
        said_so = UNSAID[step.names[0]]
    else:
        said_so = "says " + " or ".join(f"“{said(intent, words)}”" for intent in step.names)
    return f"{'when' if first else 'and then'} a customer {said_so}"


def _does(name: str, words: Words) -> str:
    if answer := words.answers.get(name):
        wording = answer.wordings.get("plain") or next(iter(answer.wordings.values()), "")
        return f"Kindhand answers “{wording}”"
    if name in words.forms:
        return f"Kindhand asks for what it needs ({_form(name)})"
    if name == "action_listen":
        return "it is the customer's turn"
    done = words.actions.get(name, "").partition(":")[0].partition(";")[0]
    return f"Kindhand {done or 'does ' + _plain(name)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not known" if value is None else str(value)


def _form(name: str) -> str:
    return _plain(name.removesuffix("_form"))


def _as_told(done: str) -> str:
    """Tell of somebody what was told to do: “Say how an order stands” becomes “says how an order stands”."""
    verb, _, rest = done.partition(" ")
    verb = verb.lower()
    if verb == "have":
        verb = "has"
    elif verb[-1:] == "y" and verb[-2:-1] not in "aeiou":
        verb = f"{verb[:-1]}ies"
    elif verb:
        verb += "es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s"
    return f"{verb} {rest}".strip()


def _plain(name: str) -> str:
    return name.removeprefix("action_").removeprefix("utter_").replace("_", " ")


def _bare(example: str) -> str:
    """Take marks of entities out of an example: [CK-10423](order_number)."""
    if "[" not in example:
        return example
    bare, rest = "", example
    while "[" in rest:
        before, _, after = rest.partition("[")
        inside, _, behind = after.partition("]")
        close = {"(": ")", "{": "}"}.get(behind[:1])
        bare, rest = f"{bare}{before}{inside}", behind.partition(close)[2] if close else behind
    return bare + rest


def _said(answer: Answer) -> Said:
    wordings: dict[str, str] = {}
    for wording in answer.wordings:
        asked = dict(wording.slots)
        tone = asked.pop("tone", "plain")
        if not asked and tone in TONES and wording.text:
            wordings.setdefault(str(tone), " ".join(wording.text.split()))
    return Said(wordings, tuple(dict.fromkeys(title for one in answer.wordings for title in one.titles)))


def _question(form: str, slot: str, answers: Mapping[str, Said], actions: Mapping[str, str]) -> str:
    """Return how a form asks for a slot: in its answer's words, or what the action does that asks."""
    for name in (f"utter_ask_{form}_{slot}", f"utter_ask_{slot}"):
        if name in answers:
            return next(iter(answers[name].wordings.values()), "")
    for name in (f"action_ask_{form}_{slot}", f"action_ask_{slot}"):
        if name in actions:
            return actions[name]
    return _plain(slot).capitalize()


def _values(slot: Any) -> list[Any]:
    return [True, False] if slot.kind == "bool" else list(slot.values)


def _is_name(tree: ast.AST, constant: ast.AST) -> bool:
    """Tell whether this text is what a method `name` returns."""
    methods = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "name")
    returns = (one for method in methods for one in method.body if isinstance(one, ast.Return))
    return any(one.value is constant for one in returns)
