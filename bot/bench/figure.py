"""One measured figure, and how a list of values is summed up."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """What was measured, in which unit, ours, the peer's and the aim; `note` says how."""

    what: str
    unit: str
    ours: float
    peer: float | None = None
    aim: str = ""
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    @property
    def ratio(self) -> float | None:
        """Ours divided by the peer's."""
        return self.ours / self.peer if self.peer else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` (over 0, at most 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[math.ceil(share * len(ordered)) - 1]
