"""Make the artefact that ships: one ONNX file with int8 weights, thresholds and checksums.

python -m scripts.mood.export [--name support]
"""
# ruff: noqa: T201 - a command that reports to its user

import argparse
import hashlib
import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from bot import onnx_model
from bot.empathy.mood_model import CARD, FOLDER, MoodModel
from bot.empathy.mood_model import Card as ModelCard
from bot.empathy.reading import EMOTIONS
from scripts.make_encoder import published
from scripts.mood import corpus, scores
from scripts.mood.corpus import SIGNALS, Example
from scripts.mood.network import SIZES, MoodNetwork
from scripts.mood.train import BUILD

# From which chance on a signal counts. Chosen on scenes, where calling a person in vain and calling one too
# late both have a price, and not on single messages.
THRESHOLDS = {
    "explicit_request": 0.7,
    "bot_refusal": 0.55,
    "declines_person": 0.5,
    "unresolved": 0.35,
    "told_before": 0.28,
    "trouble": 0.4,
    "churn_threat": 0.6,
    "public_review_threat": 0.4,
    "legal_threat": 0.45,
    "deadline": 0.5,
    "high_value": 0.4,
    "payment_dispute": 0.7,
    "privacy_or_security": 0.5,
    "grief": 0.42,
    "illness": 0.7,
    "disability": 0.5,
    "hardship": 0.5,
    "safety": 0.85,
    "abuse": 0.6,
    "sarcasm": 0.5,
    "gratitude": 0.4,
    "resolved": 0.3,
    "joking": 0.45,
}


class Exported(torch.nn.Module):
    """The network with its answers in a fixed order, as ONNX wants them."""

    def __init__(self, network: MoodNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        answers = self.network(ids, mask, segments)
        return tuple(answers[name] for name in SIZES)


def export(network: MoodNetwork, target: Path) -> None:
    """Write the float32 graph, then its weights and matrix products as int8."""
    ids = torch.tensor([[101, 7592, 102, 2088, 102], [101, 7592, 2088, 102, 0]])
    segments = torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 0, 0]])
    axes = {0: "batch", 1: "length"}
    with tempfile.TemporaryDirectory() as scratch:
        exact, ready = Path(scratch, "float32.onnx"), Path(scratch, "ready.onnx")
        torch.onnx.export(
            Exported(network).eval(),
            (ids, (ids != 0).long(), segments),
            str(exact),
            input_names=["ids", "mask", "segments"],
            output_names=list(SIZES),
            dynamic_axes={
                **dict.fromkeys(("ids", "mask", "segments"), axes),
                **{n: {0: "batch"} for n in SIZES},
            },
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(exact), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(target), per_channel=True, weight_type=QuantType.QInt8)
    onnx.checker.check_model(str(target))


def temperature(logits: np.ndarray, truth: np.ndarray) -> float:
    """Return by what to divide the logits so that shares are as often right as they say (Guo et al. 2017)."""

    def loss(by: float) -> float:
        shares = scores.softmax(logits / by)
        return float(-np.log(shares[np.arange(len(truth)), truth] + 1e-9).mean())

    return float(min(np.arange(0.5, 3.01, 0.05), key=loss))


def main() -> None:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--name", default="support", help="of the network in build/")
    parser.add_argument("--version", default="mood-2", help="the name that the product shows")
    parser.add_argument("--target", type=Path, default=FOLDER)
    asked = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)
    warnings.filterwarnings("ignore")
    network = MoodNetwork.pretrained(published())
    network.load_state_dict(torch.load(BUILD / f"{asked.name}.pt"))
    asked.target.mkdir(parents=True, exist_ok=True)
    export(network, asked.target / onnx_model.GRAPH)
    shutil.copyfile(published() / "tokenizer.json", asked.target / onnx_model.TOKENIZER)
    tune(asked.target, asked.version, corpus.messages("dev"))
    names = (onnx_model.GRAPH, onnx_model.TOKENIZER, CARD)
    sums = [f"{hashlib.sha256((asked.target / n).read_bytes()).hexdigest()}  {n}\n" for n in names]
    (asked.target / onnx_model.SUMS).write_text("".join(sums))
    print("".join(sums), end="")
    print(f"{(asked.target / onnx_model.GRAPH).stat().st_size / 1e6:.1f} MB")


def tune(folder: Path, name: str, dev: Sequence[Example]) -> None:
    """Choose the temperature on the dev messages, with the very graph that ships, and write the card."""
    signals = {signal: THRESHOLDS[signal] for signal in SIGNALS}
    session, tokenizer = onnx_model.opened(
        (folder / onnx_model.GRAPH).read_bytes(), (folder / onnx_model.TOKENIZER).read_bytes()
    )
    model = MoodModel(session, tokenizer, ModelCard(name, 1.0, signals))
    hearings = [model.hear(e.text, e.context) for e in dev]
    logits = np.log(np.array([[h.emotions[n] for n in EMOTIONS] for h in hearings]) + 1e-6)
    truth = np.array([EMOTIONS.index(max(e.emotion, key=e.emotion.__getitem__)) for e in dev])
    row = {"name": name, "temperature": round(temperature(logits, truth), 2), "thresholds": signals}
    (folder / CARD).write_text(json.dumps(row, indent=1) + "\n")


if __name__ == "__main__":
    main()
