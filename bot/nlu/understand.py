"""Many sentences at once through the trained model's understanding, without its dialogue."""

import os
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import jsonl
from bot.errors import ModelError

if TYPE_CHECKING:
    from rasa.engine.runner.interface import GraphRunner

BATCH = 64


def understand(lines: Iterable[str], model: Path, *, source: str = "input") -> Iterator[dict[str, Any]]:
    """Yield `{"id", "intent", "confidence"}` for every `{"id", "text"}` line; empty lines are skipped.

    Raises:
        OwnerFileError: a line cannot be read; names its number in `source`.
        ModelError: the model cannot be used.
    """
    questions = jsonl.questions(lines, source)
    first = next(questions, None)  # a wrong first line is told before the model takes its seconds
    if first is None:
        return
    parser = Parser(model)
    batch = [first, *islice(questions, BATCH - 1)]
    while batch:
        answers = parser.parse([question["text"] for question in batch])
        for question, (intent, confidence) in zip(batch, answers, strict=True):
            yield {"id": question["id"], "intent": intent, "confidence": round(confidence, 4)}
        batch = list(islice(questions, BATCH))


class Parser:
    """The understanding part of a trained Rasa model. A leading slash is plain text to it."""

    def __init__(self, model: Path) -> None:
        self._target, self._runner = _load(model)

    def parse(self, texts: list[str]) -> list[tuple[str, float]]:
        """Return the intent and its confidence for each text."""
        from rasa.core.channels.channel import UserMessage
        from rasa.engine.constants import PLACEHOLDER_MESSAGE

        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text) for text in texts]}
        messages = self._runner.run(inputs=inputs, targets=[self._target])[self._target]
        intents = [message.get("intent") for message in messages]
        return [(intent["name"], intent["confidence"]) for intent in intents]


def _load(model: Path) -> tuple[str, "GraphRunner"]:
    """Build the part of the model that understands, without the noise of the libraries below Rasa."""
    if not model.is_file():
        raise ModelError(f"There is no trained model at {model}. ./kindhand train makes one.")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as scratch:
        warnings.simplefilter("ignore")
        try:
            return _unpack(model, Path(scratch))
        except ModelError:
            raise
        except Exception as problem:  # Rasa, tar and zip each have their own
            raise ModelError(f"The model {model} cannot be used: {problem}") from problem


def _unpack(model: Path, scratch: Path) -> tuple[str, "GraphRunner"]:
    """Build only what leads from a message to its intent.

    Rasa's own last step, which takes `/intent` for a command, is left out.
    """
    import rasa.core.channels.channel  # noqa: F401 - needed later, and noisy
    from rasa.engine.graph import ExecutionContext
    from rasa.engine.runner.dask import DaskGraphRunner
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    storage, metadata = LocalModelStorage.from_model_archive(scratch, model)
    target = metadata.predict_schema.nodes[metadata.nlu_target].needs["messages"]
    schema = metadata.predict_schema.minimal_graph_schema([target])
    context = ExecutionContext(graph_schema=schema, model_id=metadata.model_id)
    return target, DaskGraphRunner.create(schema, storage, context)
