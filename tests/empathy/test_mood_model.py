import shutil

import pytest

from bot.empathy.mood_model import FOLDER, MoodModel, load_model
from bot.empathy.reading import EMOTIONS, TARGETS
from bot.errors import ModelError


@pytest.fixture(scope="module")
def model() -> MoodModel:
    return load_model()


def test_everything_heard_is_a_share_or_a_chance(model):
    heard = model.hear("Where is my parcel?", "Hello, how can I help?")
    assert set(heard.emotions) == set(EMOTIONS) and set(heard.targets) == set(TARGETS)
    assert sum(heard.emotions.values()) == pytest.approx(1, abs=0.01)
    assert 0 <= heard.distress <= 1
    assert all(0 <= chance <= 1 for chance in heard.signals.values())


def test_worse_is_worse(model):
    calm = model.hear("What are your opening hours on Sunday?")
    upset = model.hear("This is the third time I have asked and nobody has lifted a finger. Pathetic.")
    assert upset.distress > calm.distress + 0.3
    assert upset.emotions["frustrated"] + upset.emotions["angry"] > 0.6


def test_the_message_before_decides(model):
    said = "perfect, just what I needed"
    helped = model.hear(said, "Your table is booked for eight.")
    refused = model.hear(said, "I'm sorry, your refund was declined.")
    assert helped.emotions["satisfied"] > refused.emotions["satisfied"] + 0.2


@pytest.mark.parametrize("text", ["", "a", "\ud800", "\U0001f621" * 500, "word " * 10_000, "h̸̡e̷͠"])
def test_any_text_will_do(model, text):
    assert 0 <= model.hear(text, text).distress <= 1


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "card.json", "SHA256SUMS"])
def test_a_missing_or_changed_file_is_refused(tmp_path, name):
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    (folder / name).write_bytes(b"changed")
    with pytest.raises(ModelError, match=name):
        load_model(folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_model(folder)
