"""`./kindhand`: its commands in the order in which people need them, and how it ends."""

import logging
import os
import sys

import click

from bot.commands import (
    asked,
    evaluation,
    faq,
    files,
    model,
    people,
    pictures,
    product,
    reach,
    records,
    rehearsal,
    survey,
    versions,
)
from bot.errors import KindhandError
from bot.settings import described

COMMANDS: tuple[click.Command, ...] = (
    product.up,
    product.test,
    files.check,
    files.diff,
    versions.publish,
    versions.rollback,
    versions.versions,
    faq.import_faq,
    model.train,
    people.agent,
    records.crm,
    reach.reach,
    survey.survey,
    asked.unanswered,
    product.doctor,
    model.understand,
    evaluation.sense,
    evaluation.bench,
    evaluation.evaluate,
    rehearsal.rehearse,
    pictures.screenshots,
    product.rasa,
)


def _settings_help() -> str:
    lines = [
        f"  {key:<28} {help}" + (f" [{default}]" if default else "") for key, default, help in described()
    ]
    return "\b\nSettings (environment or .env):\n" + "\n".join(lines)


class Commands(click.Group):
    """Lists the commands in the order in which people need them, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=Commands,
    epilog=_settings_help(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
def kindhand() -> None:
    """Kindhand: a support assistant that notices how customers feel and brings in a person in time.

    \b
    Start here:   ./kindhand up      runs everything with a demo shop and prints where to click
    Then:         edit data/faq/*.yml, ./kindhand check, ./kindhand publish
    """


for command in COMMANDS:
    kindhand.add_command(command)


def main() -> None:
    """Run a command; our own errors become one sentence and exit code 2."""
    from bot.supervisor.services import QUIET

    os.environ.update({key: value for key, value in QUIET.items() if key not in os.environ})
    # The libraries under Rasa warn about each other, whatever the filters say; owners cannot mend that.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        kindhand(prog_name="./kindhand")
    except KindhandError as error:
        click.echo(f"  {click.style('✗', fg='red')} {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
