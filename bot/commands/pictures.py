"""The pictures of the README."""

from pathlib import Path

import click

from bot.commands.shared import steps_on_stderr
from bot.settings import ROOT


@click.command(short_help="Take the pictures of the README.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=ROOT / "docs" / "pictures")
def screenshots(folder: Path) -> None:
    """Take the pictures of the README from a demo run in headless Chromium."""
    from bot.demo.screenshots import take

    for path in take(folder, steps_on_stderr()):
        click.echo(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
