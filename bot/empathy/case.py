"""What a conversation is about: what went wrong, which order, what is wanted; each with its messages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.empathy import lines
from bot.empathy.language import ANOTHER, doubt
from bot.empathy.lines import Line
from bot.empathy.reading import Turn
from bot.empathy.state import REASON_OF, MoodState
from bot.empathy.wording import GRAVE, LIFE, TROUBLE

MOST_CAUSES = 3
_ORDER = re.compile(r"\b[A-Z]{2}-?\d{4,8}\b", re.IGNORECASE)
Seqs = tuple[int, ...]


@dataclass(frozen=True)
class Order:
    """The order they last spoke of; `status` is known of a known customer's own."""

    number: str
    status: str = ""
    seq: int | None = None


@dataclass(frozen=True)
class Case:
    """What a brief is made from. `causes`: what went wrong and is not settled; `matter`: in their words."""

    said: tuple[Turn, ...]
    order: Order | None
    causes: Mapping[str, Seqs]
    matter: Line | None
    wants: Line | None
    foreign: bool

    @classmethod
    def of(cls, turns: Sequence[Turn], state: MoodState, orders: Mapping[str, str]) -> "Case":
        """Read the case; `orders` are the customer's numbers with their status."""
        said = tuple(lines.visitor(turns))
        matter = lines.matter(turns, state)
        wants = lines.wish(turns, state) or matter
        foreign = bool(said) and all(doubt(turn.text) == ANOTHER for turn in said)
        return cls(said, order_in(turns, orders), causes_in(state), matter, wants, foreign)

    @property
    def telling(self) -> Mapping[str, Seqs]:
        """The three causes that tell most, in the order they came up."""
        grave = [cause for cause in self.causes if cause in GRAVE]
        latest = [cause for cause in reversed(tuple(self.causes)) if cause in TROUBLE and cause not in grave]
        chosen = [*grave, *latest][:MOST_CAUSES]
        return {cause: seqs for cause, seqs in self.causes.items() if cause in chosen}

    @property
    def foremost(self) -> str:
        """The cause to begin with: what is grave, else the latest trouble, else a hard life; "" if none.

        A date alone does not say what is wrong.
        """
        known = [cause for cause in self.causes if cause in TROUBLE and cause != "deadline"]
        grave = [cause for cause in GRAVE if cause in known]
        troubles = [cause for cause in reversed(known) if cause not in LIFE]
        return next(iter([*grave, *troubles, *reversed(known)]), "")

    @property
    def is_vague(self) -> bool:
        """Tell whether the causes leave open what the matter is."""
        return not set(self.telling) - {"trouble", "deadline", *LIFE}


def order_in(turns: Sequence[Turn], orders: Mapping[str, str]) -> Order | None:
    """Return the order the visitor last named, else the bot; a bot's list of several orders names none."""
    known = {_letters(number): (number, status) for number, status in orders.items()}
    for speaker in ("visitor", "bot"):
        for turn in reversed(turns):
            found = [number.upper() for number in _ORDER.findall(turn.text)]
            if turn.speaker == speaker and found and (speaker == "visitor" or len(set(found)) == 1):
                return Order(*known.get(_letters(found[-1]), (found[-1], "")), turn.seq)
    return None


def _letters(number: str) -> str:
    """Return an order number as it is however somebody writes it."""
    return number.replace("-", "").upper()


def causes_in(state: MoodState) -> dict[str, Seqs]:
    """Return what went wrong and is not settled, with the messages that told it; a question tells nothing."""
    told: dict[str, Seqs] = {}
    for signal in state.signals:
        told[signal.code] = tuple(dict.fromkeys((*told.get(signal.code, ()), signal.seq)))
    causes = {cause: told[REASON_OF[cause]] for cause in state.causes if REASON_OF.get(cause) in told}
    return causes or {code: told[code] for code in ("trouble",) if code in told}
