"""Questions by the hundred: taken in from a table or the text of a page, and written out as a table."""

import getpass
from collections import Counter
from pathlib import Path

import click

from bot.commands.shared import require_good_files
from bot.errors import OwnerFileError
from bot.settings import Settings


@click.command("import-faq", short_help="Take in questions from a CSV file or a FAQ page.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", is_flag=True, help="FILE is the text or HTML of a FAQ page, not a table.")
@click.option(
    "--replace", is_flag=True, help="Questions that are there already get these examples and answers."
)
@click.option("--dry-run", is_flag=True, help="Say what would become of each row, and write nothing.")
def import_faq(file: Path, page: bool, replace: bool, dry_run: bool) -> None:
    """Take in the questions of FILE and say what became of each; a bad row keeps no good one out.

    The first row of a table names its columns: question and answer, and if you like examples, warm, careful,
    intent and topic. A cell may hold several examples, one a line, and several wordings with a line “---”
    between them. Without --replace your own answers stay, and questions only get new examples.
    """
    from bot.studio.files.workspace import Workspace
    from bot.studio.questions import faq_csv, faq_page
    from bot.studio.questions.faq_import import REFUSED
    from bot.studio.questions.questions import Questions

    settings = Settings.load()
    questions = Questions(Workspace(settings.files, settings.var / "studio"))
    text = _read(file)
    rows = faq_page.read(text) if page else faq_csv.read(text)
    outcomes = questions.take(rows, replacing=replace, author=getpass.getuser(), dry_run=dry_run)
    for one in outcomes:
        why = f": {one.why}" if one.why else ""
        click.echo(f"  line {one.row.line}  {one.intent or one.row.question or '-'}  {one.what}{why}")
    counts = Counter(one.what for one in outcomes)
    click.echo(
        ", ".join(f"{count:,} {what}" for what, count in counts.items()) or "No question was found in it."
    )
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")
    elif len(outcomes) > counts[REFUSED]:
        require_good_files(settings)
        click.echo("All files are in order. Next: ./kindhand diff")
    if counts[REFUSED] or not outcomes:
        raise SystemExit(1)


def _read(file: Path) -> str:
    from bot.studio.questions.faq_csv import decoded

    try:
        return decoded(file.read_bytes())
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise OwnerFileError(str(file), 0, f"cannot be read: {reason}", "Check its name and place") from None
