"""Customer records in and out of CSV files."""

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.crm.sql import SqlCrm


@click.group(short_help="Take customer records in from CSV files, or write them out.")
def crm() -> None:
    """Take customer records in from CSV files, or write them out. docs/crm.md describes the columns."""


@crm.command("import", short_help="Take in customers, orders, tickets or notes.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would become of each row, and take nothing.")
def import_(file: Path, dry_run: bool) -> None:
    """Take in the rows of FILE and say what became of each; a bad row keeps no good one out."""
    from bot.crm.csv_files import REFUSED, import_file

    with closing(_own_records()) as records:
        outcomes = import_file(records, file, dry_run=dry_run)
    for row in outcomes:
        why = f": {row.problem}" if row.problem else ""
        click.echo(f"  line {row.line}  {row.record or '-'}  {row.what}{why}")
    counts = Counter(row.what for row in outcomes)
    click.echo(", ".join(f"{count} {what}" for what, count in counts.items()) or "The file has no rows.")
    if dry_run:
        click.echo("Nothing was taken: this was a dry run.")
    if counts[REFUSED]:
        raise SystemExit(1)


@crm.command("export", short_help="Write all records into CSV files.")
@click.argument("folder", type=click.Path(path_type=Path))
def export_(folder: Path) -> None:
    """Write customers, orders, tickets and notes into CSV files of FOLDER, readable by you only."""
    from bot.crm.csv_files import export

    with closing(_own_records()) as records:
        for path, rows in export(records, folder):
            click.echo(f"  {path}: {rows} row{'s' if rows != 1 else ''}")


def _own_records() -> "SqlCrm":
    from bot.crm.sql import SqlCrm

    settings = Settings.load()
    if settings.crm != "embedded":
        raise SettingsError(
            "KINDHAND_CRM", f"is {settings.crm}", "Files go into and out of the embedded records only."
        )
    records = SqlCrm(settings.crm_url)
    records.migrate()
    return records
