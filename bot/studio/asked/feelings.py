"""How customers felt at each of their messages, as it was read then, and after which answers it got worse."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.storage.heard import Heard

TURNS = 2  # messages after an answer in which its effect is looked for
ROSE = 0.1  # of a level from 0 to 1: less may be chance
PASSES_ON = "action_escalate"  # what ran where the bot called a person in place of an answer
CALM = "calm"
ORDER = (CALM, "uneasy", "upset", "urgent")


@dataclass(frozen=True)
class Felt:
    """The mood after one message: `level` from 0 to 1, and what that is called."""

    seq: int
    level: float
    label: str


@dataclass(frozen=True)
class Worse:
    """A message after whose answer its customer felt worse: how before, and how at worst soon after."""

    asked: Heard
    before: Felt
    after: Felt


class Feelings:
    """The moods of many conversations."""

    def __init__(self, moments: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """`moments` by conversation, as the desk keeps them with the mood."""
        self._known = {
            id: [Felt(one["seq"], float(one["level"]), one["label"]) for one in found]
            for id, found in moments.items()
        }

    def at(self, conversation: str, seq: int) -> Felt | None:
        """Return how a customer felt at a message; None: it was not read, or is too long ago."""
        return next((felt for felt in self._known.get(conversation, ()) if felt.seq == seq), None)

    def worst(self, conversation: str) -> str | None:
        """Return the worst that was read in a conversation."""
        labels = [felt.label for felt in self._known.get(conversation, ()) if felt.label in ORDER]
        return max(labels, key=ORDER.index, default=None)

    def worse_after(self, rows: Iterable[Heard]) -> list[Worse]:
        """Return the messages after whose answers the mood rose within the next two of the customer.

        Where the bot called a person at once, there was no answer.
        """
        found = []
        for row in rows:
            before = self.at(row.conversation, row.seq)
            if before is None or PASSES_ON in (row.heard.get("answered") or ()):
                continue
            later = [felt for felt in self._known[row.conversation] if felt.seq > row.seq][:TURNS]
            after = max(later, key=lambda felt: felt.level, default=before)
            if after.label != CALM and after.level - before.level >= ROSE:
                found.append(Worse(row, before, after))
        return found
