"""Real messages that might become examples of a question."""

import asyncio
from datetime import timedelta
from typing import Any

from fastapi import Depends

from bot.desk.studio.asked import Reader, reader
from bot.desk.studio.room import router as routed
from bot.handoff.model import iso, utc_now
from bot.storage.heard import Heard
from bot.studio.asked.suggestions import suggestions

DAYS = 90

router = routed("questions")


@router.get("/{intent}/suggestions")
async def near(intent: str, eye: Reader = Depends(reader)) -> dict[str, Any]:
    """Give the messages nearest to a question that are not examples yet, the nearest first."""
    since = utc_now() - timedelta(days=DAYS)
    found = await asyncio.to_thread(suggestions, eye.database, eye.questions, eye.vectors, intent, since)
    return {"messages": [_told(row, likeness) for row, likeness in found]}


def _told(row: Heard, likeness: float) -> dict[str, Any]:
    where = {"conversation": row.conversation, "seq": row.seq}
    return {"text": row.text, "at": iso(row.at), **where, "likeness": likeness}
