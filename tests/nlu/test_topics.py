import numpy as np
import pytest

from bot.nlu.encoder import load_encoder
from bot.nlu.topics import Examples, TopicModel, splits
from tests.nlu.project import PAIRS


@pytest.fixture(scope="module")
def examples() -> Examples:
    texts, topics = (np.array(column) for column in zip(*PAIRS, strict=True))
    return Examples(texts, load_encoder().encode(texts), topics)


@pytest.fixture(scope="module")
def model(examples: Examples) -> TopicModel:
    return TopicModel.fit(examples)


@pytest.mark.parametrize(
    ("asked", "topic"),
    [("has my package been sent", "check_order_status"), ("are you open today", "opening_hours"), ("", None)],
)
def test_new_sentences_find_their_topic(model: TopicModel, asked: str, topic: str | None) -> None:
    judged = model.judge([asked], load_encoder().encode([asked]))
    assert topic in (None, model.topics[judged.winners[0]])
    assert judged.shares.sum() == pytest.approx(1)
    assert np.isfinite(judged.evidence).all()


def test_what_was_stored_judges_alike(model: TopicModel, examples: Examples) -> None:
    again = TopicModel.from_arrays(model.as_arrays())
    assert np.allclose(
        again.judge(examples.texts, examples.vectors).shares,
        model.judge(examples.texts, examples.vectors).shares,
    )


def test_two_topics_are_enough(examples: Examples) -> None:
    two = examples.where(np.isin(examples.topics, ["decaf", "greet"]))
    model = TopicModel.fit(two)
    assert (model.topics[model.judge(two.texts, two.vectors).winners] == two.topics).all()


def test_splits_hold_out_each_example_and_hide_each_topic_once(examples: Examples) -> None:
    held, hidden = (np.array(column) for column in zip(*splits(examples.topics), strict=True))
    assert (held.sum(axis=0) == 1).all() and (hidden.sum(axis=0) == 1).all()
