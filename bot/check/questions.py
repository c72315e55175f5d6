"""What is wrong with questions: their examples, and whether each has its answer."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.errors import OwnerFileError
from bot.lessons import Lessons, Place, Topic

ENOUGH_EXAMPLES = 5  # fewer are understood badly
MARK = re.compile(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})")  # [CK-10423](order_number)
WORD = re.compile(r"\w+")


def faults(lessons: Lessons) -> Iterator[OwnerFileError]:
    """Find questions that cannot be learnt, or would not be answered."""
    for topic in lessons.topics:
        if topic.intent not in lessons.intents:
            yield topic.place.problem(
                f"“{topic.intent}” is not among the intents in domain.yml",
                f"Add the line “- {topic.intent}” there, below “intents:”",
            )
        if not topic.examples:
            yield topic.place.problem(
                f"“{topic.intent}” has no examples",
                "Write some below “examples: |”, as your customers would ask",
            )
    yield from _same_examples(lessons.topics)
    yield from _unanswered(lessons)


def notes(lessons: Lessons) -> Iterator[OwnerFileError]:
    """Find questions that will be understood badly."""
    counts: Counter[str] = Counter()
    for topic in lessons.topics:
        counts[topic.intent] += len(topic.examples)
    for topic in lessons.topics:
        count = counts[topic.intent]
        if 0 < count < ENOUGH_EXAMPLES:
            yield topic.place.problem(
                f"“{topic.intent}” has only {count} example{'s' if count > 1 else ''}",
                f"Write at least {ENOUGH_EXAMPLES}, better 15, as your customers would",
            )


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
    bare = (MARK.sub(r"\1", example) if "[" in example else example).lower()
    return " ".join(WORD.findall(bare)) or bare


def _unanswered(lessons: Lessons) -> Iterator[OwnerFileError]:
    """Look whether every question in `data/faq/` has its answer, and a rule that joins the two."""
    answered = {answer.name for answer in lessons.answers}
    ruled = {step.name for flow in lessons.flows for step in flow.every("intent")}
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
