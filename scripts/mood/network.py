"""The network: a small BERT encoder with one linear head for each question about a message."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel

from bot.empathy.encoding import encode
from bot.empathy.reading import EMOTIONS, TARGETS
from scripts.mood.corpus import INTENSITIES, SIGNALS, Example

SIZES = {"emotion": len(EMOTIONS), "intensity": INTENSITIES, "target": len(TARGETS), "signals": len(SIGNALS)}
WEIGHTS = {"emotion": 1.0, "intensity": 1.0, "target": 0.4, "signals": 8.0}
RARE = 3.0  # a signal is seldom there: where it is, it counts this much more


class MoodNetwork(nn.Module):
    """Encoder states, averaged over the message's own tokens and at [CLS], into the heads."""

    def __init__(self, encoder: nn.Module, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({name: nn.Linear(2 * size, n) for name, n in SIZES.items()})

    @classmethod
    def pretrained(cls, folder: Path) -> "MoodNetwork":
        return cls(AutoModel.from_pretrained(folder, attn_implementation="eager"))

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor) -> dict[str, Tensor]:
        """Return the raw answer of each head; ids, mask and segments are (batch, tokens)."""
        features = self.dropout(torch.cat(self.pooled(ids, mask, segments), dim=1))
        return {name: head(features) for name, head in self.heads.items()}

    def pooled(self, ids: Tensor, mask: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """Return the states averaged over the message's own tokens, and the one at [CLS]."""
        kept = mask.to(torch.float32)
        # A ready additive mask: the exporter cannot trace the library's own way of building one.
        hidden = (1.0 - kept[:, None, None, :]) * -10000.0
        states = self.encoder(input_ids=ids, attention_mask=hidden, token_type_ids=segments).last_hidden_state
        own = (kept * (1 - segments)).unsqueeze(-1)
        return (states * own).sum(1) / own.sum(1), states[:, 0]


class Batches:
    """Tokens of examples, in batches of like length."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def of(
        self, examples: Sequence[Example], size: int, shuffle: torch.Generator | None = None
    ) -> Iterator[tuple[list[int], dict[str, Tensor]]]:
        """Yield the places of the examples in each batch, and the network's inputs."""
        tokens = [encode(self._tokenizer, e.text, e.context) for e in examples]
        order = list(range(len(examples)))
        if shuffle is not None:  # like lengths together, but not always the same neighbours
            noise = torch.rand(len(order), generator=shuffle).tolist()
            order.sort(key=lambda i: len(tokens[i][0]) * (0.8 + 0.4 * noise[i]))
        else:
            order.sort(key=lambda i: len(tokens[i][0]))
        groups = [order[i : i + size] for i in range(0, len(order), size)]
        if shuffle is not None:
            groups = [groups[i] for i in torch.randperm(len(groups), generator=shuffle).tolist()]
        for group in groups:
            yield group, _padded([tokens[i] for i in group])

    def inputs(self, examples: Sequence[Example]) -> dict[str, Tensor]:
        """Return the network's inputs for these examples, in their order."""
        return _padded([encode(self._tokenizer, e.text, e.context) for e in examples])


def _padded(tokens: Sequence[tuple[list[int], list[int]]]) -> dict[str, Tensor]:
    longest = max(len(ids) for ids, _ in tokens)
    ids, mask, segments = (torch.zeros(len(tokens), longest, dtype=torch.long) for _ in range(3))
    for row, (found, parts) in enumerate(tokens):
        ids[row, : len(found)] = torch.tensor(found)
        segments[row, : len(found)] = torch.tensor(parts)
        mask[row, : len(found)] = 1
    return {"ids": ids, "mask": mask, "segments": segments}


def labels(examples: Sequence[Example], trust: float = 0.5) -> dict[str, tuple[Tensor, Tensor]]:
    """Return each head's wanted answers and which examples tell it: ((batch, size), (batch,)).

    `trust`: how much a teacher's answer counts beside the label; without a label it is all that counts.
    """
    rows = {name: [_wanted(example, name, trust) for example in examples] for name in SIZES}
    return {
        name: (
            torch.tensor([row or [0.0] * SIZES[name] for row in found]),
            torch.tensor([float(row is not None) for row in found]),
        )
        for name, found in rows.items()
    }


def _wanted(example: Example, head: str, trust: float) -> list[float] | None:
    told = _told(example, head)
    taught = example.taught and list(example.taught[head])
    if told and taught:
        return [(1 - trust) * a + trust * b for a, b in zip(told, taught, strict=True)]
    return told or taught or None


def _told(example: Example, head: str) -> list[float] | None:
    if head == "emotion" and example.emotion:
        return [example.emotion.get(name, 0.0) for name in EMOTIONS]
    if head == "intensity" and example.intensity is not None:
        return [float(example.intensity > step) for step in range(INTENSITIES)]
    if head == "target" and example.target is not None:
        return [float(example.target == name) for name in TARGETS]
    if head == "signals" and example.signals is not None:
        return [float(name in example.signals) for name in SIGNALS]
    return None


def loss(
    answers: dict[str, Tensor], wanted: dict[str, tuple[Tensor, Tensor]], balance: Tensor, smooth: float
) -> Tensor:
    """Return the weighted sum of the heads' losses; `balance` weighs the emotions."""
    total = torch.zeros(())
    for name, weight in WEIGHTS.items():
        truth, known = wanted[name]
        if not known.any():
            continue
        if name in ("emotion", "target"):
            soft = truth * (1 - smooth) + smooth / truth.shape[1]
            if name == "emotion":
                soft = soft * balance
            each = -(soft * F.log_softmax(answers[name], dim=1)).sum(1)
        else:
            each = F.binary_cross_entropy_with_logits(answers[name], truth, reduction="none")
            each = (each * (1 + (RARE - 1) * truth) if name == "signals" else each).mean(1)
        total = total + weight * (each * known).sum() / known.sum()
    return total


def unlikeness(mine: dict[str, Tensor], others: dict[str, Tensor]) -> Tensor:
    """Return how differently two readings of the same messages feel: distress, and shares of the emotions."""
    worry = [torch.sigmoid(a["intensity"].float()) for a in (mine, others)]
    felt = [torch.softmax(a["emotion"].float(), dim=1) for a in (mine, others)]
    return sum(((a - b) ** 2).sum(1).mean() for a, b in (worry, felt))
