"""Groups by meaning: right, stable, the largest first; vectors are computed once."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.nlu.encoder import load_encoder
from bot.studio.asked.meaning import Group, Vectors, groups

ASKED = (
    "can I bring my dog into the cafe?",
    "how do i descale my kettle",
    "do you let dogs in",
    "are you hiring?",
    "my kettle has limescale how to clean it",
    "is your place dog friendly? she's a small terrier",
)


def spread(*angles: float) -> np.ndarray:
    """Return rows of length 1 at these angles, in degrees."""
    turned = np.radians(np.array(angles))
    return np.column_stack((np.cos(turned), np.sin(turned))).astype(np.float32)


def test_what_means_the_same_stands_together_the_largest_first() -> None:
    found = groups(load_encoder().encode(ASKED))
    assert [group.members for group in found] == [(0, 2, 5), (1, 4), (3,)]


def test_the_one_nearest_to_all_speaks_for_them() -> None:
    assert groups(spread(0, 20, 10)) == [Group((0, 1, 2), 2)]


def test_a_chain_of_neighbours_is_not_one_group() -> None:
    """By single neighbours all would hang together; by their average the ends are too far apart."""
    found = groups(spread(*range(0, 180, 15)), alike=0.9)
    assert 1 < len(found) < 12


def test_it_is_average_linkage() -> None:
    """Whatever is merged together in one go, it leads where one pair after the other leads."""
    rows = np.random.default_rng(5).normal(size=(60, 6))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert {group.members for group in groups(rows)} == one_by_one(rows, 0.5)


def one_by_one(rows: np.ndarray, alike: float) -> set[tuple[int, ...]]:
    likeness = rows @ rows.T
    found = [[number] for number in range(len(rows))]
    while True:
        pairs = [
            (likeness[np.ix_(one, two)].mean(), at, other)
            for at, one in enumerate(found)
            for other, two in enumerate(found[:at])
        ]
        best, at, other = max(pairs)
        if best < alike:
            return {tuple(sorted(members)) for members in found}
        found[other] += found.pop(at)


@pytest.mark.parametrize("rows", [np.zeros((0, 3), np.float32), np.ones((1, 1), np.float32)])
def test_few_or_none(rows: np.ndarray) -> None:
    assert [group.members for group in groups(rows)] == [(0,)] * len(rows)


def test_the_same_words_over_and_over_are_one_group() -> None:
    assert groups(spread(*[7] * 3000)) == [Group(tuple(range(3000)), 0)]


def test_a_vector_is_computed_once() -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return np.array([[len(text), 0.0] for text in texts])

    vectors = Vectors(encode)
    assert vectors(["a", "bb", "a"]).tolist() == [[1, 0], [2, 0], [1, 0]]
    assert vectors.missing(["bb", "ccc", "ccc"]) == ["ccc"]
    assert list(vectors.learn(["bb", *("c" * n for n in range(3, 43))])) == [32, 8]
    vectors(["a", "bb"])
    assert len(asked) == len(set(asked)) == 42
