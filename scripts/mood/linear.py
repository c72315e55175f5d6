"""Tried beside the network's own heads: a linear head over the vectors of both encoders.

    python -m scripts.mood.linear [--name support]

Prints dev figures of a logistic regression for the emotion over the published encoder's vectors, over the
tuned one's, and over both.
"""
# ruff: noqa: T201 - a command that reports to its user

import argparse
from collections.abc import Sequence

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from bot.empathy.reading import EMOTIONS
from scripts.make_encoder import published
from scripts.mood import corpus
from scripts.mood.corpus import Example
from scripts.mood.network import Batches, MoodNetwork
from scripts.mood.scores import UPSET
from scripts.mood.train import BUILD


@torch.no_grad()
def vectors(network: MoodNetwork, batches: Batches, examples: Sequence[Example]) -> np.ndarray:
    """Return the averaged states of each example's own tokens, of length 1."""
    network.eval()
    found = np.zeros((len(examples), network.encoder.config.hidden_size), np.float32)
    for places, inputs in batches.of(examples, 64):
        found[places] = network.pooled(**inputs)[0].numpy()
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--name", default="support", help="of the network in build/")
    asked = parser.parse_args()
    batches = Batches(published() / "tokenizer.json")
    plain, tuned = MoodNetwork.pretrained(published()), MoodNetwork.pretrained(published())
    tuned.load_state_dict(torch.load(BUILD / f"{asked.name}.pt"))
    splits = {name: corpus.messages(name) for name in ("train", "dev")}
    truth = {
        n: [EMOTIONS.index(max(e.emotion, key=e.emotion.__getitem__)) for e in s] for n, s in splits.items()
    }
    rows = {
        "published": {n: vectors(plain, batches, s) for n, s in splits.items()},
        "tuned": {n: vectors(tuned, batches, s) for n, s in splits.items()},
    }
    rows["both"] = {n: np.hstack([rows["published"][n], rows["tuned"][n]]) for n in splits}
    upset = np.isin(truth["dev"], UPSET)
    for name, found in rows.items():
        head = LogisticRegression(C=10, max_iter=2000, class_weight="balanced")
        shares = head.fit(found["train"], truth["train"]).predict_proba(found["dev"])
        auroc = roc_auc_score(upset, shares[:, UPSET].sum(1))
        f1 = f1_score(truth["dev"], shares.argmax(1), average="macro")
        print(f"{name:10} upset AUROC {auroc:.3f}  emotion F1 {f1:.3f}")


if __name__ == "__main__":
    main()
