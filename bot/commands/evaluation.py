"""Figures: the product under load, understanding and mood on messages that were not trained on."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from bot.commands.shared import steps_on_stderr
from bot.settings import Settings


@click.command(short_help="Tell the feelings in messages of a file.")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
def sense(file: TextIO) -> None:
    """Read {"id","text","context"?} lines from FILE (or - ) and print how each message feels, and why."""
    from bot import jsonl
    from bot.empathy.detector import build_detector
    from bot.empathy.sense import sense as sensed

    for answer in sensed(file, build_detector, source=file.name):
        click.echo(jsonl.line(answer))


@click.command(short_help="Measure the product beside plain Rasa.")
@click.option("--quick", is_flag=True, help="Fewer rounds; for trying the command itself.")
@click.option(
    "--only", type=click.Choice(["product", "studio", "widget"]), help="Only one of the three parts."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def bench(quick: bool, only: str | None, as_json: bool) -> None:
    """Measure the running product beside plain Rasa with the same model, what an owner waits for, and the
    widget on a slow phone."""
    from bot.bench import run, studio, widget
    from bot.bench.table import as_table

    steps, figures = steps_on_stderr(), []
    if only in (None, "product"):
        figures += asyncio.run(run.measure(steps, quick=quick))
    if only in (None, "studio"):
        figures += asyncio.run(studio.measure(steps, quick=quick))
    if only in (None, "widget"):
        figures += widget.measure(steps, quick=quick)
    click.echo(
        json.dumps([figure.as_dict() for figure in figures], indent=2) if as_json else as_table(figures)
    )


@click.group(short_help="Measure understanding, or mood, on unseen messages.", invoke_without_command=True)
@click.pass_context
def evaluate(context: click.Context) -> None:
    """Measure the assistant on messages that it was not trained on: understanding, if you name nothing."""
    if context.invoked_subcommand is None:
        context.invoke(understanding)


@evaluate.command(short_help="How well messages are understood.")
def understanding() -> None:
    """Measure how well messages are understood that the assistant was not trained on."""
    from bot.bench import unseen
    from bot.empathy.cues import explicit_request
    from bot.nlu.understand import Parser
    from bot.supervisor.up import prepare

    parser = Parser(prepare(Settings.load(), steps_on_stderr()))

    def understand(texts: Sequence[str]) -> list[str]:
        return [intent for intent, _ in parser.parse(texts)]

    shares = unseen.understanding(unseen.rows(unseen.MESSAGES), understand)
    shares |= unseen.requests(
        unseen.rows(unseen.REQUESTS), understand, lambda text: bool(explicit_request(text))
    )
    for what, share in shares.items():
        click.echo(f"  {what:<36}{share:>7.1%}")


@evaluate.command(short_help="How well feelings are heard, and how fairly.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as one JSON object.")
def mood(files: tuple[Path, ...], as_json: bool) -> None:
    """Measure how feelings are heard, and how fairly, beside a plain word list.

    Each FILE holds labelled lines: {"text","emotion"} and, if known, context, intensity, target and hard.
    Without one, the messages that were kept aside for testing are read.
    """
    from bot.bench import comparison, labelled

    messages = labelled.read(*files)
    columns = comparison.columns(messages, steps_on_stderr())
    if as_json:
        click.echo(json.dumps(comparison.as_dict(columns, messages), ensure_ascii=False, indent=2))
    else:
        click.echo(comparison.as_table(columns))
