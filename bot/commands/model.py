"""The trained assistant: train it, ask what it understands."""

import json
from typing import TextIO

import click

from bot.commands.shared import require_good_files, steps_on_stderr
from bot.settings import Settings


@click.command(short_help="Train the assistant if the data changed.")
@click.option("--force", is_flag=True, help="Train even if there is a model for the present data.")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
def train(force: bool, as_json: bool) -> None:
    """Train the assistant on your files as they are, if it is not trained on them yet.

    What customers get stays as it is; ./kindhand publish trains by itself.
    """
    from bot.supervisor import training

    settings = Settings.load()
    require_good_files(settings)
    known = training.is_trained(settings) and not force
    if known:
        path = training.verified(training.model_path(settings))
    else:
        with steps_on_stderr().step("Training the assistant", "The assistant is trained"):
            path = training.train(settings, settings.var / "log" / "training.log", force=force)
    if as_json:
        click.echo(json.dumps({"model": str(path), "trained": not known}))
    elif known:
        click.echo(f"Already trained on the present data: {path.name}")
    else:
        click.echo(f"{path.name}. Next: ./kindhand publish")


@click.command(short_help="Tell the intents of messages in a file.")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
def understand(file: TextIO) -> None:
    """Read {"id","text"} lines from FILE (or - ) and print {"id","intent","confidence"} lines."""
    from bot import jsonl
    from bot.nlu.understand import understand as understood
    from bot.supervisor.up import prepare

    for answer in understood(file, prepare(Settings.load(), steps_on_stderr()), source=file.name):
        click.echo(jsonl.line(answer))
