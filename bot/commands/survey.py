"""What customers said afterwards."""

import json
from pathlib import Path

import click

from bot.settings import Settings


@click.command(short_help="What customers said afterwards.")
@click.option("--days", type=click.IntRange(1, 3660), default=90, show_default=True, help="How far back.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--csv", "file", type=click.Path(path_type=Path), help="Write all answers into a new file instead."
)
def survey(days: int, as_json: bool, file: Path | None) -> None:
    """Sum up what customers answered after their chats, or write all answers into a file."""
    from datetime import timedelta

    from bot.handoff.model import utc_now
    from bot.storage import surveys
    from bot.storage.engine import Database
    from bot.survey import csv_file
    from bot.survey.figures import sections
    from bot.survey.table import as_table

    database = Database(Settings.load().database_url)
    database.migrate()
    with database.read() as connection:
        found = surveys.since(connection, utc_now() - timedelta(days=days))
    database.close()
    if file is not None:
        count = csv_file.write(file, found)
        click.echo(f"  {file}: {count} survey{'s' if count != 1 else ''} of the last {days} days")
    elif as_json:
        click.echo(json.dumps({one.title or "all": one.as_dict() for one in sections(found)}, indent=2))
    else:
        click.echo(as_table(sections(found), f"the last {days} days"))
