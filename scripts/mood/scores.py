"""How well a network does while it is trained; the figures of the shipped model come from `evaluate mood`."""

from collections.abc import Sequence

import numpy as np
import torch
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from bot.empathy.reading import EMOTIONS
from scripts.mood.corpus import INTENSITIES, SIGNALS, Example
from scripts.mood.network import SIZES, Batches, MoodNetwork

UPSET = [EMOTIONS.index(name) for name in ("frustrated", "angry")]


@torch.no_grad()
def answers(network: MoodNetwork, batches: Batches, examples: Sequence[Example]) -> dict[str, np.ndarray]:
    """Return each head's raw answers, a row for each example."""
    network.eval()
    found = {name: np.zeros((len(examples), size), np.float32) for name, size in SIZES.items()}
    for places, inputs in batches.of(examples, 64):
        for name, rows in network(**inputs).items():
            found[name][places] = rows.numpy()
    return found


def softmax(rows: np.ndarray) -> np.ndarray:
    raised = np.exp(rows - rows.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def sigmoid(rows: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-rows))


def distress(found: dict[str, np.ndarray]) -> np.ndarray:
    return sigmoid(found["intensity"]).mean(1)


def macro_f1(network: MoodNetwork, batches: Batches, examples: Sequence[Example]) -> float:
    found = answers(network, batches, examples)["emotion"].argmax(1)
    truth = [EMOTIONS.index(max(e.emotion, key=e.emotion.__getitem__)) for e in examples]
    return float(f1_score(truth, found, average="macro"))


def summary(found: dict[str, np.ndarray], examples: Sequence[Example]) -> dict[str, float]:
    """Return the figures by which ways of training are compared."""
    truth = np.array([EMOTIONS.index(max(e.emotion, key=e.emotion.__getitem__)) for e in examples])
    upset = np.isin(truth, UPSET)
    share = softmax(found["emotion"])
    worry = np.array([e.intensity or 0 for e in examples])
    told = np.array([[name in (e.signals or ()) for name in SIGNALS] for e in examples])
    marked = sigmoid(found["signals"])
    common = told.sum(0) >= 5
    return {
        "upset AUROC": float(roc_auc_score(upset, share[:, UPSET].sum(1))),
        "upset AP": float(average_precision_score(upset, share[:, UPSET].sum(1))),
        "distress AUROC": float(roc_auc_score(worry >= 2, distress(found))),
        "distress error": float(np.abs(distress(found) - worry / INTENSITIES).mean()),
        "emotion F1": float(f1_score(truth, share.argmax(1), average="macro")),
        "emotion right": float((truth == share.argmax(1)).mean()),
        "signals AP": float(average_precision_score(told[:, common], marked[:, common], average="macro")),
        "signals F1": float(
            f1_score(told[:, common], marked[:, common] > 0.5, average="macro", zero_division=0)
        ),
    }
