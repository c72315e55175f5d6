"""The example that a message is nearest to."""

import io
import tarfile
from pathlib import Path

import numpy as np
import pytest

from bot.errors import ModelError
from bot.nlu.encoder import load_encoder
from bot.studio.trial.nearest import nearest_in

EXAMPLES = {"do you have decaf": "decaf", "coffee without caffeine": "decaf", "where is my order": "status"}


def model(path: Path, **arrays: np.ndarray) -> Path:
    file = io.BytesIO()
    np.savez(file, **arrays)
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("components/train_TopicClassifier1/topics.npz")
        member.size = len(file.getvalue())
        archive.addfile(member, io.BytesIO(file.getvalue()))
    return path


def test_it_is_of_the_question_that_was_understood(tmp_path: Path) -> None:
    texts = list(EXAMPLES)
    topics, vectors = np.array([EXAMPLES[text] for text in texts]), load_encoder().encode(texts)
    known = {"example_texts": np.array(texts), "example_vectors": vectors, "example_topics": topics}
    nearest = nearest_in(model(tmp_path / "m.tar.gz", **known))
    found = nearest.find("have you got decaf?", "decaf")
    assert found and found["example"] == "do you have decaf" and 0.7 < found["likeness"] <= 1
    far = nearest.find("have you got decaf?", "status")
    assert far and far["likeness"] < found["likeness"]
    assert nearest.find("anything", "no_such_question") is None


def test_a_model_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="KeyError"):
        nearest_in(model(tmp_path / "other.tar.gz", topics=np.array(["decaf"])))


@pytest.mark.parametrize("content", [None, b"", b"no archive"])
def test_a_model_that_is_damaged_or_gone_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "kindhand-1.tar.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="kindhand-1"):
        nearest_in(path)
