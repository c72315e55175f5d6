"""The survey on one visitor's socket: shown when it is due, taken away when the visitor goes on."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any

from bot.desk.visitor.frames import Survey as Answer
from bot.desk.visitor.limits import Bucket
from bot.errors import NotFound
from bot.handoff.events import Event, MessageAdded, MoodChanged, OwnerChanged, SurveyAnswered, TypingChanged
from bot.handoff.model import AGENT, CLOSED, SYSTEM, VISITOR, WAITING, Conversation, Survey, iso, utc_now
from bot.handoff.service import HandoffService
from bot.handoff.survey import QUESTIONS, is_finished

AT_ONCE, A_SECOND = 12, 1.0  # answers that a socket may send
SOON, LATEST = 0.2, 3600.0  # seconds until another look, at least and at most
UNKNOWN = "?"  # what a tab shows that was here before
NOTHING = {"op": "survey", "id": None, "cause": None}
Frame = dict[str, Any]
logger = logging.getLogger(__name__)


class Asking:
    """Looks again whenever something may have become due. Use as a context manager."""

    def __init__(self, service: HandoffService, conversation_id: str, send: Callable[[Frame], None]) -> None:
        self._service, self._id, self._send = service, conversation_id, send
        self._shown: str | None = None
        self._closed = False
        self._early = False  # the last look came too early
        self._timer: asyncio.TimerHandle | None = None
        self._looking: asyncio.Task[None] | None = None
        self._answers = Bucket(AT_ONCE, A_SECOND)

    def __enter__(self) -> "Asking":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._forget_timer()
        if self._looking:
            self._looking.cancel()

    def begin(self, conversation: Conversation, *, again: bool) -> None:
        """Show what is open or due already; `again` for a tab that was here before and may show one."""
        self._closed = conversation.owner == CLOSED
        self._shown = UNKNOWN if again else None
        if conversation.last_seq:
            self._look_in(SOON)

    def hear(self, event: Event) -> None:
        """Take in what happened in the conversation."""
        match event:
            case SurveyAnswered():
                if event.survey.id == self._shown and is_finished(event.survey):
                    self._take_away()
            case OwnerChanged():
                self._closed = event.kind == CLOSED
                if event.kind in (WAITING, AGENT):
                    self._take_away()
                self._look_in(0 if self._closed else self._silence)
            case MessageAdded() if event.message.speaker != SYSTEM:
                if event.message.speaker == VISITOR:
                    self._take_away()
                self._look_in(self._silence)
            case TypingChanged() if event.speaker == VISITOR and not self._closed:
                self._look_in(self._silence)  # somebody who writes is not to be disturbed
            case MoodChanged() if self._early or self._shown:
                self._look_in(0)

    async def answer(self, answer: Answer) -> None:
        """Keep what the visitor answered, and acknowledge it.

        Raises:
            TooMany: that was a lot at once.
            ProtocolError: nothing was asked, or that is no answer.
        """
        self._answers.take()
        given = {name: getattr(answer, name) for name in QUESTIONS}
        await self._service.answer_survey(
            self._id, given, survey_id=answer.id, done=answer.done, skipped=answer.skipped
        )
        self._send({"op": "ack", "cmid": answer.cmid, "seq": None, "at": iso(utc_now())})

    @property
    def _silence(self) -> float | None:
        """The owner's seconds after an answer; None: silence is no reason to ask."""
        wishes = self._service.survey_settings
        return wishes.silence.total_seconds() if wishes.on and wishes.silence else None

    def _take_away(self) -> None:
        if self._shown:
            self._shown = None
            self._send(NOTHING)

    def _look_in(self, seconds: float | None) -> None:
        self._forget_timer()
        if seconds is not None:
            wait = min(seconds, LATEST)
            self._timer = asyncio.get_running_loop().call_later(wait, self._look_now)

    def _forget_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _look_now(self) -> None:
        if self._looking and not self._looking.done():
            self._look_in(SOON)
        else:
            self._looking = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        try:
            found = await self._service.survey(self._id)
        except NotFound:
            return  # erased
        except Exception:
            # Whatever is wrong with the survey, the chat goes on.
            logger.exception("no survey for %s", self._id)
            return
        self._early = isinstance(found, datetime)
        if isinstance(found, Survey):
            self._show(found)
            return
        self._take_away()
        if isinstance(found, datetime):
            self._look_in(max((found - utc_now()).total_seconds(), SOON))

    def _show(self, survey: Survey) -> None:
        if survey.id == self._shown:
            return
        self._shown = survey.id
        known = {name: answer for name in QUESTIONS if (answer := getattr(survey, name)) is not None}
        asked = {"id": survey.id, "cause": survey.cause, "recommend": survey.asks_recommend}
        self._send({"op": "survey", **asked, "answers": known})
