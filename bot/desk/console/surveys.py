"""What visitors said afterwards, as agents see it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.handoff.model import Survey, iso
from bot.handoff.survey import QUESTIONS
from bot.storage.tables import conversations, surveys

_S = surveys.c
_ANSWERED = or_(*(_S[question].is_not(None) for question in QUESTIONS))
_IS = {"answered": _ANSWERED, "unhappy": or_(_S.understood == "no", _S.satisfaction <= 2)}


def described(survey: Survey) -> dict[str, Any]:
    """Return all that was asked and answered."""
    at = {name: getattr(survey, name) for name in ("asked_at", "answered_at", "skipped_at")}
    return {
        "id": survey.id,
        "cause": survey.cause,
        **{name: iso(moment) if moment else None for name, moment in at.items()},
        **{question: getattr(survey, question) for question in QUESTIONS},
    }


def newest(connection: Connection, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return for conversations what lists show of the newest one with an answer."""
    query = select(_S.conversation_id, _S.understood, _S.satisfaction)
    found = connection.execute(query.where(_S.conversation_id.in_(ids), _ANSWERED).order_by(_S.asked_at))
    return {
        row.conversation_id: {"understood": row.understood, "satisfaction": row.satisfaction} for row in found
    }


def having(kind: str) -> ColumnElement[bool]:
    """Say which conversations have an answer: any (`answered`), or one that is bad news (`unhappy`)."""
    return conversations.c.id.in_(select(_S.conversation_id).where(_IS[kind]))
