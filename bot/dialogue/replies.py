"""Which wording is said, and what stands in its gaps."""

import copy
import logging
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot import wiring

GAP = re.compile(r"{([A-Za-z_][A-Za-z0-9_]*)}")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
FRESH = 30.0  # seconds for which the owner's facts, such as today's hours, are kept
CHANNEL = "desk"
logger = logging.getLogger(__name__)

Variation = dict[str, Any]
Words = dict[str, str]


class BusinessReplies(TemplatedNaturalLanguageGenerator):
    """Choose among the wordings of a response and fill in the business's and the customer's words.

    Rasa sets `responses` anew with every model that it loads, but only for children of its own class.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        super().__init__(domain.responses if domain else {})
        self._facts: dict[str, str] = {}
        self._facts_at = float("-inf")
        self._known_facts()  # or the first customer would wait while the owner's files are read

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> Variation | None:
        """Return the wording to be said, complete; None if there is no such response."""
        variations = self.responses.get(utter_action)
        if not variations:
            logger.error("There is no response %s.", utter_action)
            return None
        facts, own = self._known_facts(), _own(tracker, kwargs)
        used = _used(tracker, utter_action)
        ranked = sorted(
            self._suitable(utter_action, tracker),
            key=lambda n: _rank(
                variations[n], used.count(n), (facts, own), (n - _start(tracker)) % len(variations)
            ),
        )
        reply = _filled(copy.deepcopy(variations[ranked[0]]), facts | own, utter_action)
        return {key: value for key, value in reply.items() if key != "condition"} | {"variation": ranked[0]}

    def _suitable(self, utter_action: str, tracker: DialogueStateTracker) -> list[int]:
        """List the wordings that fit the tone; those for every tone too, once the fitting ones are used."""
        variations = self.responses[utter_action]
        fitting = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, CHANNEL, tracker.current_slot_values()
        )
        chosen = [n for n, variation in enumerate(variations) if any(variation is one for one in fitting)]
        used = _used(tracker, utter_action)
        if all(n in used for n in chosen):
            chosen += [n for n, v in enumerate(variations) if not v.get("condition") and n not in chosen]
        return chosen or list(range(len(variations)))

    def forget_facts(self) -> None:
        """Have the owner's facts looked up again for the next answer."""
        self._facts_at = float("-inf")

    def _known_facts(self) -> Words:
        """Return what the owner has written down, as words."""
        if time.monotonic() - self._facts_at > FRESH:
            self._facts = wiring.business(wiring.settings()).facts()
            self._facts_at = time.monotonic()
        return self._facts


def _own(tracker: DialogueStateTracker, kwargs: Mapping[str, Any]) -> Words:
    """Return the words of this conversation: from slots, from the action and about the customer."""
    given = {**tracker.current_slot_values(), **kwargs, **_customer(tracker)}
    return {
        name: str(value) for name, value in given.items() if value and isinstance(value, (str, int, float))
    }


def _customer(tracker: DialogueStateTracker) -> Words:
    metadata = (tracker.latest_message.metadata if tracker.latest_message else None) or {}
    name = str(metadata.get("customer_name") or "").strip()
    return {"customer_name": name, "first_name": name.split()[0]} if name else {}


def _used(tracker: DialogueStateTracker, utter_action: str) -> list[int]:
    """List the wordings of this response that were said in the conversation, in order.

    Among all events: Rasa does not count those of a form that goes well as applied.
    """
    said = (e.metadata for e in tracker.events if isinstance(e, BotUttered))
    return [m["variation"] for m in said if m.get("utter_action") == utter_action and "variation" in m]


def _start(tracker: DialogueStateTracker) -> int:
    """Return where this conversation begins to count, so that not everybody hears the same."""
    return crc32(tracker.sender_id.encode())


def _rank(variation: Variation, times: int, words: tuple[Words, Words], turn: int) -> tuple[int, ...]:
    """Order wordings: complete ones first, then the least used, then those about this customer."""
    gaps = set(GAP.findall(variation.get("text") or ""))
    facts, own = words
    return len(gaps - facts.keys() - own.keys()), times, -len(gaps & own.keys()), turn


def _filled(value: Any, known: Mapping[str, str], name: str) -> Any:
    """Fill the gaps of a text, a button or a whole response."""
    if isinstance(value, dict):
        return {key: _filled(item, known, name) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, known, name) for item in value]
    if not isinstance(value, str):
        return value
    return GAP.sub(lambda gap: known[gap[1]], " ".join(_complete(value, known, name)))


def _complete(text: str, known: Mapping[str, str], name: str) -> Iterator[str]:
    """Yield the sentences without unknown gaps: silence is better than a bracket."""
    missing = set(GAP.findall(text)) - known.keys()
    if missing:
        logger.error("%s lacks words for %s.", name, ", ".join(sorted(missing)))
    for sentence in SENTENCE.split(text) if missing else [text]:
        if not set(GAP.findall(sentence)) & missing:
            yield sentence
