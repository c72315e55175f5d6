"""Which real messages are suggested as examples of a question."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bot.errors import NotFound
from bot.storage.engine import Database
from bot.studio.asked.meaning import Vectors
from bot.studio.asked.suggestions import suggestions
from bot.studio.files.workspace import Workspace
from bot.studio.questions.questions import Questions
from tests.databases import fresh
from tests.desk.studio.desk import copied
from tests.studio import asked_past as past
from tests.studio.asked_past import NOW, ask, heard

SINCE = NOW - timedelta(days=90)
# Where each message lies, in degrees from the examples of the question; those of all others lie at 90.
ASKED = {"near": 20, "nearer": 15, "nearer to another": 80, "the very same": 5, "known": 0, "an address": 15}


@pytest.fixture
def questions(tmp_path: Path) -> Questions:
    return Questions(Workspace(copied(tmp_path / "shop"), tmp_path / "aside"))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = fresh(tmp_path / "desk.db")
    for number, text in enumerate(ASKED):
        told = heard("decaf", answered=["callback_form"] if text == "an address" else [])
        past.add(database, f"c{number}", ask(text, told), ask(text.upper(), told), days=number + 1)
    return database


def test_what_is_near_and_new_the_nearest_first(questions: Questions, database: Database) -> None:
    questions.add_examples("decaf", ["known"], author="Sam")
    own = questions.find("decaf").question.examples

    def encode(texts: Sequence[str]) -> np.ndarray:
        angles = [ASKED.get(text.lower(), 0 if text in own else 90) for text in texts]
        turned = np.radians(np.array(angles, float))
        return np.column_stack((np.cos(turned), np.sin(turned))).astype(np.float32)

    found = suggestions(database, questions, Vectors(encode), "decaf", SINCE)
    assert [(row.text.lower(), likeness) for row, likeness in found] == [("nearer", 0.97), ("near", 0.94)]


def test_a_question_that_is_gone_has_none(questions: Questions, database: Database) -> None:
    with pytest.raises(NotFound):
        suggestions(database, questions, Vectors(lambda texts: np.zeros((len(texts), 2))), "nobody", SINCE)
