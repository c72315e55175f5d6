"""The owner's files: what is wrong in them, and what in them is not published."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.studio.publishing.difference import Change


@click.command(short_help="Name what is wrong in the owner's files.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(as_json: bool) -> None:
    """Read all owner's files and name what is wrong: file, line and mend. Ends with 1 if anything is."""
    from bot.check import look

    settings = Settings.load()
    found = look(settings.files, settings)
    if as_json:
        kinds = {"problems": found.faults, "notes": found.notes}
        click.echo(
            json.dumps({kind: [one.as_dict() for one in many] for kind, many in kinds.items()}, indent=2)
        )
        raise SystemExit(bool(found.faults))
    for problem in found.faults:
        click.echo(f"  {click.style('✗', fg='red')} {problem}", err=True)
    for note in found.notes:
        click.echo(f"  {click.style('!', fg='yellow')} {note}")
    if found.faults:
        raise click.ClickException(f"{len(found.faults)} to mend, then: ./kindhand check")
    click.echo("All files are in order. Next: ./kindhand diff, and ./kindhand publish")


@click.command(short_help="Say what is not published yet.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@click.option("--lines", is_flag=True, help="Show the lines too.")
@click.argument("version", type=int, required=False)
def diff(as_json: bool, lines: bool, version: int | None) -> None:
    """Say how your files differ from what is live; or with VERSION, what that version changed."""
    from bot.studio.publishing.difference import between, count, unpublished
    from bot.studio.publishing.live import Live, snapshot

    settings = Settings.load()
    live = Live(settings)
    versions = live.versions
    newest = versions.newest()
    if version is not None:
        chosen = versions.numbered(version)
        found = between(versions, versions.before(chosen), chosen)
    elif newest is None:
        click.echo("Nothing was published yet: the first ./kindhand up publishes your files as they are.")
        return
    else:
        found = unpublished(versions, newest, snapshot(settings.files))
    if as_json:
        now = newest.as_dict() if newest else None
        told = {"live": now, "changes": [change.as_dict() for change in found], "count": count(found)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    _print(found, lines=lines)
    if version is None:
        next_step = "Next: ./kindhand publish --note “what it is about”"
        click.echo(f"\n{next_step}" if found else _in_order(settings, live.folder(newest), newest.number))


def _in_order(settings: Settings, folder: Path, number: int) -> str:
    from bot.supervisor.control import Control

    serving = Control(settings.var).serving()
    if serving is not None and serving != folder:  # it was cut short after it got its number
        return f"Version {number} is published, but customers do not get it yet. Next: ./kindhand publish"
    return f"All is published: version {number}."


def _print(found: "list[Change]", *, lines: bool) -> None:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for change in found:
        for words in change.words:
            click.echo(f"  {words}")
        if lines:
            click.echo(click.style(f"    {change.file}", bold=True))
            for sign, text in change.lines:
                shown = f"line {text}" if sign == "@" else f"{sign} {text}"
                click.echo("    " + click.style(shown, fg=colours.get(sign)))
