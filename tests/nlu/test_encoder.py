import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.errors import ModelError
from bot.nlu.encoder import FOLDER, SentenceEncoder, checksum, load_encoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return load_encoder()


@pytest.mark.parametrize(
    "text",
    ["", "\ud800", "\U0001f621\U0001f621", "word " * 10_000, "\x00", "Grüße"],
    ids=lambda text: ascii(text)[:30],
)
def test_any_text_has_a_vector_of_length_one(encoder: SentenceEncoder, text: str) -> None:
    assert np.linalg.norm(encoder.encode([text])[0]) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_rows(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_like_is_near_and_unlike_is_far(encoder: SentenceEncoder) -> None:
    asked, same, other = encoder.encode(
        ["where is my parcel", "has my package been sent", "are you open on Sunday"]
    )
    assert asked @ same > asked @ other + 0.2


def test_a_vector_does_not_depend_on_its_neighbours(encoder: SentenceEncoder) -> None:
    texts = ["hi", "where is my parcel", "word " * 100, "refund please"] * 10
    assert np.allclose(encoder.encode(texts)[1], encoder.encode(texts[1:2])[0], atol=1e-5)


def test_the_dictionary_ranks_common_words_first(encoder: SentenceEncoder) -> None:
    words = encoder.dictionary
    assert words["the"] < words["coffee"] < words["espresso" if "espresso" in words else "mug"]


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "SHA256SUMS"])
def test_a_missing_or_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(FOLDER, folder)
    (folder / name).write_bytes(b"changed")
    with pytest.raises(ModelError, match=name):
        load_encoder(folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_encoder(folder)


def test_the_digest_follows_the_files(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text("another")
    assert checksum(tmp_path) != checksum()
