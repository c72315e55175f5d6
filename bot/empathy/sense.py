"""How many messages feel, one answer a line: what `./kindhand sense` prints."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot import jsonl
from bot.empathy.reading import Detector, Reading

DIGITS = 4


def sense(
    lines: Iterable[str], build_detector: Callable[[], Detector], *, source: str = "input"
) -> Iterator[dict[str, Any]]:
    """Yield the feeling of every `{"id", "text", "context"?}` line as soon as it is read; keeps none.

    The detector is built after the first line, so that a wrong one is told at once.

    Raises:
        OwnerFileError: a line cannot be read; names its number in `source`.
    """
    detector: Detector | None = None
    for question in jsonl.questions(lines, source, optional=("context",)):
        detector = detector or build_detector()
        reading = detector.read(question["text"], context=question.get("context") or "")
        yield {"id": question["id"], **answer(reading)}


def answer(reading: Reading) -> dict[str, Any]:
    """Return a reading as the command prints it. `doubt` is there only when there is one.

    Evidence is what stands in the text from character `start` to `end` (code points), or how that begins.
    """
    told = {
        "emotion": reading.emotion,
        "scores": {name: round(score, DIGITS) for name, score in reading.scores.items()},
        "distress": round(reading.distress, DIGITS),
        "target": reading.target,
        "confidence": round(reading.confidence, DIGITS),
        "evidence": [
            cue.as_dict() | {"end": min(cue.end, cue.start + len(cue.quote))} for cue in reading.cues
        ],
    }
    return told | {"doubt": reading.doubt} if reading.doubt else told
