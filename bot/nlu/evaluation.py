"""How well the owner's examples teach: cross-validation, with slips, and with topics the assistant never saw.

python -m bot.nlu.evaluation [--out-of-scope SENTENCES.txt] data/faq data/nlu
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from bot.nlu.confidence import Confidence
from bot.nlu.encoder import SentenceEncoder, load_encoder
from bot.nlu.spelling import Speller
from bot.nlu.text import clean
from bot.nlu.topics import Examples, TopicModel, splits

OUT_OF_SCOPE = "out_of_scope"
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)
NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioposdfghjklkxcvbnmn", strict=True))
Pair = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """What became of a set of sentences: the topic named, its chance, and the right topic ("" for none)."""

    named: np.ndarray
    chances: np.ndarray
    expected: np.ndarray

    def best(self) -> float:
        """Return the share whose best topic is right, whatever its chance."""
        return float((self.named == self.expected).mean())

    def right(self, threshold: float) -> float:
        """Return the share answered rightly; out of scope must be admitted, by name or by doubt."""
        answered = (self.chances >= threshold) & (self.named != OUT_OF_SCOPE)
        unanswerable = np.isin(self.expected, ("", OUT_OF_SCOPE))
        return float(np.where(unanswerable, ~answered, answered & (self.named == self.expected)).mean())


def read_examples(folders: Sequence[Path]) -> list[Pair]:
    """Return (sentence, intent) for every example in the folders' YAML files."""
    pairs = []
    for path in sorted(file for folder in folders for file in folder.rglob("*.yml")):
        for block in (YAML(typ="safe").load(path) or {}).get("nlu", []):
            lines = block.get("examples", "").splitlines() if "intent" in block else []
            pairs += [(line[2:].strip(), block["intent"]) for line in lines if line.startswith("- ")]
    return pairs


def slip(text: str, chance: random.Random) -> str:
    """Return the text with a slip in one or two of its longer words."""
    words = text.split()
    longer = [i for i, word in enumerate(words) if len(word) > 3]
    for i in chance.sample(longer, min(len(longer), 2 if len(words) > 5 else 1)):
        words[i] = _slipped(words[i], chance)
    return " ".join(words)


def _slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    kinds = (
        after,
        after[0] + letter + after[1:],
        NEIGHBOURS.get(letter.lower(), "e") + after,
        letter * 2 + after,
    )
    return before + chance.choice(kinds)


def cross_validate(
    pairs: Sequence[Pair], strangers: Sequence[str] = (), parts: int = 5
) -> dict[str, Outcome]:
    """Train `parts` times and ask what was held out, with slips too, hidden topics, and `strangers`."""
    encoder, chance = load_encoder(), random.Random(7)
    texts, topics = np.array([text for text, _ in pairs]), np.array([topic for _, topic in pairs])
    asked: dict[str, list[Outcome]] = {}
    for held, hidden in splits(topics, parts, seed=1):
        ask = _trained(encoder, texts[~held], topics[~held])
        wide = topics[held]
        _add(asked, "as written", ask(texts[held]), wide)
        _add(asked, "with slips", ask([slip(text, chance) for text in texts[held]]), wide)
        if strangers:
            _add(asked, "strangers", ask(strangers), np.full(len(strangers), ""))
        hidden &= topics != OUT_OF_SCOPE
        _add(asked, "hidden topics", _trained(encoder, texts[~hidden], topics[~hidden])(texts[hidden]), None)
    return {name: _joined(outcomes) for name, outcomes in asked.items()}


def _trained(
    encoder: SentenceEncoder, texts: np.ndarray, topics: np.ndarray
) -> Callable[[Sequence[str]], tuple[np.ndarray, np.ndarray]]:
    """Train as Rasa would, and return a way to ask."""
    cleaned = [clean(text) for text in texts]
    speller = Speller.learn(cleaned, encoder.dictionary)
    mended = np.array([speller.mend(text) for text in cleaned])
    examples = Examples(mended, encoder.encode(mended), topics)
    model, confidence = TopicModel.fit(examples), Confidence.learn(examples)

    def ask(sentences: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        mended = [speller.mend(clean(sentence)) for sentence in sentences]
        judged = model.judge(mended, encoder.encode(mended))
        return model.topics[judged.winners], confidence.of(judged.evidence)

    return ask


def _add(
    asked: dict[str, list[Outcome]],
    name: str,
    answer: tuple[np.ndarray, np.ndarray],
    expected: np.ndarray | None,
) -> None:
    named, chances = answer
    expected = np.full(len(named), "") if expected is None else expected
    asked.setdefault(name, []).append(Outcome(named, chances, expected))


def _joined(outcomes: list[Outcome]) -> Outcome:
    fields = ("named", "chances", "expected")
    return Outcome(*(np.concatenate([getattr(o, field) for o in outcomes]) for field in fields))


def confusions(outcome: Outcome, most: int = 15) -> list[tuple[tuple[str, str], int]]:
    """Return which topics are taken for which, the most frequent first."""
    wrong = outcome.named != outcome.expected
    return Counter(zip(outcome.expected[wrong], outcome.named[wrong], strict=True)).most_common(most)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out-of-scope", type=Path, metavar="SENTENCES.txt", help="one sentence a line")
    asked = parser.parse_args()
    strangers = asked.out_of_scope.read_text().splitlines() if asked.out_of_scope else []
    outcomes = cross_validate(read_examples(asked.folders), strangers)
    write = sys.stdout.write
    write(f"{'right at threshold':16}" + "".join(f"{t:8.1f}" for t in THRESHOLDS) + "    best topic\n")
    for name, outcome in outcomes.items():
        shares = "".join(f"{outcome.right(t):8.1%}" for t in THRESHOLDS)
        write(f"{name:18}{shares}{outcome.best():14.1%}  ({len(outcome.named)})\n")
    for (expected, named), count in confusions(outcomes["as written"]):
        write(f"  {expected} taken for {named}: {count}\n")


if __name__ == "__main__":
    main()
