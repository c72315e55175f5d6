"""What a visitor who needs a person is told: one now, one after a wait, or one later."""

import math
from dataclasses import dataclass

LIVE, WAIT, LATER = "live", "wait", "later"

AT_ONCE = 4  # conversations that one agent holds well
MINUTES_EACH = 5  # until a place with an agent comes free
NOBODY_YET = 15  # minutes, when it is open and nobody is signed in


@dataclass(frozen=True)
class Availability:
    """The decision; `minutes` is the estimate of a wait."""

    kind: str
    minutes: int = 0

    @property
    def words(self) -> str:
        """Say how long the wait is."""
        return f"{self.minutes} minutes" if self.minutes < 60 else "an hour or more"


def decide(*, is_open: bool, agents: int, held: int, ahead: int) -> Availability:
    """Decide from the hours, agents signed in, conversations they hold and people waiting ahead."""
    if not agents:
        return Availability(WAIT, NOBODY_YET) if is_open else Availability(LATER)
    free = agents * AT_ONCE - held
    if ahead < free:
        return Availability(LIVE)
    return Availability(WAIT, MINUTES_EACH * math.ceil((ahead - free + 1) / agents))
