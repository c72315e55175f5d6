"""Order numbers, e-mail addresses and postcodes in what a customer wrote, in one normal form."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

LOOKALIKES = str.maketrans("OoIiLl", "001111")  # typed from a label or read aloud
LONGEST = 4096  # characters
FLAGS = re.IGNORECASE


@dataclass(frozen=True)
class Entity:
    """Something found: `value` is in normal form, the text from `start` to `end` is as written."""

    kind: str
    value: str
    start: int
    end: int


def _order_number(written: str) -> str:
    return f"CK-{written.translate(LOOKALIKES)}"


def _postcode(written: str) -> str:
    letters = "".join(written.upper().split())
    return f"{letters[:-3]} {letters[-3:]}"


# Five digits alone: no code of a telephone, no part of a longer number, no sum of money.
ALONE_BEFORE, ALONE_AFTER = r"(?<![\w£$€+.,/-])(?<!\d\s)", r"(?![\w%]|[\s.,/-]?\d)"
# First come, first served: what one pattern has taken, a later one leaves alone.
PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    (
        "email",
        re.compile(r"(?<![\w.+-])([\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24})\b", FLAGS),
        str.lower,
    ),
    (
        "order_number",
        re.compile(r"(?<!\w)ck[\s:#_.-]{0,3}(?=\w*\d)([\doil]{4,8})(?!\w)", FLAGS),
        _order_number,
    ),
    ("order_number", re.compile(r"(?<![\w#])#\s?(\d{4,8})(?!\w)"), _order_number),
    ("order_number", re.compile(rf"{ALONE_BEFORE}([1-9]\d{{4}}){ALONE_AFTER}"), _order_number),
    ("postcode", re.compile(r"\b([a-z]{1,2}\d[a-z\d]?\s{0,2}\d[abd-hjlnp-uw-z]{2})\b", FLAGS), _postcode),
)


def find(text: str) -> list[Entity]:
    """Return what was found, in reading order."""
    found: list[Entity] = []
    for entity in _matches(text[:LONGEST]):
        if all(entity.end <= other.start or other.end <= entity.start for other in found):
            found.append(entity)
    return sorted(found, key=lambda entity: entity.start)


def _matches(text: str) -> Iterator[Entity]:
    for kind, pattern, normal in PATTERNS:
        for match in pattern.finditer(text):
            yield Entity(kind, normal(match.group(1)), match.start(), match.end())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds `order_number`, `email` and `postcode` to a message's entities."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PatternEntityExtractor":
        """Build the component; it learns nothing."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what each message's text holds."""
        for message in messages:
            entities = [_as_rasa(entity) for entity in find(message.get(TEXT) or "")]
            known = message.get(ENTITIES, [])
            message.set(ENTITIES, known + self.add_extractor_name(entities), add_to_output=True)
        return messages


def _as_rasa(entity: Entity) -> dict[str, Any]:
    return {"entity": entity.kind, "value": entity.value, "start": entity.start, "end": entity.end}
