"""How well messages are understood that the assistant was not trained on."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.settings import ROOT

MESSAGES = ROOT / "tests" / "nlu" / "unseen.jsonl"
REQUESTS = ROOT / "tests" / "empathy" / "unseen_requests.jsonl"
OUTSIDE = ("out_of_scope", "nlu_fallback")
Understand = Callable[[Sequence[str]], Sequence[str]]  # texts in, intents out


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def understanding(messages: Iterable[dict[str, Any]], understand: Understand) -> dict[str, float]:
    """Return shares (0 to 1): our topics right, asked to rephrase, wrong; other things told apart."""
    known = list(messages)
    pairs = list(
        zip([row["intent"] for row in known], understand([row["text"] for row in known]), strict=True)
    )
    ours = [(meant, heard) for meant, heard in pairs if meant not in OUTSIDE]
    others = [heard for meant, heard in pairs if meant in OUTSIDE]
    return {
        "our topics, right": _share(meant == heard for meant, heard in ours),
        "our topics, asked to rephrase": _share(heard in OUTSIDE for _, heard in ours),
        "our topics, wrong": _share(heard not in (meant, *OUTSIDE) for meant, heard in ours),
        "other things, told apart": _share(heard in OUTSIDE for heard in others),
    }


def requests(
    messages: Iterable[dict[str, Any]], understand: Understand, has_cue: Callable[[str], bool]
) -> dict[str, float]:
    """Return shares (0 to 1): requests heard by cue or intent, look-alikes taken for a request."""
    known = list(messages)
    intents = understand([row["text"] for row in known])
    heard = [
        (row["wants_person"], intent == "speak_to_human" or has_cue(row["text"]))
        for row, intent in zip(known, intents, strict=True)
    ]
    return {
        "requests for a person, heard": _share(found for wants, found in heard if wants),
        "look-alikes, taken for a request": _share(found for wants, found in heard if not wants),
    }


def _share(true: Iterable[bool]) -> float:
    values = list(true)
    return sum(values) / len(values) if values else 0.0
