"""Learning from teachers: the mean answer of several networks stands beside each label."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from scripts.mood.corpus import Example
from scripts.mood.network import SIZES, Batches, MoodNetwork
from scripts.mood.scores import answers, sigmoid, softmax


def taught(
    examples: Sequence[Example], teachers: Sequence[Path], network: MoodNetwork, batches: Batches
) -> list[Example]:
    """Return the examples with the teachers' mean answer; `network` lends its shape and keeps its weights."""
    kept = {name: weights.clone() for name, weights in network.state_dict().items()}
    said = []
    for teacher in teachers:
        network.load_state_dict(torch.load(teacher))
        found = answers(network, batches, examples)
        said.append({n: softmax(r) if n in ("emotion", "target") else sigmoid(r) for n, r in found.items()})
    network.load_state_dict(kept)
    mean = {name: np.mean([one[name] for one in said], axis=0) for name in SIZES}
    return [replace(e, taught={n: mean[n][i].tolist() for n in SIZES}) for i, e in enumerate(examples)]
