"""What calls about one of the owner's files share: written in place, and what is wrong at its field."""

from collections.abc import Callable
from typing import Any

from bot import yaml_tree
from bot.business import Business
from bot.check import check
from bot.desk.studio.files import described
from bot.desk.studio.room import Room
from bot.errors import OwnerFileError, WrittenMeanwhile
from bot.studio.files.spans import path_at


def write(studio: Room, name: str, change: Callable[[str], str], by: str) -> None:
    """Write what `change` makes of a file's text, if that differs."""
    with studio.workspace.edit(by) as edit:
        before = edit.read(name).text
        after = change(before)
        if after != before:
            edit.write(name, after)


def require(name: str, fresh: bool, studio: Room) -> None:
    """Raise WrittenMeanwhile, with who it was, unless it is still as the page showed it."""
    if not fresh:
        hand = studio.workspace.hand(name)
        raise WrittenMeanwhile(name, hand.author if hand else None)


def standing(studio: Room, name: str, text: str) -> dict[str, Any]:
    """Return who wrote a file so, and what is wrong: first in it, with its field on the screen."""
    hand = studio.workspace.hand(name)
    problems = [
        placed(problem, text) if problem.path == name else {**described(problem), "field": None}
        for problem in check(studio.settings.files, studio.settings)
    ]
    problems.sort(key=lambda problem: problem["file"] != name)
    by = {"author": hand.author, "at": hand.at.isoformat()} if hand else None
    return {"file": name, "hand": by, "problems": problems}


def placed(problem: OwnerFileError, text: str) -> dict[str, Any]:
    """Say what is wrong, and in which field: its path in the file, such as `closures.2.until`."""
    return {**described(problem), "field": ".".join(map(str, path_of(text, problem)))}


def path_of(text: str, problem: OwnerFileError) -> tuple[str | int, ...]:
    """Return where in its file a problem stands; nothing for a file that cannot be read."""
    try:
        return path_at(yaml_tree.parse(text, problem.path), problem.line)
    except OwnerFileError:
        return ()


def business_of(studio: Room) -> Business | None:
    """Return the owner's facts as the files have them now; None while they have faults."""
    try:
        return Business.load(studio.settings.files / "data" / "business")
    except OwnerFileError:
        return None
