import numpy as np

from bot.nlu.confidence import Confidence
from bot.nlu.encoder import load_encoder
from bot.nlu.topics import Examples, TopicModel
from tests.nlu.project import PAIRS


def _examples(*, topics: int = 99) -> Examples:
    known = sorted({topic for _, topic in PAIRS})[:topics]
    texts, names = (np.array(column) for column in zip(*(p for p in PAIRS if p[1] in known), strict=True))
    return Examples(texts, load_encoder().encode(texts), names)


def test_the_known_is_likelier_than_the_unknown() -> None:
    examples = _examples()
    model, confidence = TopicModel.fit(examples), Confidence.learn(examples)
    asked = ["where is my parcel now", "who won the world cup in 1998"]
    known, unknown = confidence.of(model.judge(asked, load_encoder().encode(asked)).evidence)
    assert 1 >= known > 0.3 > unknown >= 0


def test_what_was_stored_is_as_sure() -> None:
    confidence = Confidence(np.array([1.0, 2.0, 3.0]), -0.5)
    evidence = np.array([[0.1, 0.2, 0.3], [-5.0, 0.0, 0.1]])
    assert np.allclose(Confidence.from_arrays(confidence.as_arrays()).of(evidence), confidence.of(evidence))


def test_too_few_topics_to_hide_go_by_the_lead() -> None:
    sure, torn = Confidence.learn(_examples(topics=2)).of(np.array([[2.0, 4.0, 0.9], [0.0, 0.0, 0.9]]))
    assert sure > 0.9 > 0.3 > torn
