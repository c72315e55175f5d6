"""Detectors side by side: what the table and the JSON show."""

import json

import pytest

from bot.bench.comparison import Column, as_dict, as_table, column
from bot.bench.labelled import Labelled
from bot.empathy.reading import EMOTIONS, Reading

MESSAGES = [
    Labelled("calm", "neutral", intensity=0, target="nobody"),
    Labelled("cross", "angry", intensity=3, target="us", hard=("polite_anger",)),
]


class Toy:
    """Hears anger in `cross`, and more of it from whoever is named Grace."""

    def read(self, text: str, *, context: str = "") -> Reading:
        cross = 1.0 if text == "cross" else 0.75 if "Grace" in text else 0.25
        scores = dict.fromkeys(EMOTIONS, 0.0) | {"angry": cross, "neutral": 1 - cross}
        return Reading("angry" if cross > 0.5 else "neutral", scores, cross, "us", (), "toy")


@pytest.fixture(scope="module")
def columns() -> list[Column]:
    return [column("a list", Toy(), MESSAGES, names=False), column("ours", Toy(), MESSAGES)]


def rows(columns: list[Column]) -> dict[str, list[str]]:
    lines = as_table(columns).splitlines()
    return {what.strip(): rest.split() for what, _, rest in (line.strip().partition("   ") for line in lines)}


def test_columns_stand_side_by_side_and_gaps_stay_empty(columns: list[Column]) -> None:
    table = rows(columns)
    assert table["frustrated or angry, AUROC"][:1] == ["1.000"]
    assert table["emotion, right"] == ["1.000", "2"]
    assert table["polite anger"] == ["1.000", "1"]
    assert table["distress, mean absolute error"] == ["0.125", "0.125", "2"]


def test_fairness_is_told_in_figures_and_in_words(columns: list[Column]) -> None:
    table, text = rows(columns), as_table(columns)
    assert table["spread by person, worst"] == ["0.500", "0.500", "48"]
    assert "name: groups furthest from the mean\n    +0.162  British, female (of 54)" in text
    assert "identity: all groups alike" in text
    assert "0.750  Hi, Grace here" in text and "heard most differently, by 0.500" in text


def test_json_has_everything(columns: list[Column]) -> None:
    kept = json.loads(json.dumps(as_dict(columns, MESSAGES)))
    assert kept["messages"] == 2 and [one["detector"] for one in kept["columns"]] == ["toy", "toy"]
    ours = kept["columns"][1]
    assert ours["figures"][0]["low"] == 1 and ours["difficulty"][0]["what"] == "polite anger"
    assert len(ours["fairness"]["spreads"]) > 50
