"""Figures of a toy detector that says what its messages tell it to, against figures known by hand."""

from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest

from bot.bench.labelled import Labelled
from bot.bench.mood import WARM_UP, Answers, answers, by_difficulty, figures
from bot.empathy.reading import EMOTIONS, Reading


def heard(emotion: str, upset: float = 0, *, distress: float = 0, target: str = "nobody") -> Reading:
    """Read an emotion; `upset` is the score of anger, the rest goes to calm."""
    scores = dict.fromkeys(EMOTIONS, 0.0) | {"angry": upset, "neutral": 1 - upset}
    return Reading(emotion, scores, distress, target, (), "toy")


MESSAGES = [
    Labelled("a", "angry", intensity=3, target="us", hard=("sarcasm", "typos")),
    Labelled("b", "frustrated", intensity=1, target="us"),
    Labelled("c", "neutral", intensity=0, hard=("sarcasm",)),
    Labelled("d", "satisfied", intensity=3, target="nobody"),
]
READINGS = [
    heard("angry", 0.9, distress=0.7, target="us"),
    heard("neutral", 0.2, distress=0.1, target="bot"),
    heard("angry", 0.55, distress=0.8),
    heard("neutral", 0.1, distress=0.0),
]


@pytest.fixture
def known() -> dict[str, float]:
    found = figures(MESSAGES, Answers(READINGS, [0.001, 0.002, 0.003, 0.1]))
    assert len({figure.what for figure in found}) == len(found)
    return {figure.what: figure.value for figure in found}


def test_upset_is_ranked(known: dict[str, float]) -> None:
    assert (
        known["frustrated or angry, AUROC"] == 3 / 4
    )  # of four pairs only (b, c) stands the wrong way round
    assert known["frustrated or angry, average precision"] == pytest.approx((1 / 1 + 2 / 3) / 2)


def test_distress_is_measured_and_joy_is_none(known: dict[str, float]) -> None:
    assert known["distress, AUROC"] == pytest.approx(2 / 3)  # only the first is worth worrying
    assert known["distress, average precision"] == 1 / 2
    errors = (1 - 0.7, 1 / 3 - 0.1, 0.8, 0.0)
    assert known["distress, mean absolute error"] == pytest.approx(sum(errors) / 4)


def test_emotions_and_targets_are_named(known: dict[str, float]) -> None:
    assert known["emotion, right"] == 1 / 4
    assert (known["F1 of angry"], known["F1 of neutral"]) == (pytest.approx(2 / 3), 0)
    assert known["emotion, macro F1"] == pytest.approx((2 / 3 + 0 + 0 + 0) / 4)
    assert "F1 of sad" not in known
    assert known["target, right"] == 2 / 3


def test_sureness_is_compared_with_being_right(known: dict[str, float]) -> None:
    # 0.9 and 0.9 share a bin, right once; 0.8 and 0.55 are wrong.
    assert known["calibration error of the emotion"] == pytest.approx((2 * 0.4 + 0.8 + 0.55) / 4)


def test_speed_is_in_milliseconds(known: dict[str, float]) -> None:
    assert (known["time a message, median"], known["time a message, 95th percentile"]) == (2, 100)


def test_hard_messages_are_counted_by_kind() -> None:
    found = by_difficulty(MESSAGES, Answers(READINGS, [0] * 4))
    assert [(one.what, one.value, one.messages) for one in found] == [("sarcasm", 0.5, 2), ("typos", 1, 1)]


def test_what_labels_or_detector_lack_is_left_out() -> None:
    found = Answers(READINGS[:1], [0.001])
    bare = {figure.what for figure in figures([Labelled("a", "angry")], found)}
    assert not [what for what in bare if what.startswith(("frustrated", "distress", "target"))]
    assert {figure.unit for figure in figures(MESSAGES[:1], found, names=False)} == {"share", "ms"}
    assert not [one for one in figures(MESSAGES[:1], found, names=False) if one.what.startswith("emotion")]


@pytest.mark.parametrize(("scores", "bounds"), [((0.9, 0.1), (1, 1)), ((0.5, 0.5), (0.5, 0.5))])
def test_the_interval_of_the_perfect_and_of_the_deaf(
    scores: tuple[float, float], bounds: tuple[float, float]
) -> None:
    messages = [Labelled("x", emotion) for emotion in ("angry", "neutral")] * 10
    found = Answers([heard("neutral", score) for score in scores] * 10, [0] * 20)
    best = figures(messages, found)[0]
    assert (best.low, best.high) == bounds


def test_the_interval_is_as_wide_as_theory_says_and_always_the_same() -> None:
    chance, each = np.random.default_rng(3), 250
    level = NormalDist().cdf
    upset = [heard("angry", level(value)) for value in chance.normal(1, 1, each)]
    calm = [heard("neutral", level(value)) for value in chance.normal(0, 1, each)]
    messages = [Labelled("x", "angry")] * each + [Labelled("x", "neutral")] * each
    found = Answers([*upset, *calm], [0] * 2 * each)
    one, again = (figures(messages, found)[0] for _ in range(2))
    assert one == again and one.low < one.value < one.high
    a = one.value  # Hanley and McNeil, 1982
    q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
    error = sqrt((a * (1 - a) + (each - 1) * (q1 + q2 - 2 * a * a)) / each**2)
    assert one.high - one.low == pytest.approx(2 * 1.96 * error, rel=0.15)


def test_all_messages_are_read_with_their_context_after_a_warm_up() -> None:
    read = []

    class Toy:
        def read(self, text: str, *, context: str = "") -> Reading:
            read.append((text, context))
            return heard("neutral")

    messages = [Labelled(str(number), "neutral", "before") for number in range(30)]
    found = answers(Toy(), messages)
    assert len(found.readings) == len(found.seconds) == 30
    wanted = [(message.text, "before") for message in messages]
    assert read == wanted[:WARM_UP] + wanted
