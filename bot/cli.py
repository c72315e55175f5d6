"""The commands of `./kindhand`. Each parses, calls one room and prints; imports happen inside."""

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.errors import KindhandError, SettingsError
from bot.settings import ROOT, Settings, described

if TYPE_CHECKING:
    from bot.crm.sql import SqlCrm
    from bot.supervisor.steps import Steps


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
    Then:         edit data/faq/*.yml, ./kindhand check, and start again
    """


@kindhand.command(short_help="Run everything and print where to click.")
def up() -> None:
    """Run the product: train if the data changed, start everything, print where to click."""
    from bot.supervisor.steps import Steps
    from bot.supervisor.up import run

    asyncio.run(run(Settings.load(), Steps()))


@kindhand.command(short_help="Run the tests.", context_settings={"ignore_unknown_options": True})
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(pytest_arguments: tuple[str, ...]) -> None:
    """Run the everyday tests, with --all the slow ones too; what follows is passed on to pytest."""
    from bot.supervisor.services import QUIET

    sys.exit(
        subprocess.call(
            [sys.executable, "-m", "pytest", *pytest_arguments], cwd=ROOT, env={**os.environ, **QUIET}
        )
    )


@kindhand.command(short_help="Name what is wrong in the owner's files.")
def check() -> None:
    """Read all owner's files and name what is wrong: file, line and mend."""
    _require_good_files()
    click.echo("All files are in order. Next: ./kindhand up")


@kindhand.command(short_help="Train the assistant if the data changed.")
@click.option("--force", is_flag=True, help="Train even if there is a model for the present data.")
def train(force: bool) -> None:
    """Train the assistant on the present data, if it is not trained on it yet."""
    from bot.supervisor import training
    from bot.supervisor.steps import Steps

    settings = Settings.load()
    _require_good_files()
    if training.is_trained(settings) and not force:
        click.echo(f"Already trained on the present data: {training.model_path(settings).name}")
        return
    with Steps().step("Training the assistant", "The assistant is trained"):
        path = training.train(settings, settings.var / "log" / "training.log", force=force)
    click.echo(f"{path.name}. Next: ./kindhand up")


@kindhand.command(short_help="Add a person who answers, or renew a password.")
@click.argument("email")
@click.option("--name", default="", help="What customers see when this person joins; needed for a new one.")
@click.option("--owner", is_flag=True, help="May also change settings; for new people.")
@click.option("--drop-second-factor", is_flag=True, help="For somebody who lost phone and recovery codes.")
def agent(email: str, name: str, owner: bool, drop_second_factor: bool) -> None:
    """Add a person who answers, or give one a new password; prints the password once.

    A known person is signed out everywhere, and enabled again if an owner had disabled them.
    """
    from bot.desk.people import admit
    from bot.storage.engine import Database

    database = Database(Settings.load().database_url)
    database.migrate()
    password = admit(database, email, name, owner=owner, drop_second_factor=drop_second_factor)
    database.close()
    click.echo(f"{email} signs in at /console with the password  {password}")


@kindhand.group(short_help="Take customer records in from CSV files, or write them out.")
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


@kindhand.group(short_help="Say who is told what outside the console.", invoke_without_command=True)
@click.pass_context
def reach(context: click.Context) -> None:
    """Say who is told what outside the console: by e-mail, chat tools, push and webhooks."""
    if context.invoked_subcommand is None:
        from bot import wiring
        from bot.reach.trial import summary

        settings = Settings.load()
        for line in summary(wiring.reach(settings), settings):
            click.echo(f"  {line}")


@reach.command("test", short_help="Send a test message by every way.")
@click.option("--to", metavar="EMAIL", help="Send only an e-mail, to this address.")
def reach_test(to: str | None) -> None:
    """Send a test message to everybody whom reach.yml and the settings name, and say what came of it."""
    from bot import wiring
    from bot.reach.post import Channels
    from bot.reach.trial import attempts, by_mail, ways

    settings = Settings.load()
    business = wiring.business(settings)
    channels = Channels.of(settings, business)
    targets = [by_mail(to)] if to else ways(wiring.reach(settings), channels)
    if not targets:
        click.echo("  There is nobody to try. Name somebody in data/business/reach.yml, or give --to EMAIL.")
    failed = 0
    for outcome in attempts(targets, settings, business, channels):
        mark = click.style("✗", fg="red") if outcome.problem else click.style("✓", fg="green")
        failed += bool(outcome.problem)
        click.echo(f"  {mark} {outcome.target.channel} {outcome.target.name}: {outcome.problem or 'taken'}")
    if failed:
        raise SystemExit(1)


@kindhand.command(short_help="What customers said afterwards.")
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


@kindhand.command(short_help="Look at this installation.")
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


@kindhand.command(short_help="Tell the intents of messages in a file.")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
def understand(file: TextIO) -> None:
    """Read {"id","text"} lines from FILE (or - ) and print {"id","intent","confidence"} lines."""
    from bot import jsonl
    from bot.nlu.understand import understand as understood
    from bot.supervisor.up import prepare

    for answer in understood(file, prepare(Settings.load(), _steps_on_stderr()), source=file.name):
        click.echo(jsonl.line(answer))


@kindhand.command(short_help="Tell the feelings in messages of a file.")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
def sense(file: TextIO) -> None:
    """Read {"id","text","context"?} lines from FILE (or - ) and print how each message feels, and why."""
    from bot import jsonl
    from bot.empathy.detector import build_detector
    from bot.empathy.sense import sense as sensed

    for answer in sensed(file, build_detector, source=file.name):
        click.echo(jsonl.line(answer))


@kindhand.command(short_help="Measure the product beside plain Rasa.")
@click.option("--quick", is_flag=True, help="Fewer rounds; for trying the command itself.")
@click.option("--only", type=click.Choice(["product", "widget"]), help="Only one of the two parts.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def bench(quick: bool, only: str | None, as_json: bool) -> None:
    """Measure the running product beside plain Rasa with the same model, and the widget on a slow phone."""
    from bot.bench import run, widget
    from bot.bench.table import as_table

    steps, figures = _steps_on_stderr(), []
    if only != "widget":
        figures += asyncio.run(run.measure(steps, quick=quick))
    if only != "product":
        figures += widget.measure(steps, quick=quick)
    click.echo(
        json.dumps([figure.as_dict() for figure in figures], indent=2) if as_json else as_table(figures)
    )


@kindhand.group(short_help="Measure understanding, or mood, on unseen messages.", invoke_without_command=True)
@click.pass_context
def evaluate(context: click.Context) -> None:
    """Measure the assistant on messages that it was not trained on: understanding, if you name nothing."""
    if context.invoked_subcommand is None:
        context.invoke(understanding)


@evaluate.command(short_help="How well messages are understood.")
def understanding() -> None:
    """Measure how well messages are understood that the assistant was not trained on."""
    from bot.bench import unseen
    from bot.empathy.cues import explicit_request
    from bot.nlu.understand import Parser
    from bot.supervisor.up import prepare

    parser = Parser(prepare(Settings.load(), _steps_on_stderr()))

    def understand(texts: Sequence[str]) -> list[str]:
        return [intent for intent, _ in parser.parse(texts)]

    shares = unseen.understanding(unseen.rows(unseen.MESSAGES), understand)
    shares |= unseen.requests(
        unseen.rows(unseen.REQUESTS), understand, lambda text: bool(explicit_request(text))
    )
    for what, share in shares.items():
        click.echo(f"  {what:<36}{share:>7.1%}")


@evaluate.command(short_help="How well feelings are heard, and how fairly.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as one JSON object.")
def mood(files: tuple[Path, ...], as_json: bool) -> None:
    """Measure how feelings are heard, and how fairly, beside a plain word list.

    Each FILE holds labelled lines: {"text","emotion"} and, if known, context, intensity, target and hard.
    Without one, the messages that were kept aside for testing are read.
    """
    from bot.bench import comparison, labelled

    messages = labelled.read(*files)
    columns = comparison.columns(messages, _steps_on_stderr())
    if as_json:
        click.echo(json.dumps(comparison.as_dict(columns, messages), ensure_ascii=False, indent=2))
    else:
        click.echo(comparison.as_table(columns))


@kindhand.command(short_help="Play scenes and see whether a person took over in time.")
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
    from bot.rehearsal import scene
    from bot.rehearsal.play import rehearse as played
    from bot.rehearsal.table import as_text

    scenes = scene.read(files or scene.own(ROOT))
    _require_good_files()
    score = asyncio.run(played(scenes, Settings.load(), _steps_on_stderr()))
    click.echo(json.dumps(score.as_dict(), ensure_ascii=False, indent=2) if as_json else as_text(score))
    if at_least is not None and not score.reaches(at_least):
        raise SystemExit(1)


@kindhand.command(short_help="Take the pictures of the README.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=ROOT / "docs" / "pictures")
def screenshots(folder: Path) -> None:
    """Take the pictures of the README from a demo run in headless Chromium."""
    from bot.demo.screenshots import take

    for path in take(folder, _steps_on_stderr()):
        click.echo(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


@kindhand.command(
    short_help="Run Rasa's own commands with our settings.",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def rasa(arguments: tuple[str, ...]) -> None:
    """Run Rasa's own commands with our settings, such as: ./kindhand rasa data validate"""
    from bot.supervisor.services import child_environment

    environment = child_environment(Settings.load())
    sys.exit(subprocess.call([sys.executable, "-m", "rasa", *arguments], cwd=ROOT, env=environment))


def _steps_on_stderr() -> "Steps":
    from rich.console import Console

    from bot.supervisor.steps import Steps

    return Steps(Console(stderr=True, highlight=False))


def _require_good_files() -> None:
    from bot.check import check as problems_in

    problems = problems_in(ROOT, Settings.load())
    for problem in problems:
        click.echo(f"  {click.style('✗', fg='red')} {problem}", err=True)
    if problems:
        raise click.ClickException(f"{len(problems)} to mend, then: ./kindhand check")


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
