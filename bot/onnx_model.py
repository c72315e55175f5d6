"""A shipped model: its ONNX graph and tokenizer from one folder, verified before they are used."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer

from bot.errors import ModelError

SUMS = "SHA256SUMS"
GRAPH, TOKENIZER = "model.onnx", "tokenizer.json"


def load(folder: Path, *, threads: int = 1) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
    """Return the graph, ready to run, and the tokenizer, without truncation or padding.

    Raises:
        ModelError: a file is missing or is not the one that was shipped.
    """
    files = verified(folder, (GRAPH, TOKENIZER))
    try:
        return opened(files[GRAPH], files[TOKENIZER], threads=threads)
    except Exception as problem:  # both libraries raise bare exceptions of their own
        raise ModelError(f"The model in {folder} cannot be used: {problem}") from problem


def opened(
    graph: bytes, tokens: bytes, *, threads: int = 1
) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
    """Return the graph and the tokenizer from what their files hold."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = threads
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_buffer(tokens)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return session, tokenizer


def checksum(folder: Path) -> str:
    """Return a digest that changes with any file of the model."""
    return hashlib.sha256(_read(folder / SUMS)).hexdigest()


def verified(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the contents of these files of the folder.

    Raises:
        ModelError: one is missing or does not fit the folder's SHA256SUMS.
    """
    files = {}
    sums = _read(folder / SUMS).decode(errors="replace")
    for name in names:
        files[name] = _read(folder / name)
        if f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" not in sums:
            raise ModelError(f"{folder / name} does not fit {SUMS}. Restore both from the repository.")
    return files


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise ModelError(f"{path} cannot be read. Restore it from the repository.") from problem
