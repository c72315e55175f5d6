"""Past conversations for tests: rows as the desk writes them, and a detector that hears capitals."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.empathy.reading import EMOTIONS, Cue, Reading
from bot.storage.tables import conversations, handoffs, messages, verdicts


class HearsCapitals:
    """Whoever writes in capitals is cross, the longer the more; “PERSON” asks for one."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, text: str, *, context: str = "") -> Reading:
        self.asked.append(text)
        distress = min(1.0, sum(letter.isupper() for letter in text) / 30)
        cues: tuple[Cue, ...] = ()
        if "PERSON" in text:
            at = text.index("PERSON")
            cues = (Cue("explicit_request", "Asked", at, at + 6, "PERSON", 0.2),)
        elif distress > 0.3:
            cues = (Cue("waiting", "Waiting", 0, len(text), text, 0.3),)
        emotion = "frustrated" if distress > 0.3 else "neutral"
        scores = {name: float(name == emotion) for name in EMOTIONS}
        return Reading(emotion, scores, distress, "us", cues, "capitals")


def remember(
    connection: Connection,
    id: str,
    at: datetime,
    *said: str,
    handed: int | None = None,
    code: str = "frustration_rising",
    minutes: float = 10,
    judged: Sequence[str] = (),
    **values: Any,
) -> None:
    """Write a conversation: visitor and bot in turns, `+` before what offers a person.

    `handed`: after which message (from 1) a person took over; all after it was said with that person.
    """
    at, rows = at.replace(microsecond=0), []
    for seq, text in enumerate(said, 1):
        with_agent = handed is not None and seq > handed and seq % 2 == 0
        speaker = "visitor" if seq % 2 else "agent" if with_agent else "bot"
        row = {"conversation_id": id, "seq": seq, "speaker": speaker, "text": text.removeprefix("+")}
        rows.append({**row, "at": at + timedelta(minutes=seq), "offered": text.startswith("+")})
    known = {"owner": "closed", "version": 1, "channel": "web", "mood_seq": 0, "opened_at": at}
    last = {"last_seq": len(rows), "changed_at": rows[-1]["at"]}
    connection.execute(insert(conversations).values(id=id, **{**known, **last, **values}))
    connection.execute(insert(messages), rows)
    if handed is None:
        return
    opened = rows[handed - 1]["at"]
    course = {"opened_at": opened, "claimed_at": opened, "ended_at": opened + timedelta(minutes=minutes)}
    lists = {"reasons": [], "filled": [], "missing": []}
    connection.execute(
        insert(handoffs).values(
            id=f"h-{id}", conversation_id=id, cause=f"{code}@{handed}", state="resolved", outcome="solved",
            availability="live", claimed_by="a-sam", **lists, **course,
        )
    )  # fmt: skip
    for agent, verdict in zip(("a-sam", "a-noor"), judged, strict=False):
        row = {"handoff_id": f"h-{id}", "agent_id": agent, "escalation": verdict, "at": opened}
        connection.execute(insert(verdicts).values(row))
