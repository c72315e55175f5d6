"""How often each question is asked, and how often it went badly: customers were upset after its answer.

The list of questions shows it: `counts(database, since)`, of `DAYS` days. It blocks; a question that nobody
asked is not in there.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.storage import heard
from bot.storage.engine import Database
from bot.studio.asked.feelings import Feelings

DAYS = 30


@dataclass(frozen=True)
class Counts:
    """How often something was asked, and after how many of the answers the customer felt worse."""

    asked: int
    upset: int


def counts(database: Database, since: datetime) -> dict[str, Counts]:
    """Count by intent what was asked after a moment; `upset` only among the newest `heard.MOST` answers."""
    with database.read() as connection:
        asked = heard.counts(connection, since)
        rows, moments = heard.since(connection, since), heard.moments(connection, since)
    upset: dict[str, int] = {}
    for worse in Feelings(moments).worse_after(rows):
        intent = worse.asked.heard["intent"]
        upset[intent] = upset.get(intent, 0) + 1
    return {intent: Counts(count, upset.get(intent, 0)) for intent, count in asked.items()}
