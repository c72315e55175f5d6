"""What the last real messages are understood as, and answered by, with the draft and with what is live.

Nothing is sent, and no words of customers are kept with the result: only which messages they are.
"""

import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.engine import Connection

from bot.business import Business
from bot.dialogue.topics import title
from bot.handoff.model import VISITOR
from bot.lessons import Lessons
from bot.settings import Settings
from bot.storage.engine import Database
from bot.storage.tables import messages
from bot.studio import progress
from bot.studio.publishing.live import snapshot
from bot.studio.publishing.objects import tree_of
from bot.studio.scenes.results import ANSWERS, Results
from bot.studio.trial.copies import write_files
from bot.supervisor import training
from bot.supervisor.control import Control

MOST = 200  # messages, the newest
NOT_UNDERSTOOD = "nlu_fallback"
SURER = 0.15  # so much more or less confidence is worth a look
GAP = re.compile(r"{([A-Za-z_][A-Za-z0-9_]*)}")
Key = tuple[str, int]  # a message: conversation and seq
Heard = tuple[str, float]  # intent and confidence
Understand = Callable[[list[str]], Sequence[Heard]]


@dataclass(frozen=True)
class Side:
    """One version of the assistant: how it understands, and what it says to each question."""

    understand: Understand
    answer: Callable[[str], str]


def compare(said: Sequence[tuple[Key, str]], live: Side, draft: Side) -> list[dict[str, Any]]:
    """Return a row for each message; those that are understood or answered otherwise come first."""
    texts = [text for _, text in said]
    pairs = zip(said, live.understand(texts), draft.understand(texts), strict=True)
    rows = [
        _row(key, _heard(before, live.answer), _heard(now, draft.answer)) for (key, _), before, now in pairs
    ]
    order = {"question": 0, "answer": 1, "confidence": 2, "": 3}
    return sorted(rows, key=lambda row: order[row["differs"]])


def _row(key: Key, live: dict[str, Any], draft: dict[str, Any]) -> dict[str, Any]:
    if live["intent"] != draft["intent"]:
        differs = "question"
    elif live["answer"] != draft["answer"]:
        differs = "answer"
    else:
        differs = "confidence" if abs(live["confidence"] - draft["confidence"]) >= SURER else ""
    return {"conversation": key[0], "seq": key[1], "differs": differs, "live": live, "draft": draft}


def _heard(heard: Heard, answer: Callable[[str], str]) -> dict[str, Any]:
    intent, confidence = heard
    named = "not understood" if intent == NOT_UNDERSTOOD else title(intent)
    return {
        "intent": intent,
        "title": named,
        "confidence": round(confidence, 2),
        "answer": answer(intent),
    }


def answers(files: Path) -> Callable[[str], str]:
    """Return what gives the plain answer to a question, by the files in a folder.

    Raises:
        OwnerFileError: the business's facts cannot be read.
    """
    lessons = Lessons.read(files)
    facts = Business.load(files / "data" / "business").facts()
    said = {answer.name: answer.wordings for answer in lessons.answers}

    def first_action(intent: str) -> str:
        for flow in lessons.flows:
            if flow.kind == "rule" and not flow.condition:
                for one, following in zip(flow.steps, flow.steps[1:], strict=False):
                    heard = {one.name, *(choice.name for choice in one.choices)}
                    if one.kind in ("intent", "or") and intent in heard and following.kind == "action":
                        return following.name
        return f"utter_{intent}"

    def answer(intent: str) -> str:
        if intent == NOT_UNDERSTOOD:
            return "Asks to say it in other words."
        action = first_action(intent)
        wordings = said.get(action)
        if not wordings:
            return f"Begins: {title(intent)}."
        plain = next((one for one in wordings if not one.slots), wordings[0])
        return GAP.sub(lambda gap: facts.get(gap[1], gap[0]), " ".join(plain.text.split()))

    return answer


def newest(connection: Connection, most: int = MOST) -> list[tuple[Key, str]]:
    """Return what visitors typed last, the newest first."""
    columns = messages.c
    typed = (columns.speaker == VISITOR) & columns.payload.is_(None) & columns.attachment.is_(None)
    asked = select(columns.conversation_id, columns.seq, columns.text).where(typed)
    rows = connection.execute(asked.order_by(columns.at.desc()).limit(most))
    return [((row.conversation_id, row.seq), row.text) for row in rows]


def with_words(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with `text` and `at` of their messages; those that were erased since are left out."""
    columns = messages.c
    keys = [(row["conversation"], row["seq"]) for row in rows]
    asked = select(columns.conversation_id, columns.seq, columns.text, columns.at)
    found = connection.execute(asked.where(tuple_(columns.conversation_id, columns.seq).in_(keys)))
    known = {(one.conversation_id, one.seq): one for one in found} if keys else {}
    return [
        {**row, "text": known[key].text, "at": known[key].at.isoformat()}
        for row, key in zip(rows, keys, strict=True)
        if key in known
    ]


def run(settings: Settings, author: str) -> dict[str, Any]:
    """Compare on the messages in the desk's database, and keep the result.

    Raises:
        OwnerFileError, StartError, ModelError: one of the two cannot be used.
        StudioError: the result cannot be kept.
    """
    progress.step("Reading your files")
    draft, live = snapshot(settings.files), snapshot(Control(settings.var).serving() or settings.served)
    with closing(Database(settings.database_url)) as database, database.read() as connection:
        said = newest(connection)
    with tempfile.TemporaryDirectory(prefix="kindhand-comparison-") as place:
        sides = {}
        for name, files in (("live", live), ("draft", draft)):
            write_files(files, Path(place) / name)
            sides[name] = _side(replace(settings, live=str(Path(place) / name)), name)
        progress.step("Reading what customers wrote")
        rows = compare(said, sides["live"], sides["draft"]) if said else []
    result = {
        "fingerprint": tree_of(draft),
        "live": tree_of(live),
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "author": author,
        "messages": len(rows),
        "differing": sum(row["differs"] in ("question", "answer") for row in rows),
        "rows": rows,
    }
    Results(settings.var / "studio" / "results").write(ANSWERS, result)
    return {key: result[key] for key in ("fingerprint", "messages", "differing")}


def _side(settings: Settings, name: str) -> Side:
    from bot.nlu.understand import Parser

    def told(step: Mapping[str, Any]) -> None:
        progress.step(f"Training: {step['step'].lower()}", done=step["done"], of=step["of"])

    model = training.train(settings, settings.var / "log" / f"training-{name}.log", told=told)
    progress.step("Opening your changes" if name == "draft" else "Opening what is live")
    return Side(Parser(model).parse, answers(settings.served))


if __name__ == "__main__":
    progress.main(lambda: run(Settings.load(), sys.argv[1]), with_parent=True)
