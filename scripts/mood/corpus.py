"""What the mood model learns from: our own support messages, GoEmotions and CLINC150."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.empathy.reading import EMOTIONS, TARGETS

MESSAGES = Path(__file__).with_name("messages")
SIGNALS = (
    *("explicit_request", "bot_refusal", "declines_person", "unresolved", "told_before", "trouble"),
    *("churn_threat", "public_review_threat", "legal_threat", "deadline", "high_value", "payment_dispute"),
    *("privacy_or_security", "grief", "illness", "disability", "hardship", "safety", "abuse", "sarcasm"),
    *("gratitude", "resolved", "joking"),
)
HARD = (
    *("sarcasm", "understatement", "polite_anger", "calm_negative", "joking_swearing", "joyful_caps"),
    *("third_party", "non_native", "typos", "very_short", "very_long", "context_turns"),
)
INTENSITIES = 3
# How GoEmotions' 28 labels (Demszky et al. 2020) read at a support desk.
GO_EMOTIONS = {
    **dict.fromkeys(
        (
            *("admiration", "amusement", "approval", "excitement", "gratitude", "joy", "love", "optimism"),
            *("pride", "relief"),
        ),
        "satisfied",
    ),
    **dict.fromkeys(("anger", "disgust"), "angry"),
    **dict.fromkeys(("annoyance", "disappointment", "disapproval"), "frustrated"),
    **dict.fromkeys(("sadness", "grief", "remorse"), "sad"),
    **dict.fromkeys(("fear", "nervousness", "embarrassment"), "anxious"),
    "confusion": "confused",
    **dict.fromkeys(("neutral", "caring", "curiosity", "desire", "realization", "surprise"), "neutral"),
}


@dataclass(frozen=True)
class Example:
    """One labelled message. What a source does not tell is None and teaches nothing."""

    text: str
    context: str = ""
    emotion: dict[str, float] = field(default_factory=dict)  # shares, adding up to 1
    intensity: int | None = None  # 0 to 3; 0 for satisfied too, as nobody need worry
    target: str | None = None
    signals: tuple[str, ...] | None = None
    hard: tuple[str, ...] = ()
    business: str = ""
    same: str = ""  # the group of messages that say the same: from other people, or in another English
    taught: Mapping[str, Sequence[float]] | None = None  # what a teacher answers, by head: shares and chances


def messages(split: str, folder: Path = MESSAGES) -> list[Example]:
    """Read our own messages of one split, `train`, `dev` or `test`; no business is in two.

    Raises:
        ValueError: a line does not follow the labels; the message names file, line and mend.
    """
    return [
        _message(line, f"{path}:{number}")
        for path in sorted((folder / split).glob("*.jsonl"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if line.strip()
    ]


def _message(line: str, place: str) -> Example:
    row = json.loads(line)
    for value, known in ((row["emotion"], EMOTIONS), (row["target"], TARGETS)):
        if value not in known:
            raise ValueError(f"{place}: {value!r} is none of {', '.join(known)}.")
    for name, known in (("signals", SIGNALS), ("hard", HARD)):
        if unknown := set(row.get(name, ())) - set(known):
            raise ValueError(f"{place}: {', '.join(sorted(unknown))} is none of the {name} in corpus.py.")
    if (row["emotion"] == "neutral") != (row["intensity"] == 0):
        raise ValueError(f"{place}: intensity is 0 for neutral, and 1 to {INTENSITIES} for the others.")
    return Example(
        text=row["text"],
        context=row.get("context", ""),
        emotion={row["emotion"]: 1.0},
        intensity=0 if row["emotion"] == "satisfied" else row["intensity"],
        target=row["target"],
        signals=tuple(row.get("signals", ())),
        hard=tuple(row.get("hard", ())),
        business=row["business"],
        same=row.get("same", ""),
    )


def goemotions(folder: Path, split: str = "train") -> Iterator[Example]:
    """Read GoEmotions; a message with several labels keeps a share of each."""
    names = (folder / "labels.txt").read_text().split()
    for line in (folder / f"{split}.tsv").read_text("utf-8").splitlines():
        text, labels, _ = line.split("\t")
        felt = [GO_EMOTIONS[names[int(label)]] for label in labels.split(",")]
        yield Example(text, emotion={name: felt.count(name) / len(felt) for name in felt})


def clinc150(file: Path, split: str = "train") -> Iterator[Example]:
    """Read CLINC150's requests: everyday errands, told calmly."""
    everyday = {"target": "nobody", "intensity": 0, "emotion": {"neutral": 1.0}}
    for text, intent in json.loads(file.read_text("utf-8"))[split]:
        if intent not in ("thank_you", "greeting", "goodbye", "tell_joke", "damaged_card", "report_fraud"):
            yield Example(text, **everyday)


def businesses(examples: Iterable[Example]) -> set[str]:
    return {example.business for example in examples if example.business}
