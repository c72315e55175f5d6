"""The messages that the mood model learns from: as many, as varied and as apart as its card says."""

import json
from collections import Counter, defaultdict

import pytest

from scripts.mood.corpus import MESSAGES, SIGNALS, businesses, messages

SPLITS = ("train", "dev", "test")


@pytest.fixture(scope="module")
def splits():
    return {split: messages(split) for split in SPLITS}


def test_no_business_is_in_two_splits(splits):
    seen = Counter(name for split in splits.values() for name in businesses(split))
    assert set(seen.values()) == {1} and len(seen) >= 15


def test_there_are_thousands_and_a_third_is_hard(splits):
    every = [example for split in splits.values() for example in split]
    assert len(every) >= 4000
    assert sum(bool(example.hard) for example in every) >= len(every) / 3


def test_each_signal_is_taught_and_measured(splits):
    for split, least in (("train", 40), ("test", 5)):
        told = Counter(signal for example in splits[split] for signal in example.signals)
        assert not [signal for signal in SIGNALS if told[signal] < least]


def test_nothing_that_is_measured_was_taught(splits):
    taught = {(e.text.lower(), e.context.lower()) for e in splits["train"]}
    assert not [
        e.text for s in ("dev", "test") for e in splits[s] if (e.text.lower(), e.context.lower()) in taught
    ]


def test_who_says_it_or_how_changes_no_label(splits):
    groups = defaultdict(list)
    for example in splits["train"]:
        if example.same:
            groups[example.same].append(example)
    assert len(groups) >= 100
    for name, group in groups.items():
        labels = {(str(e.emotion), e.intensity, e.target) for e in group}
        assert len(group) > 1 and len(labels) == 1, name


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"emotion": "cross"}, "'cross' is none of"),
        ({"target": "them"}, "'them' is none of"),
        ({"signals": ["angry"]}, "none of the signals"),
        ({"intensity": 0}, "intensity is 0 for neutral"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, change, told):
    row = json.loads(next((MESSAGES / "test").glob("*.jsonl")).read_text("utf-8").splitlines()[0])
    wrong = {**row, "emotion": "angry", "intensity": 2, "target": "us", **change}
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "shop.jsonl").write_text(json.dumps(row) + "\n" + json.dumps(wrong) + "\n")
    with pytest.raises(ValueError, match=told) as problem:
        messages("test", tmp_path)
    assert "shop.jsonl:2" in str(problem.value)
