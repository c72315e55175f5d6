"""The trained assistant: train it, ask what it understands."""

from typing import TextIO

import click

from bot.commands.shared import require_good_files, steps_on_stderr
from bot.settings import Settings


@click.command(short_help="Train the assistant if the data changed.")
@click.option("--force", is_flag=True, help="Train even if there is a model for the present data.")
def train(force: bool) -> None:
    """Train the assistant on the present data, if it is not trained on it yet."""
    from bot.supervisor import training
    from bot.supervisor.steps import Steps

    settings = Settings.load()
    require_good_files(settings)
    if training.is_trained(settings) and not force:
        click.echo(f"Already trained on the present data: {training.model_path(settings).name}")
        return
    with Steps().step("Training the assistant", "The assistant is trained"):
        path = training.train(settings, settings.var / "log" / "training.log", force=force)
    click.echo(f"{path.name}. Next: ./kindhand up")


@click.command(short_help="Tell the intents of messages in a file.")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
def understand(file: TextIO) -> None:
    """Read {"id","text"} lines from FILE (or - ) and print {"id","intent","confidence"} lines."""
    from bot import jsonl
    from bot.nlu.understand import understand as understood
    from bot.supervisor.up import prepare

    for answer in understood(file, prepare(Settings.load(), steps_on_stderr()), source=file.name):
        click.echo(jsonl.line(answer))
