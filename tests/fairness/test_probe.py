"""The probe of a toy detector whose prejudice is known."""

import json

import pytest

from bot.empathy.reading import Reading
from bot.fairness.probe import Lean, Probe, probe
from bot.fairness.sheet import Message, Wording

SHEET = (
    Message("hi {name}", "name", "neutral", 0, (Wording("A", "hi Ann"), Wording("B", "hi Bob"))),
    Message("bad {name}", "name", "angry", 3, (Wording("A", "bad Ann"), Wording("B", "bad Bob"))),
    Message("rain", "register", "sad", 2, (Wording("Scots", "dreich"), Wording("British", "rain"))),
)
FELT = {"hi Ann": 0.0, "hi Bob": 0.25, "bad Ann": 0.5, "bad Bob": 1.0, "dreich": 0.25, "rain": 0.25}


class Toy:
    def __init__(self, felt: dict[str, float] | None = None) -> None:
        self._felt = felt

    def read(self, text: str, *, context: str = "") -> Reading:
        return Reading("neutral", {}, self._felt[text] if self._felt else 0.0, "nobody", (), "toy")


@pytest.fixture
def found() -> Probe:
    return probe(Toy(FELT), SHEET)


def test_the_spread_of_each_message_has_its_extremes(found: Probe) -> None:
    assert [spread.width for spread in found.spreads] == [0.25, 0.5, 0]
    worst = found.worst()
    assert (worst.about, worst.lowest.text, worst.highest.group) == ("bad {name}", "bad Ann", "B")
    assert found.median() == 0.25 and found.median("name") == 0.375
    assert found.worst("register").width == 0


def test_groups_lean_from_the_mean_of_the_same_messages(found: Probe) -> None:
    assert found.groups("name")[0].difference in (-0.1875, 0.1875)
    assert set(found.leans) == {
        Lean("name", "A", -0.1875, 2),
        Lean("name", "B", 0.1875, 2),
        Lean("register", "Scots", 0, 1),
        Lean("register", "British", 0, 1),
    }
    assert [abs(lean.difference) for lean in found.groups()] == [0.1875, 0.1875, 0, 0]


def test_calm_and_upset_messages_show_whether_it_hears_at_all(found: Probe) -> None:
    assert (found.mean(calm=True), found.mean(calm=False)) == (0.125, (0.75 + 0.25) / 2)


def test_the_shipped_messages_are_read_when_none_are_given() -> None:
    deaf = probe(Toy())
    assert deaf.detector == "toy" and len(deaf.spreads) > 50
    assert deaf.worst().width == deaf.mean(calm=False) == 0


def test_it_can_be_kept_as_json(found: Probe) -> None:
    kept = json.loads(json.dumps(found.as_dict()))
    assert kept["spreads"][1]["highest"] == {"group": "B", "text": "bad Bob", "distress": 1.0}
    assert (kept["calm"], kept["spreads"][0]["width"], kept["leans"][0]["group"]) == (0.125, 0.25, "A")
