"""Asking visitors how it went, and keeping what they answer. When is for `handoff.survey` to say."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from bot.errors import NotFound, ProtocolError
from bot.handoff.events import SurveyAnswered
from bot.handoff.ledger import Ledger
from bot.handoff.model import AGENT, BOT, VISITOR, Conversation, Survey
from bot.handoff.plain import plain
from bot.handoff.record import Record
from bot.handoff.survey import Due, SurveySettings, Talk, answered, due, is_grave, is_shown
from bot.storage import conversations, handoffs, messages, surveys


class SurveySide(Ledger):
    """The survey's verbs."""

    @property
    def survey_settings(self) -> SurveySettings:
        """The owner's wishes."""
        return self._business.survey

    async def survey(self, conversation_id: str) -> Survey | datetime | None:
        """Return the survey that a visitor who is there is to see now, and ask it if it is due.

        None: there is none as things stand. A moment: look again then, unless something is said before.

        Raises:
            NotFound: there is no such conversation.
        """
        found = await self._database.run(self._look, conversation_id)
        if not isinstance(found, Due):
            return found

        def work(record: Record) -> Survey | datetime | None:
            talk, mood = _talk(record.connection, record.conversation.id)
            now_due = due(talk, self._business.survey, record.now)  # another tab may have been faster
            if isinstance(now_due, Due):
                asked = _asked(record, talk, mood, now_due)
                surveys.add(record.connection, asked)
                return asked
            return talk.last if is_shown(talk, record.now) else now_due

        return await self._change(conversation_id, work)

    async def answer_survey(
        self,
        conversation_id: str,
        answers: Mapping[str, Any],
        *,
        survey_id: str | None = None,
        done: bool = False,
        skipped: bool = False,
    ) -> Survey:
        """Keep what the visitor answers to a survey, or to the newest; the same again changes nothing.

        Raises:
            NotFound: nothing was asked.
            ProtocolError: an answer is none of those that can be given.
        """
        cleaned = {**answers, "comment": _comment(answers.get("comment"))}

        def work(record: Record) -> Survey:
            asked = surveys.of(record.connection, conversation_id)
            found = next((one for one in asked if survey_id in (None, one.id)), None)
            if found is None:
                raise NotFound("Nothing was asked.")
            kept = answered(found, cleaned, record.now, done=done, skipped=skipped)
            if kept != found:
                surveys.save(record.connection, kept)
                record.events.append(SurveyAnswered(conversation_id, kept))
            return kept

        return await self._change(conversation_id, work)

    def _look(self, conversation_id: str) -> Survey | Due | datetime | None:
        with self._database.read() as connection:
            talk, _ = _talk(connection, conversation_id)
            now = self._clock()
            return talk.last if is_shown(talk, now) else due(talk, self._business.survey, now)


def _talk(connection: Connection, id: str) -> tuple[Talk, Mapping[str, Any]]:
    """Gather what a survey depends on, and the mood as it was read."""
    now = conversations.find(connection, id)
    if now is None:
        raise NotFound("There is no such conversation.")
    mood, said = now.mood or {}, messages.newest(connection, id, VISITOR)
    if said is None:
        return Talk(now.owner), mood
    handoff = handoffs.latest(connection, id)
    known = surveys.of(connection, id)
    reply = messages.newest(connection, id, VISITOR, BOT, AGENT)
    talk = Talk(
        owner=now.owner,
        said_at=said.at,
        answered_at=reply.at if reply and reply.speaker != VISITOR and not reply.failed else None,
        closed_at=now.closed_at,
        by_agent=now.agent_id is not None,
        outcome=handoff.outcome if handoff else None,
        person_at=handoff.opened_at if handoff else None,
        helped_at=handoff.claimed_at if handoff else None,
        promised=bool(handoff and handoff.contact and handoff.claimed_at is None),
        read=now.mood_seq >= said.seq,
        grave=is_grave(mood),
        last=known[0] if known else None,
        finished_at=surveys.last_finished(connection, id, now.customer_id),
        recommend_at=surveys.last_recommend(connection, id, now.customer_id),
    )
    return talk, mood


def _asked(record: Record, talk: Talk, mood: Mapping[str, Any], asking: Due) -> Survey:
    """Return a new survey, with what is known by now of the stretch that it asks about."""
    now: Conversation = record.conversation
    worst = max(mood.get("moments", ()), key=lambda moment: moment["level"], default=None)
    return Survey(
        id=secrets.token_urlsafe(12),
        conversation_id=now.id,
        cause=asking.cause,
        asked_at=record.now,
        customer_id=now.customer_id,
        asks_recommend=asking.recommend,
        outcome=talk.outcome if talk.by_agent else None,
        with_person=talk.with_person,
        mood_label=worst["label"] if worst else None,
    )


def _comment(typed: Any) -> str | None:
    """Clean a comment like a message; an empty one is none."""
    if not isinstance(typed, str) or not typed.strip():
        return None
    try:
        return plain(typed).text
    except ProtocolError as problem:
        if problem.code == "empty":
            return None
        raise
