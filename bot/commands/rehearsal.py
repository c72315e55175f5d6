"""Scenes played against a copy of the product."""

import asyncio
import json
from pathlib import Path

import click

from bot.commands.shared import require_good_files, steps_on_stderr
from bot.settings import Settings


@click.command(short_help="Play scenes and see whether a person took over in time.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print totals, kinds and scenes as one JSON object.")
@click.option(
    "--at-least",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with exit code 1 if fewer were decided rightly.",
)
def rehearse(files: tuple[Path, ...], as_json: bool, at_least: float | None) -> None:
    """Play the scenes of each FILE, or yours in data/rehearsals/, against a copy of the product."""
    from bot.lessons import Lessons
    from bot.rehearsal import scene
    from bot.rehearsal.play import rehearse as played
    from bot.rehearsal.table import as_text

    settings = Settings.load()
    scenes = scene.read(files or scene.own(settings.files))
    require_good_files(settings)
    scene.require_known(scenes, Lessons.read(settings.files).intents)
    score = asyncio.run(played(scenes, settings, steps_on_stderr()))
    click.echo(json.dumps(score.as_dict(), ensure_ascii=False, indent=2) if as_json else as_text(score))
    if at_least is not None and not score.reaches(at_least):
        raise SystemExit(1)
