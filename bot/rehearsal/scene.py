"""Scenes: what a visitor says, when a thoughtful support lead wants a person there, which answers are due.

A file has one scene a line, as JSON; docs/rehearsals.md tells owners how to write one.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from bot import jsonl
from bot.empathy.ladder import LABELS
from bot.errors import OwnerFileError, ProtocolError
from bot.handoff.plain import plain
from bot.owner_file import suggestion

FOLDER = "data/rehearsals"
MEND = "Write one scene a line, in braces, as docs/rehearsals.md shows"
YES, NO, OFFER = "yes", "no", "offer"
EXPECTED = (YES, NO, OFFER)
SCENE = ("id", "kind", "visitor", "handoff", "answer", "note")
HANDOFF = ("expect", "turn", "tolerance", "reasons")


@dataclass(frozen=True)
class Expectation:
    """What is right: `turn` counts the visitor's messages from 1, `tolerance` more or less is right too.

    `turn` is None only where nobody should take over.
    """

    expect: str
    turn: int | None = None
    tolerance: int = 0
    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scene:
    """One visitor's messages in order, and what is right. `source` is the file that it is from.

    `answers` has the question whose answer is due to each message, empty where any will do; `line` counts
    from 1.
    """

    id: str
    kind: str
    visitor: tuple[str, ...]
    handoff: Expectation
    note: str = ""
    source: str = ""
    answers: tuple[str, ...] = ()
    line: int = 0


def own(root: Path) -> list[Path]:
    """Return the owner's files of scenes in the project at `root`.

    Raises:
        OwnerFileError: there are none.
    """
    files = sorted((root / FOLDER).glob("*.jsonl"))
    if not files:
        raise OwnerFileError(FOLDER, 0, "has no scenes", f"{MEND}, or name another file")
    return files


def read(paths: Iterable[Path]) -> list[Scene]:
    """Read all scenes of these files, in order.

    Raises:
        OwnerFileError: a file or a line cannot be used; names it and the mend.
    """
    return [scene for path in paths for scene in parse(_lines(path), str(path))]


def parse(lines: Iterable[str], source: str) -> list[Scene]:
    """Read scenes, one a line; empty lines are skipped.

    Raises:
        OwnerFileError: a line is no scene, an id is used twice, or there is no scene at all.
    """
    scenes: list[Scene] = []
    ids: dict[str, int] = {}
    for number, written in jsonl.objects(lines, source, MEND):
        scene = _Line(source, number).scene(written)
        if scene.id in ids:
            problem = f"The id “{scene.id}” stands in line {ids[scene.id]} too"
            raise OwnerFileError(source, number, problem, "Give each scene an id of its own")
        ids[scene.id] = number
        scenes.append(scene)
    if not scenes:
        raise OwnerFileError(source, 0, "has no scene in it", MEND)
    return scenes


def require_known(scenes: Iterable[Scene], questions: Collection[str]) -> None:
    """Check that each answer that is due belongs to a question that there is.

    Raises:
        OwnerFileError: one does not; names its line.
    """
    for scene in scenes:
        for due in filter(None, scene.answers):
            if due not in questions:
                problem = f"There is no question “{due}”"
                raise OwnerFileError(scene.source, scene.line, problem, suggestion(due, questions))


def _lines(path: Path) -> list[str]:
    try:
        # Not `splitlines`: it would also break at signs that may stand inside a message.
        return path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise OwnerFileError(str(path), 0, "is missing", "Check the name and the folder") from None
    except (OSError, UnicodeDecodeError):
        mend = "Name a file of scenes, saved as plain text in UTF-8"
        raise OwnerFileError(str(path), 0, "cannot be read", mend) from None


class _Line:
    """One line of a file: reads the scene that is written there, or says what is wrong with it."""

    def __init__(self, source: str, number: int) -> None:
        self._source, self._number = source, number

    def scene(self, written: Mapping[str, Any]) -> Scene:
        self._only(written, SCENE)
        visitor = self._visitor(written.get("visitor"))
        return Scene(
            id=self._words(written, "id"),
            kind=self._words(written, "kind"),
            visitor=visitor,
            handoff=self._handoff(self._due(written), len(visitor)),
            note=self._words(written, "note") if written.get("note") else "",
            source=self._source,
            answers=self._answers(written.get("answer"), len(visitor)),
            line=self._number,
        )

    @staticmethod
    def _due(written: Mapping[str, Any]) -> Any:
        """Return what is written of a hand-over; where only an answer is due, nobody should take over."""
        return {"expect": NO} if "answer" in written and "handoff" not in written else written.get("handoff")

    def _answers(self, written: Any, messages: int) -> tuple[str, ...]:
        if written is None:
            return ()
        due = [None] * (messages - 1) + [written] if isinstance(written, str) else written
        known = isinstance(due, list) and all(one is None or isinstance(one, str) for one in due)
        if not known or not any(due):
            self._wrong(
                f"“answer” cannot be {_shown(written)}",
                'Write the question that it answers: "answer": "shipping_time"',
            )
        if len(due) != messages:
            problem = f"“answer” lists {len(due)} for {messages} messages"
            self._wrong(problem, "List one for each message, null where any will do")
        return tuple(one or "" for one in due)

    def _visitor(self, messages: Any) -> tuple[str, ...]:
        if not isinstance(messages, list) or not messages:
            self._wrong("“visitor” has no messages", 'Write them in a list: "visitor": ["First", "Second"]')
        for number, text in enumerate(messages, start=1):
            if not isinstance(text, str):
                self._wrong(
                    f"Message {number} cannot be {_shown(text)}", "Put what is said in quotation marks"
                )
            try:
                plain(text)
            except ProtocolError as refusal:
                self._wrong(
                    f"Message {number} cannot be sent: {refusal.text.rstrip('.')}", "Change its words"
                )
        return tuple(messages)

    def _handoff(self, written: Any, messages: int) -> Expectation:
        if not isinstance(written, dict):
            self._wrong("“handoff” does not say what is right", 'Write "handoff": {"expect": "no"}, or more')
        self._only(written, HANDOFF)
        expect = written.get("expect")
        if expect not in EXPECTED:
            self._wrong(_unfit(written, "expect"), "Write yes, no or offer, in quotation marks")
        reasons = self._reasons(written.get("reasons") or [])
        tolerance = self._count(written, "tolerance", range(messages + 1)) if "tolerance" in written else 0
        if expect != NO:
            return Expectation(
                expect, self._count(written, "turn", range(1, messages + 1)), tolerance, reasons
            )
        if written.get("turn") is not None:
            self._wrong("“turn” is given where nobody takes over", "Delete it, or expect yes or offer")
        return Expectation(NO)

    def _only(self, block: Mapping[str, Any], known: Collection[str]) -> None:
        for key in block:
            if key not in known:
                self._wrong(f"“{key}” means nothing here", suggestion(key, known))

    def _words(self, block: Mapping[str, Any], key: str) -> str:
        value = block.get(key)
        if not isinstance(value, str) or not value.strip():
            self._wrong(_unfit(block, key), "Write a few words in quotation marks")
        return " ".join(value.split())

    def _count(self, block: Mapping[str, Any], key: str, possible: range) -> int:
        value = block.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value not in possible:
            self._wrong(_unfit(block, key), f"Write a number from {possible[0]} to {possible[-1]}")
        return value

    def _reasons(self, written: Any) -> frozenset[str]:
        if not isinstance(written, list):
            self._wrong(f"“reasons” cannot be {_shown(written)}", 'Write a list: "reasons": ["anger"]')
        for reason in written:
            if not isinstance(reason, str) or reason not in LABELS:
                self._wrong(f"There is no reason {_shown(reason)}", suggestion(str(reason), LABELS))
        return frozenset(written)

    def _wrong(self, problem: str, mend: str) -> NoReturn:
        raise OwnerFileError(self._source, self._number, problem, mend)


def _unfit(block: Mapping[str, Any], key: str) -> str:
    return f"“{key}” cannot be {_shown(block[key])}" if key in block else f"“{key}” is missing"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:39]}…"
