"""The owner's files: what is wrong in them."""

import click

from bot.commands.shared import require_good_files
from bot.settings import Settings


@click.command(short_help="Name what is wrong in the owner's files.")
def check() -> None:
    """Read all owner's files and name what is wrong: file, line and mend."""
    require_good_files(Settings.load())
    click.echo("All files are in order. Next: ./kindhand up")
