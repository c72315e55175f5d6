"""The assistant's process: `python -m bot.dialogue.brain [--gently]` and the arguments of `rasa run`."""

import importlib
import sys

from bot.dialogue.gently import asked_for, gently

# What `rasa run` imports, and what our models are made of; together some seconds.
HEAVY = (
    "rasa.__main__",
    "rasa.core.run",
    "rasa.core.agent",
    "rasa.engine.recipes.default_components",
    "bot.dialogue.channel",
    "bot.nlu.classifier",
    "bot.nlu.entities",
    "bot.nlu.featurizer",
)


def main() -> None:
    """Run Rasa until told to stop."""
    if asked_for():
        _prepare()
    from rasa.__main__ import main as rasa

    sys.argv = ["rasa", "run", *sys.argv[1:]]
    rasa()


def _prepare() -> None:
    """Do gently what takes long: the imports now, and the model when Rasa comes to it."""
    gently(lambda: [importlib.import_module(name) for name in HEAVY])
    from rasa.core.agent import Agent

    load = Agent.load_model
    Agent.load_model = lambda *given, **named: gently(lambda: load(*given, **named))


if __name__ == "__main__":
    main()
