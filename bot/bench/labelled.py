"""Messages with what a support lead says about them: the truth that detectors are measured against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import jsonl
from bot.empathy.reading import EMOTIONS, TARGETS
from bot.errors import OwnerFileError
from bot.settings import ROOT

FOLDER = ROOT / "scripts" / "mood" / "messages" / "test"
UPSET = ("frustrated", "angry")
HIGHEST = 3
MEND = 'Each line needs {"text": "...", "emotion": "..."}; context, intensity, target and hard may be added'


@dataclass(frozen=True)
class Labelled:
    """One message and its labels; what nobody labelled is None. `hard`: what makes it hard to read."""

    text: str
    emotion: str
    context: str = ""
    intensity: int | None = None  # 0 none to 3: a person should step in now
    target: str | None = None
    hard: tuple[str, ...] = ()

    @property
    def upset(self) -> bool:
        """Frustrated or angry."""
        return self.emotion in UPSET

    @property
    def distress(self) -> float | None:
        """How much it should worry a support lead, 0 to 1: the intensity, but nothing when satisfied."""
        if self.intensity is None:
            return None
        return 0.0 if self.emotion == "satisfied" else self.intensity / HIGHEST


def read(*paths: Path) -> list[Labelled]:
    """Read files of labelled messages; without any, those that were kept aside for the test.

    Raises:
        OwnerFileError: a line, or the whole file, cannot be used.
    """
    found = [message for path in paths or sorted(FOLDER.glob("*.jsonl")) for message in _file(path)]
    if not found:
        where = ", ".join(map(str, paths or [FOLDER]))
        raise OwnerFileError(where, 0, "there are no labelled messages in it", MEND)
    return found


def parse(lines: Iterable[str], source: str) -> Iterable[Labelled]:
    """Yield the messages of JSON lines; see `read`."""
    for number, row in jsonl.objects(lines, source, MEND):
        if problem := _problem(row):
            raise OwnerFileError(source, number, problem, MEND)
        yield Labelled(
            row["text"],
            row["emotion"],
            row.get("context") or "",
            row.get("intensity"),
            row.get("target"),
            tuple(row.get("hard") or ()),
        )


def _file(path: Path) -> list[Labelled]:
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            return list(parse(lines, str(path)))
    except OSError as problem:
        raise OwnerFileError(str(path), 0, f"cannot be read ({problem.strerror})", MEND) from None


def _problem(row: Mapping[str, Any]) -> str:
    """Say what is wrong with a row, or nothing."""
    if not isinstance(row.get("text"), str) or not isinstance(row.get("context"), str | None):
        return "text or context is not text"
    if row.get("emotion") not in EMOTIONS:
        return f"the emotion is none of {', '.join(EMOTIONS)}"
    if row.get("target") not in (None, *TARGETS):
        return f"the target is none of {', '.join(TARGETS)}"
    if row.get("intensity") not in (None, *range(HIGHEST + 1)):
        return f"the intensity is none of 0 to {HIGHEST}"
    hard = row.get("hard") or []
    if not (isinstance(hard, list) and all(isinstance(kind, str) for kind in hard)):
        return "hard is not a list of words"
    return ""
