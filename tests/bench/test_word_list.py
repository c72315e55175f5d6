"""The peer: pleasant and unpleasant words, and nothing else."""

from bot.bench.word_list import WordListDetector

SCORE = WordListDetector()


def test_unpleasant_words_are_distress_and_pleasant_ones_are_none() -> None:
    bad, plain, good = (SCORE.read(text) for text in ("terrible awful service", "a table", "lovely, great"))
    assert bad.distress > 0.5 and plain.distress == good.distress == 0
    assert (bad.emotion, plain.emotion, good.emotion) == ("frustrated", "neutral", "satisfied")
    assert bad.scores["frustrated"] > plain.scores["frustrated"] > good.scores["frustrated"]


def test_it_keeps_the_words_that_the_product_takes_for_topics() -> None:
    assert SCORE.read("I want to file a complaint").distress > 0


def test_context_says_nothing_to_it() -> None:
    assert SCORE.read("great.", context="Your refund was declined.") == SCORE.read("great.")
