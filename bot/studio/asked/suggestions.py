"""Real messages that are near to a question and not among its examples yet."""

from datetime import datetime

import numpy as np

from bot.storage import heard
from bot.storage.engine import Database
from bot.storage.heard import Heard
from bot.studio.asked.meaning import ALIKE, Vectors
from bot.studio.asked.unknown import ASKS_ON, plain
from bot.studio.questions.questions import Questions

MOST = 20  # that are suggested
LOOKED_AT = 2_000  # different texts, the newest; 4 s when nothing of it was encoded before
SAME = 0.97  # likeness from which a message brings nothing new beside an example


def suggestions(
    database: Database, questions: Questions, vectors: Vectors, intent: str, since: datetime
) -> list[tuple[Heard, float]]:
    """Return messages after a moment with their likeness to the question, the nearest first. Blocks.

    A message counts that is nearer to this question than to any other, and not the same as an example.

    Raises:
        NotFound: there is no such question.
    """
    own = list(questions.find(intent).question.examples)
    taught = questions.taught()
    others = [text for other, texts in taught.examples.items() if other != intent for text in texts]
    known = {plain(text) for text in [*own, *others]}
    with database.read() as connection:
        rows = heard.since(connection, since)
    new: dict[str, Heard] = {}
    for row in rows:
        if plain(row.text) not in known and not _tells_a_form(row) and len(new) < LOOKED_AT:
            new.setdefault(plain(row.text), row)
    if not new or not own:
        return []
    found = list(new.values())
    likeness = _nearest(own, others, [row.text for row in found], vectors)
    best = [number for number in np.argsort(-likeness, kind="stable") if ALIKE <= likeness[number] < SAME]
    return [(found[number], round(float(likeness[number]), 2)) for number in best[:MOST]]


def _tells_a_form(row: Heard) -> bool:
    """Tell whether it was taken for the answer to what a form asked, such as an address."""
    return any(name.endswith(ASKS_ON) for name in row.heard.get("answered") or ())


def _nearest(own: list[str], others: list[str], texts: list[str], vectors: Vectors) -> np.ndarray:
    """Return how alike each text is to the nearest of one's own examples; 0 where another's is nearer."""
    rows = vectors(texts)
    likeness: np.ndarray = (rows @ vectors(own).T).max(axis=1)
    if others:
        likeness = np.where(likeness >= (rows @ vectors(others).T).max(axis=1), likeness, 0.0)
    return likeness
