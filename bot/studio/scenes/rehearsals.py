"""The owner's scenes as a list to edit: each is one line of a file, and other lines stay as they are."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import OwnerFileError, StudioError, WrittenMeanwhile
from bot.lessons import Lessons
from bot.rehearsal.scene import FOLDER, NO, Scene, parse, require_known
from bot.studio.files.workspace import Edit, Workspace, digest

NEW = f"{FOLDER}/studio.jsonl"  # where scenes go that are made here
SUFFIX = ".jsonl"
LONGEST_ID = 40


@dataclass(frozen=True)
class Line:
    """A scene with where it stands; `mark` changes with whatever its line says."""

    scene: Scene
    file: str
    mark: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as the screen shows and sends it back."""
        scene = self.scene
        return {"file": self.file, "line": scene.line, "mark": self.mark, **as_written(scene)}


def as_written(scene: Scene) -> dict[str, Any]:
    """Return a scene as its line says it, with everything that may be left out."""
    expected = scene.handoff
    handoff = {"expect": expected.expect, "turn": expected.turn, "tolerance": expected.tolerance}
    return {
        "id": scene.id,
        "kind": scene.kind,
        "visitor": list(scene.visitor),
        "handoff": {**handoff, "reasons": sorted(expected.reasons)},
        "answers": list(scene.answers) or [""] * len(scene.visitor),
        "note": scene.note,
    }


class Rehearsals:
    """The scenes in a workspace's `data/rehearsals/`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def all(self) -> tuple[list[Line], list[OwnerFileError]]:
        """Return the scenes in order, and what is wrong with the lines that are none."""
        found: list[Line] = []
        problems: list[OwnerFileError] = []
        for name in self._files():
            ids: dict[str, int] = {}
            try:
                text = self._workspace.read(name).text
            except OwnerFileError as problem:
                problems.append(problem)
                continue
            for number, line in _written(text):
                try:
                    one = _scene(line, number, name)
                    if one.scene.id in ids:
                        where = f"The id “{one.scene.id}” stands in line {ids[one.scene.id]} too"
                        problems.append(OwnerFileError(name, number, where, "Give each scene its own"))
                    ids.setdefault(one.scene.id, number)
                    found.append(one)
                except OwnerFileError as problem:
                    problems.append(problem)
        problems += _unknown([line.scene for line in found], Lessons.read(self._workspace.root).intents)
        return found, problems

    def add(self, scene: Mapping[str, Any], author: str) -> Line:
        """Write a new scene at the end of the studio's own file.

        Raises:
            OwnerFileError: it is no scene.
            StudioError: it cannot be written now.
        """
        with self._workspace.edit(author) as edit:
            text = edit.read(NEW).text if edit.has(NEW) else ""
            ids = {one.id for one in _ids(text)}
            line = _line(scene, ids)
            number = len(text.splitlines()) + 1
            made = self._checked(line, number, NEW)
            edit.write(NEW, text + ("" if not text or text.endswith("\n") else "\n") + line + "\n")
        return made

    def change(self, file: str, mark: str, scene: Mapping[str, Any], author: str) -> Line:
        """Write a scene in place of the one with that mark.

        Raises:
            OwnerFileError: it is no scene.
            WrittenMeanwhile: there is none with that mark any more.
            StudioError: it cannot be written now.
        """
        with self._workspace.edit(author) as edit:
            lines, at = self._find(edit, file, mark)
            ids = {one.id for one in _ids("\n".join(lines[:at] + lines[at + 1 :]))}
            line = _line(scene, ids)
            made = self._checked(line, at + 1, file)
            ending = "\r" if lines[at].endswith("\r") else ""
            edit.write(file, "\n".join([*lines[:at], line + ending, *lines[at + 1 :]]))
        return made

    def delete(self, file: str, mark: str, author: str) -> None:
        """Delete the scene with that mark; a file without any other goes too.

        Raises:
            WrittenMeanwhile: there is none with that mark any more.
            StudioError: it cannot be written now.
        """
        with self._workspace.edit(author) as edit:
            lines, at = self._find(edit, file, mark)
            rest = "\n".join([*lines[:at], *lines[at + 1 :]])
            if rest.strip():
                edit.write(file, rest)
            else:
                edit.delete(file)

    def _files(self) -> list[str]:
        names = self._workspace.names()
        return [name for name in names if name.startswith(f"{FOLDER}/") and name.endswith(SUFFIX)]

    def _find(self, edit: Edit, file: str, mark: str) -> tuple[list[str], int]:
        if file not in self._files():
            raise WrittenMeanwhile(file, None)
        # Not `splitlines`: it would also break at signs that may stand inside a message.
        lines = edit.read(file).text.split("\n")
        for number, line in enumerate(lines):
            if digest(line.strip()) == mark:
                return lines, number
        hand = self._workspace.hand(file)
        raise WrittenMeanwhile("this scene", hand.author if hand else None)

    def _checked(self, line: str, number: int, file: str) -> Line:
        made = _scene(line, number, file)
        require_known([made.scene], Lessons.read(self._workspace.root).intents)
        return made


def blank(said: Sequence[str], *, handed_over: int | None, heard: Sequence[str]) -> dict[str, Any]:
    """Return a scene to be completed by the owner, made from what a visitor really said.

    `handed_over` is the message at which a person took over, `heard` what was understood of each.
    """
    expect = {"expect": "yes", "turn": handed_over} if handed_over else {"expect": NO, "turn": None}
    return {
        "id": "",
        "kind": "from a conversation",
        "visitor": list(said),
        "handoff": {**expect, "tolerance": 0, "reasons": []},
        "answers": [""] * len(said),
        "heard": list(heard),
        "note": "",
    }


def _written(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.strip()


def _scene(line: str, number: int, file: str) -> Line:
    [scene] = parse([*[""] * (number - 1), line], file)
    return Line(scene, file, digest(line.strip()))


def _ids(text: str) -> Iterator[Scene]:
    for number, line in _written(text):
        try:
            yield _scene(line, number, "").scene
        except OwnerFileError:
            continue  # told elsewhere


def _unknown(scenes: Sequence[Scene], intents: frozenset[str]) -> Iterator[OwnerFileError]:
    for scene in scenes:
        try:
            require_known([scene], intents)
        except OwnerFileError as problem:
            yield problem


def _line(scene: Mapping[str, Any], ids: set[str]) -> str:
    """Write a scene in one line, leaving out what need not be said."""
    visitor = [str(text) for text in scene.get("visitor") or ()]
    answers = [str(one) for one in scene.get("answers") or ()]
    given = scene.get("handoff") or {}
    handoff = {key: value for key, value in given.items() if value not in (None, [], 0)}
    id = str(scene.get("id") or "").strip() or _name(visitor, ids)
    if id in ids:
        raise StudioError(f"There is a scene “{id}” already in that file. Give this one another name.")
    written: dict[str, Any] = {"id": id, "kind": str(scene.get("kind") or ""), "visitor": visitor}
    due = any(answers)
    if not (due and handoff == {"expect": NO}):
        written["handoff"] = handoff
    if due:
        only_last = not any(answers[:-1]) and len(answers) == len(visitor)
        written["answer"] = answers[-1] if only_last else [one or None for one in answers]
    if note := str(scene.get("note") or "").strip():
        written["note"] = note
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def _name(visitor: Sequence[str], ids: set[str]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", (visitor[0] if visitor else "scene").lower()).strip("-")
    short = words[:LONGEST_ID].rpartition("-")[0] or words[:LONGEST_ID] or "scene"
    short = words if len(words) <= LONGEST_ID and words else short
    return next(name for n in range(1, 10_000) if (name := short if n == 1 else f"{short}-{n}") not in ids)
