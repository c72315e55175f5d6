"""Published versions: publish one, list them, take one back."""

import getpass
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from bot.commands.shared import require_good_files
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.studio.publishing.publish import Outcome
    from bot.studio.publishing.versions import Version

AUTHOR = click.option("--author", help="Who it was, in the list of versions; you, if you name nobody.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")


@click.command(short_help="Make your files what customers get.")
@click.option("--note", default="", help="What it is about, for the list of versions.")
@click.option("--no-rehearsal", is_flag=True, help="Do not play your scenes first.")
@AUTHOR
@AS_JSON
def publish(note: str, no_rehearsal: bool, author: str | None, as_json: bool) -> None:
    """Publish your files: checked, rehearsed, trained and put in place while customers go on talking.

    If one of your scenes goes worse than with what is live, nothing is published. Where Kindhand is not
    running, the next ./kindhand up serves the version.
    """
    from bot.studio.publishing.publish import Publishing

    settings = Settings.load()
    require_good_files(settings)
    publishing = Publishing(settings, author or _somebody(), _Steps())
    _say(publishing.publish(note, rehearsed=not no_rehearsal), as_json=as_json)


@click.command(short_help="Take back what was published.")
@click.argument("version", type=int, required=False)
@click.option("--undo", is_flag=True, help="Bring back the unpublished work that was put aside last.")
@AUTHOR
@AS_JSON
def rollback(version: int | None, undo: bool, author: str | None, as_json: bool) -> None:
    """Publish an older VERSION again, as a new one; the one before the last, if you name none.

    Your files become that version too. What was not published in them is put aside first.
    """
    from bot.errors import StudioError
    from bot.studio.publishing.live import Live
    from bot.studio.publishing.publish import Publishing

    settings = Settings.load()
    versions, publishing = Live(settings).versions, Publishing(settings, author or _somebody(), _Steps())
    if undo:
        kept = next(iter(versions.kept()), None)
        if kept is None:
            raise StudioError("No work was put aside.")
        publishing.bring_back(kept)
        click.echo(
            f"Your files are as they were on {_when(kept)}. ./kindhand diff shows what is not published."
        )
        return
    newest = versions.newest()
    to = versions.numbered(version) if version is not None else newest and versions.before(newest)
    if to is None:
        raise StudioError("There is no version before that.")
    _say(publishing.take_back(to), as_json=as_json)


@click.command(short_help="List what was published.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def versions(as_json: bool) -> None:
    """List the published versions, the newest first, and unpublished work that was put aside."""
    from bot.studio.publishing.live import Live

    store = Live(Settings.load()).versions
    published, kept = store.all(), store.kept()
    if as_json:
        told = {"versions": [one.as_dict() for one in published], "kept": [one.as_dict() for one in kept]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in published:
        click.echo(f"  {one.number:>4}  {_when(one)}  {one.author:<20}  {_line(one.note)}")
    for one in kept:
        click.echo(f"   aside  {_when(one)}  {one.author:<20}  {_line(one.note)}")
    if not published:
        click.echo("Nothing was published yet: the first ./kindhand up publishes your files as they are.")


class _Steps:
    """Prints each step once, however often it is told how far it got."""

    def __init__(self) -> None:
        self._told = ""

    def __call__(self, told: Mapping[str, Any]) -> None:
        if told["step"] != self._told:
            self._told = told["step"]
            click.echo(f"  · {self._told}", err=True)


def _say(outcome: "Outcome", *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
        return
    number = outcome.version.number
    if outcome.served:
        click.echo(f"Version {number} is live.")
    else:
        click.echo(
            f"Version {number} is published. Kindhand is not running: it is live from ./kindhand up on."
        )
    if outcome.kept:
        click.echo("Your unpublished work was put aside; ./kindhand rollback --undo brings it back.")


def _somebody() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "Somebody"


def _when(version: "Version") -> str:
    return f"{version.at.astimezone():%Y-%m-%d %H:%M}"


def _line(note: str) -> str:
    return " ".join(note.split())[:60]
