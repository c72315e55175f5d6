"""A question as an owner sees it: how customers ask, and what is answered in which tone."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.studio.files.plain_text import one_line
from bot.studio.files.workspace import digest

TONES = ("plain", "warm", "careful")
_DASHES = re.compile(r"^(?:[-*•]\s+)+")
ENTITY_MARK = re.compile(r"\[([^\]\n]+?)\](?:\([^)\n]*\)|\{[^}\n]*\})")


@dataclass(frozen=True)
class Button:
    """What a customer can tap below an answer, and what that sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Wording:
    """One way to say the answer. `number` is its place in the file, from 0; None for a new one."""

    tone: str
    text: str
    buttons: tuple[Button, ...] = ()
    number: int | None = None


Content = tuple[Sequence[str], Sequence[Wording]]  # how a question is asked and answered


@dataclass(frozen=True)
class Question:
    """A question with its answer. `answer` is what files call it, such as utter_decaf.

    `mark` changes with whatever the files say about it. `extra`: they say more than is shown here.
    """

    intent: str
    answer: str
    examples: tuple[str, ...]
    wordings: tuple[Wording, ...]
    mark: str
    extra: bool = False

    @property
    def title(self) -> str:
        return self.examples[0] if self.examples else self.intent.replace("_", " ").capitalize()


def understood(intent: str, answer: str, blocks: Sequence[str], variations: Sequence[Any]) -> Question:
    """Make the question from the texts of its `examples:` and from the list below its answer's name."""
    raw = [example for block in blocks for line in block.splitlines() if (example := example_in(line))]
    wordings = tuple(_wordings(variations))
    more = len(wordings) < len(variations) or any(map(_says_more, variations))
    return Question(
        intent=intent,
        answer=answer,
        examples=tuple(bare(example) for example in raw),
        wordings=wordings,
        mark=digest(json.dumps([intent, answer, *blocks, variations], ensure_ascii=False, default=str)),
        extra=more or any(ENTITY_MARK.search(example) for example in raw),
    )


def bare(example: str) -> str:
    """Return an example without the marks of entities: “in [Leeds](city)” is “in Leeds”."""
    return ENTITY_MARK.sub(r"\1", example)


def cleaned(examples: Sequence[str], *, known: Sequence[str] = ()) -> list[str]:
    """Return examples as they may be written down: in one line, without tags and marks, none empty.

    Those that are `known` stay as they are.
    """
    kept = set(known)
    lines = (one if one in kept else _DASHES.sub("", bare(one_line(one))) for one in examples)
    return [line for line in lines if line.strip("- ")]


def heard(example: str) -> str:
    """Reduce an example to what is left without marks, case and punctuation."""
    words = bare(example).lower()
    return " ".join(re.findall(r"\w+", words)) or words


def without_doubles(examples: Sequence[str], kept: int) -> list[str]:
    """Leave out what says the same as one before; the first `kept` stay in any case."""
    known = {heard(example) for example in examples[:kept]}
    new = {heard(example): example for example in reversed(examples[kept:])}
    return [*examples[:kept], *(one for key, one in reversed(new.items()) if key not in known)]


def example_in(line: str) -> str:
    """Return the example in a line of `examples:`; "" where there is none."""
    words = line.strip()
    return words[2:].strip() if words.startswith("- ") else ""


def tone_of(variation: Any) -> str | None:
    """Return for which tone a variation is; None where it is not shown: no text, or a tone we do not know."""
    if not isinstance(variation, dict) or not isinstance(variation.get("text"), str):
        return None
    number = tone_condition(variation)
    tone = "plain" if number is None else variation["condition"][number].get("value")
    return tone if tone in TONES else None


def tone_condition(variation: Any) -> int | None:
    """Return which of its conditions is about the tone."""
    conditions = variation.get("condition")
    for number, one in enumerate(conditions if isinstance(conditions, list) else ()):
        if isinstance(one, dict) and one.get("name") == "tone":
            return number
    return None


def buttons_of(variation: Any) -> tuple[Button, ...]:
    found = variation.get("buttons")
    pairs = (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()
    return tuple(Button(str(one.get("title", "")), str(one.get("payload", ""))) for one in pairs)


def _wordings(variations: Sequence[Any]) -> Iterator[Wording]:
    for number, one in enumerate(variations):
        if tone := tone_of(one):
            yield Wording(tone, str(one["text"]).strip(), buttons_of(one), number)


def _says_more(variation: Any) -> bool:
    if not isinstance(variation, dict):
        return True
    conditions = variation.get("condition") or []
    shown = 0 if tone_condition(variation) is None else 1
    return len(conditions) != shown or not variation.keys() <= {"condition", "text", "buttons"}
