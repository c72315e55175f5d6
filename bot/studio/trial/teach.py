"""A job, `python -m bot.studio.trial.teach FOLDER`: train a model of the files there, and say how far."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.studio import progress
from bot.supervisor import training


def teach(files: Path) -> dict[str, Any]:
    """Train, unless there is a model of these files already; return where it lies.

    Raises:
        StartError: the files could not be trained from.
    """
    settings = replace(Settings.load(), live=str(files))

    def told(step: Any) -> None:
        progress.step(step["step"], done=step["done"], of=step["of"])

    log = settings.var / "log" / "training-draft.log"
    return {"model": str(training.train(settings, log, told=told).resolve())}


if __name__ == "__main__":
    progress.main(lambda: teach(Path(sys.argv[1])))
