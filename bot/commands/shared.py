"""What several commands do."""

from typing import TYPE_CHECKING

import click

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.supervisor.steps import Steps


def steps_on_stderr() -> "Steps":
    """Return steps that leave what a command prints to be piped."""
    from rich.console import Console

    from bot.supervisor.steps import Steps

    return Steps(Console(stderr=True, highlight=False))


def require_good_files(settings: Settings) -> None:
    """Print what is wrong in the owner's files; end the command if anything is."""
    from bot.check import check as problems_in

    problems = problems_in(settings.files, settings)
    for problem in problems:
        click.echo(f"  {click.style('✗', fg='red')} {problem}", err=True)
    if problems:
        raise click.ClickException(f"{len(problems)} to mend, then: ./kindhand check")
