"""What customers asked and the assistant did not know."""

import json
from pathlib import Path

import click

from bot.settings import Settings


@click.command(short_help="What customers asked and the assistant did not know.")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="How far back.")
@click.option("--json", "as_json", is_flag=True, help="Print the groups as JSON.")
@click.option(
    "--csv", "file", type=click.Path(path_type=Path), help="Write all messages into a new file instead."
)
def unanswered(days: int, as_json: bool, file: Path | None) -> None:
    """Show what was not surely understood, in groups of one meaning, the largest first."""
    from datetime import timedelta

    from bot.handoff.model import utc_now
    from bot.nlu.encoder import load_encoder
    from bot.storage.engine import Database
    from bot.studio.asked import table
    from bot.studio.asked.lookback import Lookback
    from bot.studio.asked.meaning import Vectors
    from bot.studio.files.workspace import Workspace
    from bot.studio.questions.questions import Questions

    settings = Settings.load()
    database = Database(settings.database_url)
    database.migrate()
    questions = Questions(Workspace(settings.files, settings.var / "studio"))
    lookback = Lookback(database, questions, Vectors(lambda texts: load_encoder().encode(texts)))
    found = lookback.look(utc_now() - timedelta(days=days))
    groups = lookback.groups(found)
    database.close()
    if file is not None:
        count = table.write(file, groups)
        click.echo(f"  {file}: {_many(count, 'message')} in {_many(len(groups), 'group')}")
    elif as_json:
        told = {"days": days, "asked": found.asked, "groups": [group.as_dict() for group in groups]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        click.echo(table.as_table(groups, found.asked, days))


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
