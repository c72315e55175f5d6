"""The product as a whole: run it, test it, look at it."""

import asyncio
import os
import subprocess
import sys

import click

from bot.settings import ROOT, Settings


@click.command(short_help="Run everything and print where to click.")
def up() -> None:
    """Run the product: train if the data changed, start everything, print where to click."""
    from bot.supervisor.steps import Steps
    from bot.supervisor.up import run

    asyncio.run(run(Settings.load(), Steps()))


@click.command(short_help="Run the tests.", context_settings={"ignore_unknown_options": True})
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(pytest_arguments: tuple[str, ...]) -> None:
    """Run the everyday tests, with --all the slow ones too; what follows is passed on to pytest."""
    from bot.supervisor.services import QUIET

    sys.exit(
        subprocess.call(
            [sys.executable, "-m", "pytest", *pytest_arguments], cwd=ROOT, env={**os.environ, **QUIET}
        )
    )


@click.command(short_help="Look at this installation.")
def doctor() -> None:
    """Look at this installation: versions, models, databases, ports, secrets."""
    from bot.supervisor.doctor import examine

    findings = examine(Settings.load())
    for finding in findings:
        mark = click.style("✓", fg="green") if finding.well else click.style("✗", fg="red")
        click.echo(
            f"  {mark} {finding.what}: {finding.state}" + (f". {finding.mend}" if not finding.well else "")
        )
    if not all(finding.well for finding in findings):
        raise SystemExit(1)


@click.command(
    short_help="Run Rasa's own commands with our settings.",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def rasa(arguments: tuple[str, ...]) -> None:
    """Run Rasa's own commands with our settings, such as: ./kindhand rasa data validate"""
    from bot.supervisor.services import child_environment

    environment = child_environment(Settings.load())
    sys.exit(subprocess.call([sys.executable, "-m", "rasa", *arguments], cwd=ROOT, env=environment))
