"""Read everything that an owner writes and say what is wrong: which file, which line, and how to mend it."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from difflib import get_close_matches
from pathlib import Path

from bot import business, staffing, texts
from bot.crm import shop_map
from bot.empathy.language import language
from bot.errors import OwnerFileError
from bot.lessons import Lessons, Place, Topic, Wording
from bot.owner_file import Part, name_of, suggestion
from bot.reach import rules
from bot.settings import ROOT, Settings
from bot.times import name_of_language

FEWEST_EXAMPLES = 5
TONES = ("plain", "warm", "careful")
PLACEHOLDER = texts.PLACEHOLDER
# What Rasa can do by itself.
BUILT_IN_ACTIONS = frozenset(
    f"action_{name}"
    for name in (
        *("listen", "restart", "session_start", "default_fallback", "deactivate_loop", "extract_slots"),
        *("default_ask_affirmation", "default_ask_rephrase", "two_stage_fallback", "back", "unlikely_intent"),
        *("revert_fallback_events", "validate_slot_mappings", "send_text"),
    )
)
BUILT_IN_INTENTS = frozenset({"nlu_fallback", "restart", "back", "session_start"})


def check(root: Path, settings: Settings | None = None) -> list[OwnerFileError]:
    """List all problems in the owner's files of the project at `root`, by file and line.

    With settings, also what the files name and the settings lack.
    """
    known, problems = business.read(root / "data" / "business", root)
    problems += _shop(root)
    problems += _language(root, known.texts) if known else []
    problems += rules.read(root / "data" / "business", root, settings)[1]
    lessons = Lessons.read(root)
    problems += lessons.problems
    if not _unreadable(problems):
        code = Code.read(root)
        facts = frozenset(known.facts(datetime.now(timezone.utc))) if known else None
        problems += _topics(lessons)
        problems += _questions(lessons)
        problems += _doubles(lessons)
        problems += _answers(lessons)
        problems += _placeholders(lessons, facts, code) if facts else []
        problems += _flows(lessons)
        problems += _unused(lessons, code)
        problems += _skills(root, lessons)
    return sorted(problems, key=lambda problem: (problem.path, problem.line))


def _shop(root: Path) -> list[OwnerFileError]:
    """List what is wrong with the map of a shop's database; it need not be there."""
    path = root / "data" / "business" / "shop.yml"
    return shop_map.read(path, root)[1] if path.exists() else []


def _language(root: Path, known: texts.Texts) -> Iterator[OwnerFileError]:
    """Look whether the sentences of texts.yml are in the language that it says; one of the two is English.

    Neighbours such as Norwegian and Danish are too easily taken for each other.
    """
    said, written = known.own.language, language(" ".join(known.own.sentences.values()))
    if written is None or written == said or "en" not in (written, said):
        return
    name = "data/business/texts.yml"
    own, seems = name_of_language(said) or said, name_of_language(written) or written
    mend = f"Write “language: {written}”; what was here in {own} can go on in texts/{said}.yml"
    line = Part.read(root / name, name).line_of("language")
    yield OwnerFileError(name, line, f"These sentences seem to be {seems}, not {own}", mend)


def _unreadable(problems: Iterable[OwnerFileError]) -> bool:
    """Tell whether a file is lost, so that what others say about it would be no help."""
    return any(problem.problem.startswith(("cannot be read", "is missing")) for problem in problems)


def _topics(lessons: Lessons) -> Iterator[OwnerFileError]:
    counts: Counter[str] = Counter()
    for topic in lessons.topics:
        counts[topic.intent] += len(topic.examples)
    for topic in lessons.topics:
        if topic.intent not in lessons.intents:
            yield topic.place.problem(
                f"“{topic.intent}” is not among the intents in domain.yml",
                f"Add the line “- {topic.intent}” there, below “intents:”",
            )
        if counts[topic.intent] < FEWEST_EXAMPLES:
            yield topic.place.problem(
                f"“{topic.intent}” has only {counts[topic.intent]} examples",
                f"Write at least {FEWEST_EXAMPLES}, better 15, as your customers would",
            )
    yield from _same_examples(lessons.topics)


def _same_examples(topics: list[Topic]) -> Iterator[OwnerFileError]:
    first: dict[str, tuple[str, Place]] = {}
    for topic in topics:
        for example, place in topic.examples:
            intent, where = first.setdefault(_heard(example), (topic.intent, place))
            if intent != topic.intent:
                yield place.problem(
                    f"“{example}” is an example of “{intent}” too ({where.name}:{where.line})",
                    "Keep it where it belongs and delete the other",
                )


def _heard(example: str) -> str:
    """Reduce an example to what is left without marks, case and punctuation."""
    bare = re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", example).lower()
    return " ".join(re.findall(r"\w+", bare)) or bare


def _questions(lessons: Lessons) -> Iterator[OwnerFileError]:
    """Look whether every question in `data/faq/` has its answer, and a rule that joins the two."""
    answered = {answer.name for answer in lessons.answers}
    ruled = {name for flow in lessons.flows for kind, name, _ in flow.steps if kind == "intent"}
    for topic in lessons.topics:
        if not topic.place.name.startswith("data/faq/"):
            continue
        if f"utter_{topic.intent}" not in answered:
            yield topic.place.problem(
                f"The question “{topic.intent}” has no answer",
                f"Add “utter_{topic.intent}:” with a text under “responses:”",
            )
        elif topic.intent not in ruled:
            yield topic.place.problem(
                f"No rule gives the answer to “{topic.intent}”",
                f"Add a rule with the steps “intent: {topic.intent}” and “action: utter_{topic.intent}”",
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


def _conditions(wording: Wording, slots: dict[str, tuple[object, ...]]) -> Iterator[OwnerFileError]:
    for slot, value in wording.slots:
        possible = TONES if slot == "tone" else slots.get(slot, ())
        if slot not in slots:
            problem = f"There is no slot “{slot}” for a condition"
            yield wording.place.problem(problem, suggestion(slot, slots))
        elif possible and value not in possible:
            problem = f"“{slot}” is never “{value}”"
            yield wording.place.problem(problem, suggestion(str(value), map(str, possible)))


def _placeholders(lessons: Lessons, facts: frozenset[str], code: "Code") -> Iterator[OwnerFileError]:
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


def _flows(lessons: Lessons) -> Iterator[OwnerFileError]:
    answers = {answer.name for answer in lessons.answers}
    known = {
        "intent": lessons.intents | BUILT_IN_INTENTS,
        "action": lessons.actions | BUILT_IN_ACTIONS | answers,
    }
    for flow in lessons.flows:
        if not flow.steps:
            yield flow.place.problem(
                f"The {flow.kind} “{flow.name}” has no steps", "Write them below “steps:”"
            )
        for kind, name, place in flow.steps:
            if name not in known[kind]:
                yield place.problem(f"There is no {kind} “{name}”", suggestion(name, known[kind]))


def _unused(lessons: Lessons, code: "Code") -> Iterator[OwnerFileError]:
    said = {name for flow in lessons.flows for kind, name, _ in flow.steps if kind == "action"}
    for answer in lessons.answers:
        asked = answer.name.removeprefix("utter_ask_")
        asks = asked != answer.name and any(asked.endswith(slot) for slot in lessons.slots)
        if not (asks or answer.name in said or code.says(answer.name)):
            yield answer.place.problem(
                f"“{answer.name}” is never said", "Name it as the action of a rule, or delete it"
            )


def _skills(root: Path, lessons: Lessons) -> list[OwnerFileError]:
    """Look for topics in routing.yml that no conversation can have."""
    path = root / "data" / "business" / staffing.FILE
    return staffing.unknown_topics(Part.read(path, name_of(path, root)), lessons.intents)


class Code:
    """What the program's own code says and fills in, as far as that can be read off it."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.words: frozenset[str] = frozenset()
        self._texts: set[str] = set()
        self._starts: set[str] = set()
        for source in sources:
            self._add(source)

    @classmethod
    def read(cls, root: Path) -> "Code":
        """Read the actions and Rasa's edges: those beside the files, or else this program's own."""
        root = root if (root / "actions").is_dir() else ROOT
        files = [*(root / "actions").rglob("*.py"), *(root / "bot" / "dialogue").rglob("*.py")]
        return cls(path.read_text(encoding="utf-8") for path in files)

    def says(self, answer: str) -> bool:
        """Tell whether the code names this answer, whole or by its beginning."""
        return answer in self._texts or any(answer.startswith(start) for start in self._starts)

    def _add(self, source: str) -> None:
        nodes = list(ast.walk(ast.parse(source)))
        texts = {
            node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        given = {node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg}
        formed = [node.values[0] for node in nodes if isinstance(node, ast.JoinedStr)]
        formed += [node.left for node in nodes if isinstance(node, ast.BinOp)]
        starts = {str(first.value) for first in formed if isinstance(first, ast.Constant)}
        self._texts |= texts
        starts |= {text for text in texts if text.endswith("_")}
        self._starts |= {start for start in starts if start.startswith("utter_")}
        self.words |= given | {text for text in texts if text.isidentifier()}
