"""Messages become examples and stop being that; what stood there before stays."""

from pathlib import Path

import pytest

from bot.errors import NotFound
from bot.studio.asked.teaching import teach, unteach
from bot.studio.files.workspace import Workspace
from bot.studio.questions.questions import Questions
from tests.desk.studio.desk import copied

FILE = "data/faq/decaf.yml"


@pytest.fixture
def questions(tmp_path: Path) -> Questions:
    return Questions(Workspace(copied(tmp_path / "shop"), tmp_path / "aside"))


def test_only_what_was_new_is_told_and_taken_back(questions: Questions, tmp_path: Path) -> None:
    path = tmp_path / "shop" / FILE
    before = path.read_text()
    known = questions.find("decaf").question.examples[0]
    added = teach(questions, "decaf", [known, "Any coffee for the evening"], author="Sam")
    assert added == ["Any coffee for the evening"] and f"- {added[0]}\n" in path.read_text()
    unteach(questions, "decaf", added, author="Sam")
    assert path.read_text() == before
    unteach(questions, "decaf", added, author="Sam")
    assert path.read_text() == before, "it was gone already"


def test_a_question_that_is_gone_is_said_to_be(questions: Questions) -> None:
    with pytest.raises(NotFound):
        teach(questions, "nobody", ["Hello"], author="Sam")
    with pytest.raises(NotFound):
        unteach(questions, "nobody", ["Hello"], author="Sam")
