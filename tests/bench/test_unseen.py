"""Shares over unseen messages, from answers that are known."""

from collections.abc import Sequence

import pytest

from bot.bench import unseen


def heard(texts: Sequence[str]) -> list[str]:
    """Understand each message as its own text says."""
    return list(texts)


def test_right_rephrased_wrong_and_told_apart() -> None:
    pairs = [("decaf", "decaf"), ("decaf", "nlu_fallback"), ("decaf", "invoice"), ("invoice", "invoice")]
    pairs += [("out_of_scope", "nlu_fallback"), ("out_of_scope", "decaf")]
    shares = unseen.understanding([{"intent": meant, "text": text} for meant, text in pairs], heard)
    assert list(shares.values()) == [0.5, 0.25, 0.25, 0.5]


def test_a_request_counts_by_cue_or_by_intent() -> None:
    pairs = [(True, "speak_to_human"), (True, "a cue"), (True, "decaf"), (False, "a cue"), (False, "decaf")]
    messages = [{"wants_person": wants, "text": text} for wants, text in pairs]
    shares = unseen.requests(messages, heard, lambda text: text == "a cue")
    assert list(shares.values()) == pytest.approx([2 / 3, 1 / 2])


@pytest.mark.parametrize("path", [unseen.MESSAGES, unseen.REQUESTS])
def test_the_files_are_there_and_each_id_once(path: object) -> None:
    found = unseen.rows(path)  # type: ignore[arg-type]
    assert len({row["id"] for row in found}) == len(found) >= 100
