import pytest

from bot import onnx_model
from bot.empathy.encoding import LONGEST, MOST_CONTEXT, MOST_TOKENS, encode, plain
from bot.empathy.mood_model import FOLDER


@pytest.fixture(scope="module")
def tokenizer():
    return onnx_model.load(FOLDER)[1]


def test_a_message_stands_before_its_context(tokenizer):
    ids, segments = encode(tokenizer, "still nothing", "It is on its way.")
    assert len(ids) == len(segments)
    assert segments == sorted(segments) and set(segments) == {0, 1}
    assert ids[: segments.count(0)] == encode(tokenizer, "still nothing")[0]


def test_a_long_message_keeps_both_ends(tokenizer):
    ids, _ = encode(tokenizer, "first " + "word " * 10_000 + "last", "before " * 1000)
    said = tokenizer.decode(ids)
    assert len(ids) <= MOST_TOKENS
    assert said.startswith("first") and "last" in said
    assert said.count("before") <= MOST_CONTEXT


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "\u202e abc", "h̸̡e̷͠l̶̛l̴o"])
def test_any_text_can_be_encoded(tokenizer, text):
    assert encode(tokenizer, text, text)[0]


def test_pictures_are_spelt_out():
    assert "rolling eyes" in plain("great 🙄")
    assert plain("fine 👍🏽").split()[:3] == ["fine", "thumbs", "up"]


def test_what_is_cut_is_bounded():
    assert len(plain("a" * 1_000_000)) <= LONGEST + 1
