"""The last step of the training: the head for signals anew, as logistic regressions.

Signals are rare, and the network's own head has hardly settled on them when the encoder has learned enough
of the rest; over what it hears, a regression for each signal finds the best line.
"""

from collections.abc import Sequence

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from scripts.mood.corpus import SIGNALS, Example
from scripts.mood.network import Batches, MoodNetwork

STRICTNESS = 0.1  # C of the regressions; 0.01 did worse on the dev messages


@torch.no_grad()
def features(network: MoodNetwork, batches: Batches, examples: Sequence[Example]) -> np.ndarray:
    """Return what the heads see of each example, a row each."""
    network.eval()
    found = np.zeros((len(examples), network.heads["signals"].in_features), np.float32)
    for places, inputs in batches.of(examples, 64):
        found[places] = torch.cat(network.pooled(**inputs), dim=1).numpy()
    return found


@torch.no_grad()
def refit(network: MoodNetwork, batches: Batches, examples: Sequence[Example]) -> None:
    """Replace the weights of the signals' head, in place."""
    seen, head = features(network, batches, examples), network.heads["signals"]
    for row, signal in enumerate(SIGNALS):
        told = [signal in (example.signals or ()) for example in examples]
        fitted = LogisticRegression(C=STRICTNESS, max_iter=1000).fit(seen, told)
        head.weight[row] = torch.tensor(fitted.coef_[0], dtype=head.weight.dtype)
        head.bias[row] = float(fitted.intercept_[0])
