"""Rows of what visitors were asked afterwards."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.handoff.model import Survey
from bot.storage.tables import surveys

_S = surveys.c
_ALL = select(*(_S[field.name] for field in fields(Survey)))


def add(connection: Connection, survey: Survey) -> None:
    """Write a new survey."""
    connection.execute(insert(surveys), [asdict(survey)])


def save(connection: Connection, survey: Survey) -> None:
    """Write what was answered."""
    connection.execute(update(surveys).where(_S.id == survey.id).values(**asdict(survey)))


def of(connection: Connection, conversation_id: str) -> list[Survey]:
    """Return what was asked in a conversation, the newest first."""
    query = _ALL.where(_S.conversation_id == conversation_id)
    return [Survey(*row) for row in connection.execute(query.order_by(_S.asked_at.desc(), _S.id))]


def since(connection: Connection, at: datetime | None) -> Sequence[Survey]:
    """Return all that was asked from a moment on, the oldest first."""
    query = _ALL if at is None else _ALL.where(_S.asked_at >= at)
    return [Survey(*row) for row in connection.execute(query.order_by(_S.asked_at, _S.id))]


def last_finished(connection: Connection, conversation_id: str, customer_id: str | None) -> datetime | None:
    """Return when a visitor last answered or skipped one, here or as the same customer elsewhere."""
    finished = func.max(func.coalesce(_S.answered_at, _S.skipped_at))
    return connection.scalar(select(finished).where(_theirs(conversation_id, customer_id)))


def last_recommend(connection: Connection, conversation_id: str, customer_id: str | None) -> datetime | None:
    """Return when a visitor was last asked whether they would recommend us."""
    asked = select(func.max(_S.asked_at)).where(_theirs(conversation_id, customer_id), _S.asks_recommend)
    return connection.scalar(asked)


def _theirs(conversation_id: str, customer_id: str | None) -> ColumnElement[bool]:
    here = _S.conversation_id == conversation_id
    return here if customer_id is None else or_(here, _S.customer_id == customer_id)
