"""The desk's line to Rasa: one question, its answer, or an error that says what to do next."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from pydantic import BaseModel, StrictBool, StrictStr, ValidationError

from bot.desk import cards
from bot.errors import BrainCannotRead, BrainError, BrainTimeout, BrainUnavailable
from bot.handoff.model import Answer, Question, Reply
from bot.secret import HEADER

IN_FLIGHT = 4  # Rasa has one process; more at once only makes each slower
SECONDS = 16.0  # one more than Rasa's channel allows itself, so that its own word arrives
logger = logging.getLogger(__name__)


class _Button(BaseModel):
    title: StrictStr
    payload: StrictStr


class _Message(BaseModel):
    text: StrictStr
    buttons: list[_Button] = []
    failed: StrictBool = False
    offered: StrictBool = False
    card: dict[str, Any] | None = None


class _Ranked(BaseModel):
    intent: StrictStr
    confidence: float


class _Heard(_Ranked):
    second: _Ranked | None = None
    answered: list[StrictStr] = []


class _Answer(BaseModel):
    messages: list[_Message]
    unread: StrictBool = False
    heard: _Heard | None = None


class RasaGone(BrainUnavailable):
    """Nobody listens there any more."""


class _Line:
    """The way to one running Rasa, and how many questions are on it now."""

    def __init__(self, url: str, secret: str, seconds: float) -> None:
        self.url, self.in_flight, self.free = url, 0, asyncio.Semaphore(IN_FLIGHT)
        self.options: dict[str, Any] = {
            "base_url": url,
            "headers": {HEADER: secret},
            "timeout": httpx.Timeout(seconds, connect=2.0),
            "trust_env": False,
        }
        limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT)
        self.client = httpx.AsyncClient(**self.options, limits=limits)

    def forget(self, conversation: str) -> None:
        """Have what was said there forgotten; blocks, and waits for an answer that is on its way.

        Raises:
            RasaGone: nobody is there.
            BrainUnavailable: it did not do so.
        """
        try:
            with httpx.Client(**self.options) as client:
                response = client.post("/webhooks/desk/forget", json={"conversation": conversation})
        except httpx.ConnectError:
            raise RasaGone("Rasa is not there.") from None
        except httpx.HTTPError as problem:
            raise BrainUnavailable(f"Rasa cannot be reached: {type(problem).__name__}.") from None
        if response.status_code != httpx.codes.OK:
            raise BrainUnavailable(f"Rasa did not forget: {response.status_code}.")


class Brain:
    """Asks Rasa over HTTP, a few at a time. Another Rasa may take over while questions are on their way."""

    def __init__(self, url: str, secret: str, *, seconds: float = SECONDS) -> None:
        self._secret, self._seconds = secret, seconds
        self._line = _Line(url, secret, seconds)
        self._before: list[_Line] = []

    @property
    def url(self) -> str:
        """Where questions go now."""
        return self._line.url

    @property
    def leaving(self) -> int:
        """Count the questions that one before is still busy with."""
        return sum(line.in_flight for line in self._before)

    def switch(self, url: str) -> None:
        """Ask there from now on. What was asked before is still answered where it was asked."""
        if url != self._line.url:
            self._before = [*(line for line in self._before if line.in_flight), self._line]
            self._line = _Line(url, self._secret, self._seconds)

    async def ask(self, question: Question) -> Answer:
        """Return what the bot answers, and what it heard.

        Raises:
            BrainUnavailable: it cannot be reached, or it said that something is broken.
            BrainTimeout: it took too long.
            BrainCannotRead: it does not read the language that the question says it is in.
            BrainError: its answer makes no sense, or it refuses ours; asking again will not help.
        """
        async with self._open_line() as line:
            response = await _post(line.client, question)
        if response.status_code == httpx.codes.GATEWAY_TIMEOUT:
            raise BrainTimeout("Rasa took too long.")
        if response.status_code >= 500:
            raise BrainUnavailable(f"Rasa said {response.status_code} {response.text[:100]!r}.")
        if response.status_code != httpx.codes.OK:
            raise BrainError(f"Rasa refused the question with {response.status_code}.")
        return _answered(response)

    def forget(self, told: Mapping[str, Any], key: str) -> None:
        """Have Rasa forget the conversation that was told; blocks, for the outbox's courier.

        Raises:
            BrainUnavailable: it did not do so; it has to be asked again.
        """
        # Those before come first: one that still writes down its last answer would bring all of it back.
        for line in self._before:
            with suppress(RasaGone):  # as it does once it has answered all
                line.forget(told["conversation"])
        self._line.forget(told["conversation"])

    async def close(self) -> None:
        for line in (*self._before, self._line):
            await line.client.aclose()

    @asynccontextmanager
    async def _open_line(self) -> AsyncIterator[_Line]:
        """Wait for a place on the line, which may be another one by then."""
        line = self._line
        async with line.free:
            if line is self._line:
                line.in_flight += 1
                try:
                    yield line
                finally:
                    line.in_flight -= 1
                    await self.hang_up()
                return
        async with self._open_line() as line:
            yield line

    async def hang_up(self) -> None:
        """Let go of the connections to those before that are done."""
        for line in self._before:
            if not line.in_flight:
                await line.client.aclose()


async def _post(client: httpx.AsyncClient, question: Question) -> httpx.Response:
    try:
        return await client.post("/webhooks/desk/turn", json=_asked(question))
    except httpx.ConnectTimeout:
        raise BrainUnavailable("Rasa does not take calls.") from None
    except httpx.TimeoutException:
        raise BrainTimeout("Rasa gave no answer in time.") from None
    except httpx.HTTPError as problem:
        raise BrainUnavailable(f"Rasa cannot be reached: {type(problem).__name__}.") from None


def _asked(question: Question) -> dict[str, Any]:
    return {
        "conversation": question.conversation_id,
        "message_id": str(question.seq),  # what evidence points at; the same however often we ask
        "kind": "text" if question.payload is None else "payload",
        "text": question.payload or question.text,
        "metadata": {
            "customer_id": question.customer_id,
            "customer_name": question.customer_name,
            "locale": None,
            "written": question.written,
        },
    }


def _answered(response: httpx.Response) -> Answer:
    try:
        answer = _Answer.parse_raw(response.content)
    except (ValidationError, ValueError):
        raise BrainError("Rasa's answer cannot be read.") from None
    if answer.unread:
        raise BrainCannotRead("The bot does not read that language.")
    replies = (
        Reply(
            message.text,
            tuple((button.title, button.payload) for button in message.buttons),
            failed=message.failed,
            offered=message.offered,
            card=cards.readable(message.card),
        )
        for message in answer.messages
    )
    return Answer(tuple(replies), answer.heard.dict() if answer.heard else None)
