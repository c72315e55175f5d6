import random
from pathlib import Path

import numpy as np

from bot.nlu.evaluation import Outcome, confusions, cross_validate, read_examples, slip
from tests.nlu.project import PAIRS

OUTCOME = Outcome(
    named=np.array(["decaf", "decaf", "greet", "out_of_scope"]),
    chances=np.array([0.9, 0.2, 0.9, 0.9]),
    expected=np.array(["decaf", "decaf", "decaf", ""]),
)


def test_right_is_answered_and_right_or_admitted() -> None:
    assert (OUTCOME.right(0.1), OUTCOME.right(0.5), OUTCOME.best()) == (0.75, 0.5, 0.5)


def test_confusions_are_counted() -> None:
    assert (("decaf", "greet"), 1) in confusions(OUTCOME)


def test_examples_are_read_from_owners_files(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("nlu:\n- intent: decaf\n  examples: |\n    - decaf?\n    - no caffeine\n")
    (tmp_path / "b.yml").write_text("rules: []\n")
    assert read_examples([tmp_path]) == [("decaf?", "decaf"), ("no caffeine", "decaf")]


def test_slips_change_one_or_two_longer_words() -> None:
    chance = random.Random(1)
    for _ in range(50):
        written = "please where is my large parcel today"
        changed = [a != b for a, b in zip(written.split(), slip(written, chance).split(), strict=True)]
        assert sum(changed) <= 2 and not changed[2] and not changed[3]
    assert slip("hi", chance) == "hi"


def test_every_example_is_asked_once_each_way() -> None:
    outcomes = cross_validate(PAIRS, ["who won the world cup"], parts=2)
    assert {name: len(outcome.named) for name, outcome in outcomes.items()} == {
        "as written": len(PAIRS), "with slips": len(PAIRS), "hidden topics": len(PAIRS), "strangers": 2,
    }  # fmt: skip
    assert outcomes["as written"].best() > 0.5
