"""Train a model from an owner's files, in a process of its own: `python -m bot.nlu.train`.

As `rasa train --force` does, but nothing is read again to be validated: the owner's check has done that.
How far it got is said in JSON lines on standard output.
"""

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot import jsonl

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.training_data import TrainingData

PHASES = (
    "Reading your files",
    "Reading the examples",
    "Learning to tell questions apart",
    "Learning the dialogue",
)
# Rasa says which of its components it begins to train; the phase of each, by its place in PHASES.
BEGINS = {"SentenceFeaturizer": 1, "TopicClassifier": 2}
CACHE_MEGABYTES = "200"


def train(root: Path, data: Sequence[str], out: Path, *, cache: Path | None = None) -> None:
    """Train from `domain.yml`, `config.yml` and the folders `data` in `root`, and write the model to `out`.

    With a folder `cache`, what is the same as before is taken from there: after a changed answer, nothing of
    the understanding is learnt again. The model is the same either way.

    Raises:
        RuntimeError: Rasa found nothing to train.
        Exception: as Rasa raises.
    """
    if cache:
        # Read where Rasa is imported.
        os.environ.update(RASA_CACHE_DIRECTORY=str(cache), RASA_MAX_CACHE_SIZE=CACHE_MEGABYTES)
    _say(0, done=0)
    import rasa.model_training
    import structlog
    from rasa.shared.nlu.training_data.training_data import TrainingData

    TrainingData.fingerprint = _of_what_is_learnt(TrainingData.fingerprint)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with _told(logging.getLogger("rasa.engine.training.hooks")):
        trained = rasa.model_training.train(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(root / name) for name in data],
            output=str(out.parent),
            fixed_model_name=out.name.removesuffix(".tar.gz"),
            force_training=cache is None,
        )
    if trained.code or not trained.model:
        raise RuntimeError("There is nothing to train from.")


def _of_what_is_learnt(fingerprint: Callable[["TrainingData"], str]) -> Callable[["TrainingData"], str]:
    """Leave the answers out of what tells two sets of examples apart: nothing is learnt from their words.

    They travel with the examples for a component of Rasa's that this pipeline does not have.
    """

    def without_answers(data: "TrainingData") -> str:
        answers, data.responses = data.responses, {}
        try:
            return fingerprint(data)
        finally:
            data.responses = answers

    return without_answers


class _told(logging.Handler):
    """While inside, says which phase Rasa begins, each once. Their order is Rasa's."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(logging.INFO)
        self._logger, self._begun = logger, {0}

    def __enter__(self) -> None:
        self._logger.setLevel(logging.INFO)
        self._logger.addHandler(self)

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        component = record.getMessage().partition("'")[2].partition("'")[0]
        phase = BEGINS.get(component, len(PHASES) - 1)
        if record.msg.startswith("Starting") and phase not in self._begun:
            _say(phase, done=len(self._begun))
            self._begun.add(phase)


def _say(phase: int, *, done: int) -> None:
    sys.stdout.write(jsonl.line({"step": PHASES[phase], "done": done, "of": len(PHASES)}) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Train; on failure the last line of standard error says why, and the exit code is 1."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.train")
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("data", nargs="+")
    given = parser.parse_args()
    try:
        train(given.root, given.data, given.out, cache=given.cache)
    except Exception:
        traceback.print_exc()
        with suppress(OSError):
            given.out.unlink(missing_ok=True)  # half a model is none
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)  # at once: the libraries take a second to leave


if __name__ == "__main__":
    main()
